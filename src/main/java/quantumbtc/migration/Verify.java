package quantumbtc.migration;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.db.Schema;
import quantumbtc.db.Sql;
import quantumbtc.migration.VerifyReport.Check;
import quantumbtc.migration.VerifyReport.Difference;
import quantumbtc.migration.VerifyReport.Verdict;

/**
 * Proves that btc_trades holds what the mapping says: a second, independent statement of the mapping in SQL is compared
 * with the table, chunk by chunk, and every row that differs is named. Writes nothing.
 */
public final class Verify {

    private static final int MOST_DIFFERENCES = 1_000;
    private static final int SEGMENT_ROWS = 20_000;

    private final Database database;
    private final Schema schema;
    private final MigrationSettings settings;
    private final int sessions;
    private final Clock clock;

    /** @param sessions key ranges compared side by side, at least 1; each takes a connection */
    public Verify(Database database, Schema schema, MigrationSettings settings, int sessions, Clock clock) {
        this.database = database;
        this.schema = schema;
        this.settings = settings;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** As {@link #verify(Consumer)}, in silence. */
    public VerifyReport verify() {
        return verify(progress -> { });
    }

    /**
     * @param progress told after each key range, by one thread at a time
     * @throws Refused when there is no legacy table that can be read, or the Quantum tables are absent
     */
    public VerifyReport verify(Consumer<VerifyProgress> progress) {
        long started = clock.millis();
        if (!schema.exists()) {
            throw new Refused("there is nothing to verify: the Quantum tables are absent. Nothing was changed.");
        }
        Preparation prepared = database.jdbi().inTransaction(this::prepare);
        SegmentResult result = prepared.comparable() ? compare(prepared, progress) : SegmentResult.NOTHING;
        return report(prepared, result, clock.millis() - started);
    }

    /** What is read once, before the ranges. */
    private record Preparation(LegacyTable legacy, List<KeyRange> ranges, List<Check> checks, boolean comparable,
                               long withoutId, QuarantineState quarantine, long generated, long conflicts) {
    }

    private Preparation prepare(Handle handle) {
        ReadOnly.begin(handle);
        LegacyTable legacy = LegacyTable.find(handle, settings.sourceTable());
        List<Check> checks = new ArrayList<>(SchemaChecks.of(handle));
        boolean comparable = handle.createQuery(Sql.of("migration/count-lacking-columns"))
                .bind("columns", new ExpectedTrade(legacy).columns().stream().map(ExpectedTrade.Column::name).toArray(String[]::new))
                .mapTo(Long.class).one() == 0;
        checks.add(new Check(comparable ? "btc_trades has every column that is compared"
                : "btc_trades lacks columns, so its rows were not compared", comparable));
        List<KeyRange> ranges = comparable ? ranges(handle, legacy, checks) : List.of();
        long withoutId = handle.createQuery("SELECT count(*) FROM " + legacy.quoted() + " WHERE " + legacy.quoted(LegacyColumn.ID)
                + " IS NULL AND " + legacy.isBitcoin()).bindArray("symbols", String.class, settings.symbols()).mapTo(Long.class).one();
        long generated = handle.createQuery("SELECT count(*) FROM quantum_ops.generated_trades").mapTo(Long.class).one();
        long conflicts = handle.createQuery("SELECT count(*) FROM quantum_ops.sync_conflicts WHERE state = 'OPEN'").mapTo(Long.class).one();
        return new Preparation(legacy, ranges, checks, comparable, withoutId, QuarantineState.read(handle, legacy, settings), generated, conflicts);
    }

    /** The copy's own chunks; an even cut when there are none, or when they leave ids out. */
    private List<KeyRange> ranges(Handle handle, LegacyTable legacy, List<Check> checks) {
        List<KeyRange> chunks = new ArrayList<>();
        int[] open = new int[1];
        handle.createQuery(Sql.of("migration/list-chunks")).map((row, context) -> {
            open[0] += "OPEN".equals(row.getString("state")) ? 1 : 0;
            return new KeyRange(row.getObject("lower_id", UUID.class), row.getObject("upper_id", UUID.class));
        }).forEach(chunks::add);
        if (!chunks.isEmpty()) {
            boolean covered = KeyRange.coverEverything(chunks);
            checks.add(new Check("the chunks hold every id exactly once", covered));
            checks.add(new Check(open[0] + " of " + chunks.size() + " chunks are still to be copied", open[0] == 0));
            if (covered) {
                return chunks;
            }
        }
        return comparison(legacy).cut(handle, KeyRange.EVERYTHING, SEGMENT_ROWS);
    }

    private SegmentComparison comparison(LegacyTable legacy) {
        return new SegmentComparison(database.jdbi(), legacy, settings.symbols(), MOST_DIFFERENCES);
    }

    private SegmentResult compare(Preparation prepared, Consumer<VerifyProgress> progress) {
        SegmentComparison comparison = comparison(prepared.legacy());
        List<KeyRange> ranges = prepared.ranges();
        ExecutorService workers = Executors.newFixedThreadPool(sessions);
        try {
            ExecutorCompletionService<SegmentResult> results = new ExecutorCompletionService<>(workers);
            ranges.forEach(range -> results.submit(() -> comparison.compare(range)));
            SegmentResult all = SegmentResult.NOTHING;
            for (int done = 1; done <= ranges.size(); done++) {
                all = all.plus(results.take().get());
                progress.accept(new VerifyProgress(done, ranges.size(), all.migrated()));
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("the verification was interrupted and proves nothing; nothing was changed", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private VerifyReport report(Preparation prepared, SegmentResult rows, long milliseconds) {
        long candidates = rows.candidates() + prepared.withoutId();
        long missing = rows.missing() + prepared.withoutId();
        List<Check> checks = new ArrayList<>(prepared.checks());
        if (prepared.comparable()) {
            checks.add(new Check(candidates + " candidates = " + rows.migrated() + " migrated + " + rows.quarantined() + " in quarantine"
                    + (rows.conflicting() == 0 ? "" : " + " + rows.conflicting() + " in conflict"),
                    candidates == rows.migrated() + rows.quarantined() + rows.conflicting()));
            checks.add(new Check(missing + " candidates are neither migrated nor in quarantine", missing == 0));
            checks.add(new Check(rows.extra() + " trades come neither from the legacy table nor from Quantum", rows.extra() == 0));
            checks.add(new Check(rows.different() + " trades are not what the mapping says", rows.different() == 0));
        }
        List<String> notes = new ArrayList<>(prepared.quarantine().notes());
        if (rows.carriedBack() > 0) {
            notes.add(rows.carriedBack() + " trades of Quantum stand in the legacy table too, carried back; they are not candidates");
        }
        if (prepared.conflicts() > 0) {
            notes.add(prepared.conflicts() + " trades were changed by ATGE though Quantum owns them; see sync conflicts. They are not compared");
        }
        if (prepared.withoutId() > 0) {
            notes.add(prepared.withoutId() + " candidates have no id, so nothing can be said of them but that they are missing");
        }
        List<Difference> differences = rows.differences().stream()
                .sorted(Comparator.comparing((Difference d) -> d.id().toString()).thenComparing(Difference::kind)).toList();
        boolean clean = checks.stream().allMatch(Check::ok);
        Verdict verdict = !clean ? Verdict.DIFFERS : prepared.conflicts() > 0 ? Verdict.OPEN_CONFLICTS
                : prepared.quarantine().open() > 0 ? Verdict.OPEN_QUARANTINE : Verdict.CLEAN;
        return new VerifyReport(verdict, prepared.legacy().toString(), candidates, rows.migrated(), rows.quarantined(),
                prepared.quarantine().open(), prepared.generated(), rows.judged(), prepared.conflicts(), missing, rows.extra(), rows.different(),
                differences, checks, notes, prepared.ranges().size(), milliseconds);
    }
}
