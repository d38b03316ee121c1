package quantumbtc.migration;

/** A chunk could not be copied; none of its rows was written, and it can be tried again. */
public final class ChunkFailed extends RuntimeException {

    ChunkFailed(int chunkNo, String cause, Throwable error) {
        super("chunk " + chunkNo + ": " + cause + "; none of its rows was written", error);
    }
}
