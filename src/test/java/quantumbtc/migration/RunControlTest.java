package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import quantumbtc.App;
import quantumbtc.db.Refused;
import quantumbtc.testing.ChildProcess;
import quantumbtc.testing.Commands;
import quantumbtc.testing.Legacy;
import quantumbtc.testing.TestDatabase;

class RunControlTest {

    private static final String TRADES_HASH = "SELECT coalesce(sum(hashtextextended(b::text, 0)), 0)::text FROM btc_trades b";

    @Test
    void a_second_run_changes_nothing() {
        try (Legacy legacy = Legacy.with(3_000); App app = Commands.start(legacy.test())) {
            app.ask("migration-run", null, MigrationStatus.class);
            String before = legacy.test().value(TRADES_HASH, String.class);
            MigrationStatus second = app.ask("migration-run", null, MigrationStatus.class);
            assertThat(second.state()).isEqualTo("COMPLETED");
            assertThat(second.rowsMigrated()).isEqualTo(3_000);
            assertThat(legacy.test().value(TRADES_HASH, String.class)).isEqualTo(before);
        }
    }

    @Test
    void a_second_run_brings_rows_that_were_written_or_closed_after_the_first() {
        try (Legacy legacy = Legacy.with(1_000); App app = Commands.start(legacy.test())) {
            app.ask("migration-run", null, MigrationStatus.class);
            legacy.add(2_001, 2_050);
            legacy.test().execute("UPDATE atge_trade_signals SET status = 'expired' WHERE status = 'active'");
            MigrationStatus second = app.ask("migration-run", null, MigrationStatus.class);
            assertThat(second.rowsMigrated()).isEqualTo(1_050);
            // A row that was brought again is not one more.
            assertThat(List.of(second.rowsDone(), second.candidateRows())).containsExactly(1_050L, 1_050L);
            assertThat(legacy.test().value("SELECT count(*) FROM btc_trades b JOIN atge_trade_signals t USING (id) "
                    + "WHERE t.status = 'expired' AND (b.status <> 'EXPIRED' OR b.updated_at <> t.updated_at)", Long.class)).isZero();
            assertThat(legacy.test().count("btc_trades")).isEqualTo(1_050);
        }
    }

