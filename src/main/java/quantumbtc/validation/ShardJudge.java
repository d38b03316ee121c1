package quantumbtc.validation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;
import quantumbtc.trade.TradeStatus;

/**
 * Judges one shard in one transaction: statuses, outcomes, snapshots, anomalies, sums and the shard's mark are committed
 * together or not at all. The number of statements does not depend on the number of trades.
 */
final class ShardJudge {

    private static final Logger log = LoggerFactory.getLogger(ShardJudge.class);
    private static final int ERRORS_KEPT = 20;
    /** Open trades of a shard from which on reading all rows beats looking each up. */
    private static final int MANY = 5_000;

    private final Database database;
    private final Judge judge = new Judge();

    ShardJudge(Database database) {
        this.database = database;
    }

    /** @param hours full hours that get their snapshots, as far as they have a price */
    ShardResult judge(ValidationRun run, int number, Evidence evidence, List<Instant> hours) throws SQLException {
        return database.jdbi().inTransaction(handle -> {
            ValidationLease.hold(handle, run);
            Shard shard = hold(handle, number);
            plan(handle, hasManyOpen(handle, shard));
            handle.createUpdate(Sql.of("validation/forget-trades-of-atge"))
                    .bind("first_id", shard.firstId()).bind("last_id", shard.lastId()).execute();
            Found found = new Found();
            readAndJudge(handle.getConnection(), shard, evidence, found);
            return write(handle, shard, evidence, hours, found);
        });
    }

    /** What the judge said, counted. */
    private static final class Found {
        private final Map<TradeStatus, Long> changed = new EnumMap<>(TradeStatus.class);
        private final List<TradeAnomalies.Found> anomalies = new ArrayList<>();
        private final List<String> errors = new ArrayList<>();
        private long ended;
        private long failed;

        private long changedTo(TradeStatus status) {
            return changed.getOrDefault(status, 0L);
        }
    }

    private static long countOpen(Handle handle, Shard shard) {
        return handle.createQuery(Sql.of("validation/count-open-trades"))
                .bind("first_id", shard.firstId()).bind("last_id", shard.lastId()).mapTo(Long.class).one();
    }

    private static boolean hasManyOpen(Handle handle, Shard shard) {
        return handle.createQuery(Sql.of("validation/has-many-open-trades"))
                .bind("first_id", shard.firstId()).bind("last_id", shard.lastId()).bind("many", MANY).mapTo(Boolean.class).one();
    }

    /**
     * The server's statistics of open_trades may be older than the last run, which may have filled the table. One that
     * believes it empty would look up a million trades one by one, each among all others.
     */
    private static void plan(Handle handle, boolean manyOpen) {
        handle.execute("SET LOCAL enable_nestloop = " + (manyOpen ? "off" : "on"));
        // Enough to hash and sort a shard of 250,000 trades without temporary files.
        handle.execute("SET LOCAL work_mem = '64MB'");
    }

