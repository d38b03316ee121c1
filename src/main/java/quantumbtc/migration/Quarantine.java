package quantumbtc.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/** Legacy rows that could not be carried over: shows them, tries them again after a repair, accepts them by name. */
public final class Quarantine {

    private static final int IDS_A_TRANSACTION = 5_000;

    private final Database database;
    private final MigrationRuns runs;
    private final MigrationLog audit;
    private final CatchUp catchUp;
    private final Clock clock;

    public Quarantine(Database database, MigrationRuns runs, MigrationLog audit, CatchUp catchUp, Clock clock) {
        this.database = database;
        this.runs = runs;
        this.audit = audit;
        this.catchUp = catchUp;
        this.clock = clock;
    }

    /**
     * A row in quarantine.
     *
     * @param original    the whole legacy row as JSON text
     * @param state       OPEN or ACCEPTED
     * @param acceptedBy  null while OPEN, as are acceptedWhy and acceptedAt
     */
    public record Row(UUID legacyId, String reason, String detail, String original, String state, UUID runId,
                      Instant quarantinedAt, String acceptedBy, String acceptedWhy, Instant acceptedAt) {
    }

    /** How many rows a reason has, and how many of them nobody has accepted. */
    public record Count(String reason, long rows, long open) {
    }

    /** Counts by reason, and one page of rows. */
    public record Page(List<Count> counts, List<Row> rows) {
    }

    /** What a retry brought: rows that left the quarantine, and rows that stay in it. */
    public record Retried(UUID runId, long tried, long migrated, long stillQuarantined) {
    }

    /** What was accepted. */
    public record Accepted(long rows) {
    }

    /** @param query reason (null: all), after (last id seen), limit (1 to 1,000, default 100) */
    public Page list(Map<String, Object> query) {
        return database.jdbi().withHandle(handle -> new Page(
                handle.createQuery(Sql.of("migration/count-quarantine"))
                        .map((row, context) -> new Count(row.getString("reason"), row.getLong("rows"), row.getLong("open"))).list(),
                handle.createQuery(Sql.of("migration/list-quarantine"))
                        .bind("reason", Queries.text(query, "reason")).bind("after", Queries.uuid(query, "after"))
                        .bind("limit", Queries.number(query, "limit", 100, 1, 1_000))
                        .map((row, context) -> new Row(row.getObject("legacy_id", UUID.class), row.getString("reason"),
                                row.getString("detail"), row.getString("original"), row.getString("state"),
                                row.getObject("run_id", UUID.class), Queries.instant(row, "quarantined_at"),
                                row.getString("accepted_by"), row.getString("accepted_why"), Queries.instant(row, "accepted_at")))
                        .list()));
    }

    /**
     * Takes note that rows are not carried over.
     *
     * @param query reason or ids; why and who are needed
     */
    public Accepted accept(Map<String, Object> query) {
        UUID[] ids = Queries.uuids(query, "ids");
        String reason = Queries.text(query, "reason");
        String why = Queries.text(query, "why");
        if (why == null) {
            throw new IllegalArgumentException("why is needed: say why these rows are not carried over");
        }
        if (ids == null && reason == null) {
            throw new IllegalArgumentException("reason or ids is needed: say which rows");
        }
        String who = Queries.text(query, "who") == null ? System.getProperty("user.name") : Queries.text(query, "who");
        int rows = database.jdbi().withHandle(handle -> handle.createUpdate(Sql.of("migration/accept-quarantine"))
                .bind("reason", reason).bindByType("ids", ids, UUID[].class).bind("who", who).bind("why", why).execute());
        audit.write(null, "accept quarantine", "COMPLETED", null, clock.instant(), null, (long) rows, "{}");
        return new Accepted(rows);
    }

    /**
     * Tries rows again, as a run of its own.
     *
     * @param query reason or ids; neither: all
     * @throws quantumbtc.db.Refused while a run is open
     */
    public Retried retry(Map<String, Object> query) throws Exception {
        UUID[] ids = Queries.uuids(query, "ids");
        String reason = Queries.text(query, "reason");
        try (ActiveRun run = runs.open()) {
            try {
                run.step("retry quarantine");
                Retried retried = audit.step(run.runId(), "retry quarantine", () -> retry(run, chosen(ids, reason)));
                run.finish("COMPLETED", null);
                return retried;
            } catch (Exception e) {
                run.finish("FAILED", e.getMessage());
                throw e;
            }
        }
    }

    private record Chosen(int chunkNo, KeyRange range, List<UUID> ids) {
    }

    private List<Chosen> chosen(UUID[] ids, String reason) {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT c.chunk_no, c.lower_id, c.upper_id, "
                        + "array_agg(q.legacy_id ORDER BY q.legacy_id) AS ids FROM quantum_ops.migration_quarantine q "
                        + "JOIN quantum_ops.migration_chunks c ON (c.lower_id IS NULL OR q.legacy_id >= c.lower_id) "
                        + "AND (c.upper_id IS NULL OR q.legacy_id < c.upper_id) "
                        + "WHERE (:reason::text IS NULL OR q.reason = :reason) AND (:ids::uuid[] IS NULL OR q.legacy_id = ANY (:ids::uuid[])) "
                        + "AND c.state = 'DONE' GROUP BY c.chunk_no ORDER BY c.chunk_no")
                .bind("reason", reason).bindByType("ids", ids, UUID[].class)
                .map((row, context) -> new Chosen(row.getInt("chunk_no"),
                        new KeyRange(row.getObject("lower_id", UUID.class), row.getObject("upper_id", UUID.class)),
                        List.of((UUID[]) row.getArray("ids").getArray())))
                .list());
    }

    private Retried retry(ActiveRun run, List<Chosen> chunks) throws SQLException, InterruptedException {
        long tried = 0;
        long migrated = 0;
        try (Connection reader = database.dataSource().getConnection(); Connection writer = database.dataSource().getConnection()) {
            for (Chosen chunk : chunks) {
                List<UUID> left = new ArrayList<>(chunk.ids());
                while (!left.isEmpty()) {
                    List<UUID> some = List.copyOf(left.subList(0, Math.min(IDS_A_TRANSACTION, left.size())));
                    migrated += catchUp.again(run, chunk.chunkNo(), chunk.range(), some, reader, writer).migrated();
                    tried += some.size();
                    left.subList(0, some.size()).clear();
                }
            }
        }
        return new Retried(run.runId(), tried, migrated, tried - migrated);
    }
}
