package quantumbtc.migration;

/** Changes could not be applied just now; nothing of them is lost, they are tried again. */
public final class SyncBusy extends RuntimeException {

    SyncBusy(String message) {
        super(message + "; no change was applied, they are tried again");
    }
}
