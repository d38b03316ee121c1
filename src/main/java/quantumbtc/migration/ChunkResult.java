package quantumbtc.migration;

/**
 * What became of a chunk.
 *
 * @param migrated    rows written now; 0 when nothing was left to do
 * @param quarantined rows put aside now
 * @param worked      false when it was left alone: nothing new in it, held by another worker, or the run ends
 */
public record ChunkResult(int chunkNo, long migrated, long quarantined, boolean worked) {

    static ChunkResult untouched(int chunkNo) {
        return new ChunkResult(chunkNo, 0, 0, false);
    }
}
