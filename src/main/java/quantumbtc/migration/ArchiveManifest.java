package quantumbtc.migration;

import java.util.List;

/**
 * What an archive file says of itself, in its last entry {@code manifest.json}.
 *
 * @param formatVersion {@link #FORMAT}
 * @param kind          what it was made by
 * @param createdAt     ISO 8601, UTC
 * @param serverVersion the PostgreSQL server's version
 * @param schemaVersion the newest applied version of our DDL; null when there was none
 * @param compatView    true when our compat view was there
 * @param tables        in the order in which they can be loaded; never null
 * @param sequences     of the tables, and of our schema; never null
 */
public record ArchiveManifest(int formatVersion, Kind kind, String createdAt, String serverVersion, String schemaVersion,
                              boolean compatView, List<ArchivedTable> tables, List<ArchivedSequence> sequences) {

    public static final int FORMAT = 1;

    /** What made the file: only a rollback's can be restored by the program. */
    public enum Kind { ROLLBACK, BACKUP }

    /**
     * @param entry      the archive's entry with the rows as COPY writes them in its text format, UTF-8
     * @param primaryKey column names in key order; empty when there is none
     * @param rows       how many rows the entry has
     * @param bytes      the entry's length before compression
     * @param sha256     of the entry before compression, in hexadecimal
     */
    public record ArchivedTable(String schema, String name, String entry, List<ArchivedColumn> columns,
                                List<String> primaryKey, long rows, long bytes, String sha256) {

        /** Schema and name, quoted for a statement. */
        public String quoted() {
            return LegacyTable.quote(schema) + "." + LegacyTable.quote(name);
        }

        /** The columns, quoted for a statement, in the order of the entry. */
        public String columnList() {
            return String.join(", ", columns.stream().map(column -> LegacyTable.quote(column.name())).toList());
        }
    }

    /** @param type as format_type writes it, with length and precision */
    public record ArchivedColumn(String name, String type, boolean required) {
    }

    /** @param called false when the next value is {@code lastValue} itself */
    public record ArchivedSequence(String schema, String name, long lastValue, boolean called) {
    }
}
