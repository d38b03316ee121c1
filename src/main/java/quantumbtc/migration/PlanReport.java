package quantumbtc.migration;

import java.util.List;
import java.util.UUID;
import quantumbtc.migration.Rejection.Reason;

/**
 * What a migration would meet and do. Nothing was written to find it out.
 *
 * @param source    null when no table can be mapped; a blocker says why
 * @param rows      null when source is null
 * @param target    never null
 * @param server    never null
 * @param rights    never null
 * @param estimate  null when source is null
 * @param waits     transactions that a change of the tables would wait for
 * @param blockers  sentences; as long as there is one, the migration is refused
 * @param warnings  sentences
 */
public record PlanReport(Source source, Rows rows, Target target, Server server, Rights rights, Estimate estimate,
                         List<Wait> waits, List<String> blockers, List<String> warnings) {

    /**
     * The legacy table.
     *
     * @param table        with its schema
     * @param columns      what the mapping reads, as {@code entry_price numeric}, in the mapping's order
     * @param extraColumns columns that are not read and stay where they are
     * @param bytes        size with its TOAST, without indexes
     */
    public record Source(String table, List<String> columns, List<String> extraColumns, long bytes) {
    }

    /**
     * The legacy rows, counted.
     *
     * @param all          rows in the table
     * @param candidates   rows of a Bitcoin symbol
     * @param others       rows of other symbols; they stay where they are
     * @param migratable   candidates that break no rule, those migrated already included
     * @param migrated     ids that are in btc_trades already
     * @param overdue      candidates that are active though their time is over; the first validation closes them
     * @param symbols      by symbol as it is written, Bitcoin first
     * @param statuses     of the candidates
     * @param timeframes   of the candidates
     * @param rejections   candidates that would be quarantined, by the first rule that they break
     */
    public record Rows(long all, long candidates, long others, long migratable, long migrated, long overdue,
                       List<SymbolCount> symbols, List<StatusCount> statuses, List<TimeframeCount> timeframes,
                       List<RejectionCount> rejections) {
    }

    /**
     * @param word         exactly as written; null for NULL
     * @param bitcoin      true when its rows are candidates
     * @param normalised   true when that is so only after case and white space were evened out
     * @param looksBitcoin true when it is no candidate but contains BTC or XBT
     */
    public record SymbolCount(String word, long rows, boolean bitcoin, boolean normalised, boolean looksBitcoin) {
    }

    /** @param known false for a word that ATGE's table does not document; it becomes ACTIVE */
    public record StatusCount(String word, String becomes, boolean known, long rows) {
    }

    /** @param usual false for a word other than 1h, 4h, 1d, 1w; it is kept */
    public record TimeframeCount(String word, boolean usual, long rows) {
    }

    /** @param first the first ids */
    public record RejectionCount(Reason reason, long rows, List<RejectedRow> first) {
    }

    /**
     * A legacy row that would be quarantined.
     *
     * @param id     null when that is what is wrong with it
     * @param column the legacy table's own name of the column that breaks the rule
     */
    public record RejectedRow(UUID id, Reason reason, String column) {
    }

    /** What the migration makes is absent, was made by it, or is somebody else's. */
    public enum TargetState { ABSENT, OURS, FOREIGN }

    /**
     * @param version newest DDL that was applied; null when none was
     * @param found   names in use, of the six tables and the view
     */
    public record Target(TargetState state, String version, List<String> found) {
    }

    /** @param pooler true when a transaction pooler answers */
    public record Server(String version, String database, String encoding, boolean pooler, boolean replica, boolean authenticatedRole) {
    }

    /**
     * What our role may do. A right on a table that is absent is false.
     *
     * @param owner the legacy table's owner; null when there is no such table
     */
    public record Rights(String role, boolean createOnDatabase, boolean createOnPublic, boolean selectLegacy, boolean triggerOnLegacy,
                         boolean selectUsers, boolean referenceUsers, String owner) {
    }

    /**
     * @param seconds       of copying, without other load
     * @param rowsPerSecond the rate it assumes
     * @param assumption    where that rate comes from
     * @param bytes         of new tables, indexes and write-ahead log
     * @param freeBytes     on the server's disk; null when it cannot be known from here
     */
    public record Estimate(long seconds, long rowsPerSecond, String assumption, long bytes, Long freeBytes) {
    }

    /**
     * @param pid     null for a prepared transaction
     * @param seconds since it began; null when our role may not know
     * @param locks   on users or the legacy table; null when it holds none there
     */
    public record Wait(Integer pid, String role, String application, String state, Long seconds, String locks) {
    }
}
