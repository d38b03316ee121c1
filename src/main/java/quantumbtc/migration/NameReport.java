package quantumbtc.migration;

/**
 * Whose the legacy name is.
 *
 * @param name    with its schema
 * @param taken   true when the compat view has it, and the table is beside it
 * @param table   what the legacy table is called now, with its schema
 * @param changed false when it was so before
 * @param archive the archive that was made before the name was taken; null when none was
 * @param message one sentence for the operator
 */
public record NameReport(String name, boolean taken, String table, boolean changed, ArchiveReport archive, String message) {
}
