package quantumbtc.monitoring;

/** The database could not be asked; the message says why, without its address. */
public final class DatabaseAway extends RuntimeException {

    DatabaseAway(String why) {
        super(why);
    }
}
