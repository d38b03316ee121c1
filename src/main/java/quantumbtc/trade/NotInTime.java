package quantumbtc.trade;

/** A trade could not be made within the time that a request has. Nothing was stored. HTTP: 504. */
public final class NotInTime extends RuntimeException {

    public NotInTime() {
        super("The trade signal could not be generated in time. Nothing was stored.");
    }
}
