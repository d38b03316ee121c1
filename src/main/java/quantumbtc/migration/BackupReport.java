package quantumbtc.migration;

import java.util.List;

/**
 * What a backup wrote.
 *
 * @param kind   what the file is
 * @param file   absolute
 * @param bytes  length of the file
 * @param sha256 of the file; it is also in a file beside it
 * @param holds  the tables whose rows are in it; never null
 * @param tookMs milliseconds
 * @param notes  for the operator, in sentences; never null
 */
public record BackupReport(Kind kind, String file, long bytes, String sha256, List<String> holds, long tookMs, List<String> notes) {

    public enum Kind {
        /** The whole database, in pg_dump's custom format: pg_restore reads it. */
        PG_DUMP,
        /** A zip with the rows of some tables as COPY text; no indexes, functions or rights. */
        TABLES
    }
}
