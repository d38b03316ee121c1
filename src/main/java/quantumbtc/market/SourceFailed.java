package quantumbtc.market;

/** Carries a {@link SourceFailure} to the circuit breaker, which counts failures by exceptions. */
public final class SourceFailed extends RuntimeException {

    private final transient SourceFailure failure;

    public SourceFailed(SourceFailure failure) {
        super(failure.source().label() + " " + failure.question() + ": " + failure.detail());
        this.failure = failure;
    }

    public SourceFailure failure() {
        return failure;
    }
}