    @Test
    void a_run_beside_a_living_one_is_refused_by_its_name() throws Exception {
        try (Legacy legacy = Legacy.with(3_000); App app = Commands.start(legacy.test());
             ChildProcess child = ChildProcess.start(legacy.test(), Map.of("migration.workers", "1"))) {
            MigrationStatus running = waitForRun(app);
            app.ask("migration-pause", null, MigrationStatus.class);
            assertThatThrownBy(() -> app.ask("migration-run", null, MigrationStatus.class))
                    .isInstanceOf(Refused.class).hasMessageContaining(running.runId().toString());
            app.ask("migration-resume", null, MigrationStatus.class);
            assertThat(child.ended(30_000)).isTrue();
            assertThat(app.ask("migration-status", null, MigrationStatus.class).state()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void a_paused_run_rests_until_it_is_resumed() throws Exception {
        try (Legacy legacy = Legacy.with(20_000); App app = Commands.start(legacy.test(), "migration.chunk-rows", "100", "migration.rows-per-second", "4000");
             App operator = Commands.start(legacy.test())) {
            MigrationStatus started = app.ask("migration-start", null, MigrationStatus.class);
            assertThat(started.state()).isEqualTo("RUNNING");
            operator.ask("migration-pause", null, MigrationStatus.class);
            Thread.sleep(2_500);
            long resting = operator.ask("migration-status", started.runId(), MigrationStatus.class).rowsDone();
            Thread.sleep(1_500);
            assertThat(operator.ask("migration-status", null, MigrationStatus.class).rowsDone()).isEqualTo(resting).isLessThan(20_000);
            operator.ask("migration-throttle", Map.of("rowsPerSecond", 0), MigrationStatus.class);
            operator.ask("migration-resume", null, MigrationStatus.class);
            waitForEnd(operator, "COMPLETED");
            assertThat(legacy.test().count("btc_trades")).isEqualTo(20_000);
        }
    }

    @Test
    void a_copy_gives_way_to_those_who_write_says_so_and_brings_what_they_wrote() throws Exception {
        try (Legacy legacy = Legacy.with(20_000); App app = Commands.start(legacy.test(), "migration.chunk-rows", "1000", "migration.rows-per-second", "4000",
                "sync.interval-ms", "100"); App operator = Commands.start(legacy.test())) {
            AtomicBoolean writes = new AtomicBoolean(true);
            ExecutorService writer = Executors.newSingleThreadExecutor();
            try {
                Future<Integer> written = writer.submit(() -> {
                    int number = 0;
                    while (writes.get()) {
                        legacy.test().execute("UPDATE atge_trade_signals SET ai_reasoning = 'written meanwhile' WHERE id = '" + legacy.id(++number) + "'");
                        TimeUnit.MILLISECONDS.sleep(10);
                    }
                    return number;
                });
                app.ask("migration-start", null, MigrationStatus.class);
                MigrationStatus status = operator.ask("migration-status", null, MigrationStatus.class);
                while (status.throttleReason() == null || !status.throttleReason().startsWith("others write: a commit takes")) {
                    assertThat(status.state()).as("until it was throttled").isEqualTo("RUNNING");
                    TimeUnit.MILLISECONDS.sleep(20);
                    status = operator.ask("migration-status", null, MigrationStatus.class);
                }
                assertThat(waitForEnd(operator, "COMPLETED").rowsMigrated()).isEqualTo(20_000);
                writes.set(false);
                int number = written.get();
                app.ask("sync-apply", null, SyncStatus.class);
                assertThat(legacy.test().count("btc_trades WHERE quantum_reasoning = 'written meanwhile'")).isEqualTo(number).isPositive();
            } finally {
                writes.set(false);
                writer.shutdown();
            }
        }
    }

    @Test
    void a_cancelled_run_keeps_its_finished_chunks_and_the_next_goes_on() throws Exception {
        try (Legacy legacy = Legacy.with(20_000); App app = Commands.start(legacy.test(), "migration.chunk-rows", "100", "migration.rows-per-second", "4000")) {
            app.ask("migration-start", null, MigrationStatus.class);
            app.ask("migration-cancel", null, MigrationStatus.class);
            MigrationStatus cancelled = waitForEnd(app, "CANCELLED");
            assertThat(cancelled.rowsMigrated()).isEqualTo(legacy.test().count("btc_trades")).isLessThan(20_000);
            assertThat(app.ask("migration-run", null, MigrationStatus.class).rowsMigrated()).isEqualTo(20_000);
            assertThat(legacy.test().count("btc_trades")).isEqualTo(20_000);
        }
    }

    @Test
    void a_chunk_that_cannot_be_written_fails_the_run_and_says_why() {
        try (Legacy legacy = Legacy.with(2_000); App app = Commands.start(legacy.test())) {
            legacy.test().schema().apply();
            legacy.test().execute("ALTER TABLE btc_trades ADD CONSTRAINT in_the_way CHECK (entry_min < 100000)");
            assertThatThrownBy(() -> app.ask("migration-run", null, MigrationStatus.class))
                    .isInstanceOf(MigrationFailed.class).hasMessageContaining("in_the_way");
            MigrationStatus failed = app.ask("migration-status", null, MigrationStatus.class);
            assertThat(failed.state()).isEqualTo("FAILED");
            assertThat(failed.failure()).contains("in_the_way", "none of its rows was written");
            List<?> log = app.ask("migration-log", Map.of("runId", failed.runId()), List.class);
            assertThat(log).anySatisfy(row -> assertThat(((MigrationLog.Entry) row).migrationStatus()).isEqualTo("FAILED"));

            legacy.test().execute("ALTER TABLE btc_trades DROP CONSTRAINT in_the_way");
            assertThat(app.ask("migration-run", null, MigrationStatus.class).rowsMigrated()).isEqualTo(2_000);
        }
    }

    @Test
    void a_killed_step_is_said_in_the_log_when_the_run_is_taken_over() throws Exception {
        try (Legacy legacy = Legacy.with(20_000); App app = Commands.start(legacy.test())) {
            MigrationStatus running;
            try (ChildProcess child = ChildProcess.start(legacy.test(), Map.of("migration.chunk-rows", "200", "migration.workers", "1",
                    "migration.rows-per-second", "4000"))) {
                running = waitForRun(app);
                while (app.ask("migration-status", null, MigrationStatus.class).chunksDone() == 0) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                child.kill();
            }
            MigrationStatus resumed = app.ask("migration-run", null, MigrationStatus.class);
            assertThat(resumed.runId()).isEqualTo(running.runId());
            assertThat(resumed.rowsMigrated()).isEqualTo(20_000);
            List<?> log = app.ask("migration-log", Map.of("runId", running.runId(), "limit", 1_000), List.class);
            assertThat(log).anySatisfy(row -> assertThat(((MigrationLog.Entry) row).migrationStatus()).isEqualTo("INTERRUPTED"));
            assertThat(log.stream().filter(row -> ((MigrationLog.Entry) row).step().startsWith("copy chunk")).count())
                    .isEqualTo(resumed.chunks());
        }
    }

    @Test
    void a_session_of_a_silent_worker_that_holds_a_chunk_is_ended_and_its_chunk_copied() throws Exception {
        try (Legacy legacy = Legacy.with(1_000); App app = Commands.start(legacy.test())) {
            app.ask("migration-run", null, MigrationStatus.class);
            try (TestDatabase silent = TestDatabase.at(legacy.test().url())) {
                // Not closed here: the session will have been ended by then.
                Connection holder = silent.database().dataSource().getConnection();
                int pid = holder.unwrap(PGConnection.class).getBackendPID();
                legacy.test().execute("UPDATE quantum_ops.migration_chunks SET state = 'OPEN', rows_migrated = 0, started_at = now(), "
                        + "owner = gen_random_uuid(), backend_pid = " + pid + " WHERE chunk_no = 0");
                legacy.test().execute("DELETE FROM btc_trades b USING quantum_ops.migration_chunks c WHERE c.chunk_no = 0 AND b.id < c.upper_id");
                holder.setAutoCommit(false);
                try (Statement statement = holder.createStatement()) {
                    statement.execute("SELECT 1 FROM quantum_ops.migration_chunks WHERE chunk_no = 0 FOR UPDATE");
                }
                assertThat(app.ask("migration-run", null, MigrationStatus.class).rowsMigrated()).isEqualTo(1_000);
                assertThat(legacy.test().count("btc_trades")).isEqualTo(1_000);
            }
        }
    }

    private static MigrationStatus waitForRun(App app) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            try {
                MigrationStatus status = app.ask("migration-status", null, MigrationStatus.class);
                if (status.state().equals("RUNNING")) {
                    return status;
                }
            } catch (NoSuchRun e) {
                // It has not opened its run yet.
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no run was opened");
    }

    private static MigrationStatus waitForEnd(App app, String state) throws InterruptedException {
        MigrationStatus status = null;
        for (int i = 0; i < 600; i++) {
            status = app.ask("migration-status", null, MigrationStatus.class);
            if (status.state().equals(state)) {
                return status;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the run is " + status);
    }
}