    private static Shard hold(Handle handle, int number) {
        return handle.createQuery(Sql.of("validation/hold-shard")).bind("shard", number)
                .map((row, context) -> new Shard(number, row.getObject("first_id", UUID.class), row.getObject("last_id", UUID.class),
                        instant(row.getObject("judged_until", OffsetDateTime.class)),
                        instant(row.getObject("snapshots_until", OffsetDateTime.class)))).one();
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private void readAndJudge(Connection connection, Shard shard, Evidence evidence, Found found) throws SQLException {
        VerdictTable table = new VerdictTable(connection);
        TradesToJudge.each(connection, shard, evidence, row -> judgeOne(row, evidence, table, found));
        table.flush();
    }

    private void judgeOne(TradesToJudge.Row row, Evidence evidence, VerdictTable table, Found found) throws SQLException {
        try {
            Verdict verdict = judge.judge(row.trade(), evidence.timeline(), evidence.untilFor(row.trade()));
            if (tellsSomething(row, verdict)) {
                table.add(row, verdict);
            }
            if (verdict.status() != row.status()) {
                found.changed.merge(verdict.status(), 1L, Long::sum);
            }
            if (verdict.isFinal()) {
                found.ended++;
            }
            if (verdict.refused() != null) {
                found.anomalies.add(TradeAnomalies.refused(row.trade().id(), verdict.refused(), evidence.now()));
            }
        } catch (RuntimeException e) {
            table.addFailed(row);
            found.failed++;
            if (found.errors.size() < ERRORS_KEPT) {
                found.errors.add("trade " + row.trade().id() + " could not be judged and stays " + row.status() + ": " + e.getMessage());
            }
            log.atWarn().addKeyValue("tradeId", row.trade().id()).setCause(e).log("trade {} could not be judged and stays {}", row.trade().id(), row.status());
        }
    }

    /** A trade that stands where it stood is not written again. */
    private static boolean tellsSomething(TradesToJudge.Row row, Verdict verdict) {
        return !row.known() || verdict.isFinal() || !verdict.standing().at(null).equals(row.trade().standing().at(null))
                || verdict.status() != row.status() || row.ownMark();
    }

    private static ShardResult write(Handle handle, Shard shard, Evidence evidence, List<Instant> hours, Found found) {
        plan(handle, false);
        handle.execute("ANALYZE verdicts");
        rollUp(handle, shard, -1);
        handle.createUpdate(Sql.of("validation/write-statuses")).bind("now", evidence.now()).execute();
        handle.createUpdate(Sql.of("validation/write-outcomes")).bind("now", evidence.now())
                .bindByType("until", evidence.until() == null ? evidence.now() : evidence.until(), Instant.class).execute();
        handle.createUpdate(Sql.of("validation/add-open-trades")).execute();
        handle.createUpdate(Sql.of("validation/change-open-trades")).execute();
        handle.createUpdate(Sql.of("validation/drop-ended-trades")).execute();
        rollUp(handle, shard, 1);
        handle.createUpdate(Sql.of("validation/roll-up-days")).bind("shard", shard.number()).bind("now", evidence.now()).execute();
        long anomalies = TradeAnomalies.write(handle, found.anomalies);
        long open = countOpen(handle, shard);
        plan(handle, open > MANY);
        long snapshots = hours.isEmpty() ? 0 : snapshots(handle, shard, hours);
        handle.createUpdate(Sql.of("validation/move-shard")).bind("shard", shard.number())
                .bindByType("until", evidence.until(), Instant.class)
                .bindByType("snapshots_until", hours.isEmpty() ? null : hours.get(hours.size() - 1), Instant.class).execute();
        return new ShardResult(open + found.ended - found.failed, found.changedTo(TradeStatus.HIT), found.changedTo(TradeStatus.NOT_HIT),
                found.changedTo(TradeStatus.INVALIDATED), found.changedTo(TradeStatus.EXPIRED), snapshots, anomalies,
                found.failed, found.errors);
    }

    private static void rollUp(Handle handle, Shard shard, int sign) {
        handle.createUpdate(Sql.of("validation/roll-up-verdicts")).bind("shard", shard.number()).bind("sign", sign).execute();
    }

    private static long snapshots(Handle handle, Shard shard, List<Instant> hours) {
        // Hours after the shard's mark cannot have snapshots yet; only for the others it is worth looking.
        List<Instant> maybeWritten = hours.stream()
                .filter(hour -> shard.snapshotsUntil() == null || !hour.isAfter(shard.snapshotsUntil())).toList();
        return handle.createUpdate(Sql.of("validation/write-snapshots"))
                .bind("first_id", shard.firstId()).bind("last_id", shard.lastId())
                .bindArray("hours", String.class, hours.stream().map(Instant::toString).toArray())
                .bindArray("maybe_written", String.class, maybeWritten.stream().map(Instant::toString).toArray())
                .execute();
    }
}
