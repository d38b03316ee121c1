package quantumbtc.migration;

/**
 * What the archive table holds, against the legacy table in one snapshot.
 *
 * @param source      the legacy table
 * @param archive     the archive table
 * @param ok          true when rows and hashes are equal
 * @param sourceRows  rows of the legacy table
 * @param archiveRows rows of the archive table
 * @param sourceHash  sum of the 64-bit hashes of all rows, whatever their order; {@code "0"} for none
 * @param archiveHash the same of the archive table
 * @param written     rows added or refreshed by this run
 * @param removed     rows taken out by this run because the legacy table has them no more
 * @param tookMs      milliseconds
 * @param message     one sentence for the operator
 */
public record ArchiveReport(String source, String archive, boolean ok, long sourceRows, long archiveRows, String sourceHash,
                            String archiveHash, long written, long removed, long tookMs, String message) {
}
