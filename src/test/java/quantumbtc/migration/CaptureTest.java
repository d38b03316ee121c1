package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.App;
import quantumbtc.Settings;
import quantumbtc.testing.Commands;
import quantumbtc.testing.Legacy;
import quantumbtc.testing.Pooler;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

/** Legacy writers never fail because of us, and nothing that they wrote is lost. */
class CaptureTest {

    @TempDir
    private Path folder;

    private static SyncStatus apply(App app) {
        return app.ask("sync-apply", null, SyncStatus.class);
    }

    private static void clean(App app) {
        VerifyReport report = app.ask("migration-verify", null, VerifyReport.class);
        assertThat(report.ok()).as("%s", report).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_writer_without_any_right_on_our_schema_is_captured(Version version) throws Exception {
        try (Legacy legacy = Legacy.with(version, 600); App app = Commands.start(legacy.test())) {
            TestDatabase test = legacy.test();
            app.ask("migration-run", null, MigrationStatus.class);
            test.execute("DO $$ BEGIN CREATE ROLE atge_writer; EXCEPTION WHEN duplicate_object THEN NULL; END $$; "
                    + "GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON atge_trade_signals TO atge_writer");
            try (Connection connection = test.database().dataSource().getConnection(); Statement writer = connection.createStatement()) {
                writer.execute("SET ROLE atge_writer; SET search_path = nowhere");
                writer.execute("UPDATE public.atge_trade_signals SET confidence_score = 3 WHERE confidence_score > 50");
                writer.execute("DELETE FROM public.atge_trade_signals WHERE id = '" + legacy.id(7) + "'");
                writer.execute("RESET ROLE; RESET search_path");
            }
            assertThat(apply(app).captureFailures()).isZero();
            clean(app);
            test.execute("REVOKE ALL ON atge_trade_signals FROM atge_writer");
        }
    }

    @Test
    void a_broken_capture_does_not_fail_the_writer_and_the_verification_finds_and_brings_the_row() {
        try (Legacy legacy = Legacy.with(600); App app = Commands.start(legacy.test())) {
            TestDatabase test = legacy.test();
            app.ask("migration-run", null, MigrationStatus.class);
            Sync sync = (Sync) app.wiring().beans().get("sync");
            test.execute("ALTER TABLE quantum_ops.change_queue RENAME TO elsewhere");
            test.execute("UPDATE atge_trade_signals SET confidence_score = 44 WHERE id = '" + legacy.id(7) + "'");
            test.execute("ALTER TABLE quantum_ops.capture_failures RENAME TO failures_elsewhere");
            test.execute("DELETE FROM atge_trade_signals WHERE id = '" + legacy.id(8) + "'");
            test.execute("ALTER TABLE quantum_ops.elsewhere RENAME TO change_queue; ALTER TABLE quantum_ops.failures_elsewhere RENAME TO capture_failures");
            assertThat(apply(app).captureFailures()).isOne();
            // Writers that pass triggers by leave no word at all.
            test.execute("BEGIN; SET LOCAL session_replication_role = replica; UPDATE atge_trade_signals SET confidence_score = 45 WHERE id = '"
                    + legacy.id(9) + "'; COMMIT");
            test.execute("UPDATE atge_trade_signals SET confidence_score = 46 WHERE id = '" + legacy.id(10) + "'");
            sync.verifySome();
            SyncStatus status = app.ask("sync-status", null, SyncStatus.class);
            assertThat(status.settledDifferences()).as("row 10 is on its way").isEqualTo(3);
            assertThat(status.failure()).contains("3 rows differed though no change was on its way");
            apply(app);
            clean(app);
            sync.verifySome();
            status = app.ask("sync-status", null, SyncStatus.class);
            assertThat(status.settledDifferences()).isZero();
            assertThat(status.failure()).isNull();
        }
    }

    @Test
    void changes_of_a_time_without_capture_are_found_when_it_is_turned_on_again() {
        try (Legacy legacy = Legacy.with(3_000); App app = Commands.start(legacy.test())) {
            app.ask("migration-run", null, MigrationStatus.class);
            app.ask("sync-off", null, SyncStatus.class);
            legacy.test().execute("DELETE FROM atge_trade_signals WHERE confidence_score < 5; UPDATE atge_trade_signals SET confidence_score = 1");
            legacy.add(9_001, 9_100);
            SyncStatus on = app.ask("sync-on", null, SyncStatus.class);
            assertThat(on.capturing()).isTrue();
            assertThat(on.failure()).isNull();
            clean(app);
        }
    }

    @Test
    @EnabledIf("quantumbtc.testing.Pooler#isInstalled")
    void the_sync_works_through_a_transaction_pooler() throws Exception {
        try (Legacy legacy = Legacy.with(600); Pooler pooler = Pooler.before(legacy.test(), folder)) {
            Settings settings = Settings.defaults().with(Map.of("database.url", pooler.url(), "migration.chunk-rows", "500", "data.directory", folder.toString()));
            try (App app = App.start(settings, App.Mode.COMMAND)) {
                app.ask("migration-run", null, MigrationStatus.class);
                for (int i = 0; i < 5; i++) {
                    legacy.test().execute("UPDATE atge_trade_signals SET confidence_score = " + i);
                    legacy.add(2_000 + i, 2_000 + i);
                    assertThat(apply(app).pending()).isZero();
                }
                clean(app);
            }
        }
    }

    @Test
    void a_transaction_that_dies_leaves_every_change_noted() {
        try (Legacy legacy = Legacy.with(600); App app = Commands.start(legacy.test())) {
            TestDatabase test = legacy.test();
            app.ask("migration-run", null, MigrationStatus.class);
            test.execute("UPDATE atge_trade_signals SET confidence_score = 12");
            test.execute("ALTER TABLE btc_trades ADD CONSTRAINT broken CHECK (confidence_score <> 12) NOT VALID");
            Sync sync = (Sync) app.wiring().beans().get("sync");
            org.assertj.core.api.Assertions.assertThatThrownBy(sync::applyBatch).hasMessageContaining("broken");
            sync.failed(new IllegalStateException("broken"));
            assertThat(app.ask("sync-status", null, SyncStatus.class).pending()).isEqualTo(600);
            assertThat(app.ask("sync-status", null, SyncStatus.class).failure()).isEqualTo("broken");
            test.execute("ALTER TABLE btc_trades DROP CONSTRAINT broken");
            assertThat(apply(app).failure()).isNull();
            clean(app);
            sync.failed(new IllegalStateException("the database was away"));
            sync.tick();
            assertThat(app.ask("sync-status", null, SyncStatus.class).failure()).as("nothing was left to apply, and all is well").isNull();
        }
    }
}
