package quantumbtc.trade;

/** As many trades as may be made at once are being made on this node. Nothing was stored. HTTP: 503. */
public final class TooManyAtOnce extends RuntimeException {

    public TooManyAtOnce() {
        super("Too many trades are being generated at this moment. Nothing was stored; try again.");
    }
}
