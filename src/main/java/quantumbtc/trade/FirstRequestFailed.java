package quantumbtc.trade;

/** The request that came first with the same idempotency key ended without a trade. Nothing was stored. HTTP: 503. */
public final class FirstRequestFailed extends RuntimeException {

    public FirstRequestFailed() {
        super("The request that came first with this Idempotency-Key failed. Nothing was stored; try again.");
    }
}
