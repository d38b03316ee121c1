package quantumbtc.migration;

import java.util.List;

/**
 * What a restore brought back.
 *
 * @param archive       the file it came from, absolute
 * @param sha256        of the archive
 * @param schemaVersion the version of our DDL that the archive had and the database has now
 * @param restored      the tables with their rows, counted in the database; never null
 * @param compatView    true when the compat view was made again
 * @param tookMs        milliseconds
 */
public record RestoreReport(String archive, String sha256, String schemaVersion, List<TableRows> restored,
                            boolean compatView, long tookMs) {
}
