package quantumbtc.trade;

/** A list of trades was asked for in a way that cannot be understood. HTTP: 400 with this message. */
public final class BadFilter extends RuntimeException {

    public BadFilter(String message) {
        super(message);
    }
}
