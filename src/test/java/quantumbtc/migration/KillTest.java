package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import quantumbtc.App;
import quantumbtc.migration.VerifyReport.Verdict;
import quantumbtc.testing.ChildProcess;
import quantumbtc.testing.Commands;
import quantumbtc.testing.Legacy;
import quantumbtc.testing.TestDatabase;

/** The migration is killed without warning at a random moment and begun again: nothing lost, doubled or different. */
class KillTest {

    private static final int ROWS = 12_000;
    private static final int BAD = 12;
    private static final int CHUNKS = 25;
    private static final int LATEST_KILL_MS = 1_500;
    private static final AtomicInteger KILLED_UNDER_WAY = new AtomicInteger();

    private static Legacy legacy;

    @BeforeAll
    static void makeLegacyRows() {
        legacy = Legacy.with(ROWS);
        for (int i = 0; i < BAD; i++) {
            legacy.row(ROWS + 1 + i, i % 2 == 0 ? "confidence_score = 101" : "entry_price = NULL");
        }
    }

    @AfterAll
    static void enoughKillsHitTheWork() {
        legacy.close();
        assertThat(KILLED_UNDER_WAY.get()).as("kills that hit a run under way").isGreaterThan(20);
    }

    /** Two at a time: each waits for its processes to start for most of its time. */
    @RepeatedTest(50)
    @Execution(ExecutionMode.CONCURRENT)
    void killed_at_a_random_moment_it_goes_on_exactly(RepetitionInfo repetition) throws Exception {
        Map<String, String> settings = Map.of("migration.workers", "2", "migration.chunk-rows", "500",
                "migration.indexes", repetition.getCurrentRepetition() % 2 == 0 ? "after-load" : "keep");
        try (TestDatabase test = legacy.test().copy()) {
            try (ChildProcess child = ChildProcess.start(test, settings)) {
                if (repetition.getCurrentRepetition() % 5 == 0) {
                    // Anywhere, the making of the schema included.
                    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(LATEST_KILL_MS));
                } else {
                    waitForChunks(test, child, ThreadLocalRandom.current().nextInt(CHUNKS));
                    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(60));
                }
                child.kill();
            }
            KILLED_UNDER_WAY.addAndGet(isUnderWay(test) ? 1 : 0);
            try (App app = Commands.start(test, "migration.indexes", settings.get("migration.indexes"))) {
                MigrationStatus status = app.ask("migration-run", null, MigrationStatus.class);
                assertThat(status.state()).isEqualTo("COMPLETED");
                assertThat(status.rowsMigrated()).isEqualTo(ROWS);
                assertThat(status.rowsQuarantined()).isEqualTo(BAD);
                VerifyReport report = app.ask("migration-verify", null, VerifyReport.class);
                assertThat(report.verdict()).as("%s", report).isEqualTo(Verdict.OPEN_QUARANTINE);
                assertThat(report.missing() + report.extra() + report.different()).isZero();
                assertThat(report.migrated()).isEqualTo(ROWS);
            }
            assertThat(test.count("btc_trades")).isEqualTo(ROWS);
            assertThat(test.value("SELECT reloptions IS NULL FROM pg_class WHERE oid = 'btc_trades'::regclass", Boolean.class))
                    .as("autovacuum is on again").isTrue();
        }
    }

    private static void waitForChunks(TestDatabase test, ChildProcess child, int chunks) throws InterruptedException {
        while (!child.ended(2)) {
            boolean planned = test.value("SELECT to_regclass('quantum_ops.migration_chunks') IS NOT NULL", Boolean.class);
            if (planned && test.value("SELECT count(*) FROM quantum_ops.migration_chunks WHERE state = 'DONE'", Long.class) >= chunks) {
                return;
            }
        }
    }

    private static boolean isUnderWay(TestDatabase test) {
        boolean begun = test.value("SELECT to_regclass('quantum_ops.migration_runs') IS NOT NULL", Boolean.class);
        return begun && test.value("SELECT count(*) FROM quantum_ops.migration_runs WHERE state = 'RUNNING'", Long.class) > 0;
    }
}
