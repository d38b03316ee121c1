package quantumbtc.migration;

/** A run ended without having copied everything. The message says why and what stays. */
public final class MigrationFailed extends RuntimeException {

    MigrationFailed(String message) {
        super(message);
    }
}
