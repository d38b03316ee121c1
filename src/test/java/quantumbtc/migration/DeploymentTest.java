package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.App;
import quantumbtc.testing.Commands;
import quantumbtc.testing.Legacy;
import quantumbtc.testing.LegacySchema;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

/** What real deployments have that a test database has not: time-outs, other names, nothing to migrate, misleading texts. */
class DeploymentTest {

    @Test
    void a_statement_timeout_of_the_deployment_does_not_end_a_chunk() {
        try (Legacy legacy = Legacy.with(20_000)) {
            legacy.test().execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = 500', current_database()); END $$");
            try (App app = Commands.start(legacy.test(), "migration.chunk-rows", "20000", "migration.workers", "1", "migration.rows-per-second", "8000")) {
                app.ask("migration-start", null, MigrationStatus.class);
                MigrationStatus status = app.ask("migration-status", null, MigrationStatus.class);
                for (int i = 0; i < 300 && status.state().equals("RUNNING"); i++) {
                    sleep();
                    status = app.ask("migration-status", null, MigrationStatus.class);
                }
                assertThat(status.state()).as("%s", status).isEqualTo("COMPLETED");
                assertThat(status.rowsMigrated()).isEqualTo(20_000);
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_empty_legacy_table_is_migrated_without_a_word_of_nonsense(Version version) {
        try (Legacy legacy = Legacy.with(version, 0); App app = Commands.start(legacy.test())) {
            MigrationStatus status = app.ask("migration-run", null, MigrationStatus.class);
            assertThat(status.state()).isEqualTo("COMPLETED");
            assertThat(status.rowsPerSecond()).isNull();
            assertThat(status.etaSeconds()).isNull();
            assertThat(status.chunks()).isEqualTo(1);
            assertThat(app.ask("migration-verify", null, VerifyReport.class).ok()).isTrue();
        }
    }

    @Test
    void the_table_is_found_under_its_other_name() {
        try (TestDatabase test = TestDatabase.empty()) {
            LegacySchema.create(test.database(), "trade_signals");
            test.execute("INSERT INTO users (id, email) VALUES (md5('user1')::uuid, 'a@example.org')");
            test.execute("INSERT INTO trade_signals (user_id, symbol, entry_price, tp1_price, tp2_price, tp3_price, stop_loss_price, "
                    + "stop_loss_percentage, generated_at, expires_at) VALUES (md5('user1')::uuid, ' btc', 1, 2, 3, 4, 0.5, 1, now(), now())");
            try (App app = Commands.start(test)) {
                MigrationStatus status = app.ask("migration-run", null, MigrationStatus.class);
                assertThat(status.sourceTable()).isEqualTo("public.trade_signals");
                assertThat(status.rowsMigrated()).isOne();
                assertThat(app.ask("migration-verify", null, VerifyReport.class).ok()).isTrue();
            }
        }
    }

    @Test
    void results_indicators_and_snapshots_of_a_legacy_trade_join_the_migrated_one_by_its_id() {
        try (Legacy legacy = Legacy.with(300); App app = Commands.start(legacy.test())) {
            legacy.test().execute("CREATE TABLE trade_results (id serial PRIMARY KEY, trade_signal_id uuid NOT NULL REFERENCES atge_trade_signals ON DELETE CASCADE);"
                    + "INSERT INTO trade_results (trade_signal_id) SELECT id FROM atge_trade_signals");
            app.ask("migration-run", null, MigrationStatus.class);
            assertThat(legacy.test().count("trade_results JOIN btc_trades ON btc_trades.id = trade_results.trade_signal_id")).isEqualTo(300);
        }
    }

    @Test
    void users_texts_that_speak_of_a_migration_count_for_nothing() {
        try (Legacy legacy = Legacy.with(300); App app = Commands.start(legacy.test())) {
            legacy.test().execute("UPDATE atge_trade_signals SET ai_reasoning = 'Migrated from ATGE - Original AI analysis' WHERE symbol = 'BTC'");
            legacy.test().execute("INSERT INTO atge_trade_signals SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), "
                    + "'symbol', 'ETH'))).* FROM atge_trade_signals t LIMIT 50");
            assertThat(app.ask("migration-run", null, MigrationStatus.class).rowsMigrated()).isEqualTo(300);
            assertThat(app.ask("migration-verify", null, VerifyReport.class).ok()).isTrue();
        }
    }

    @Test
    void sign_ups_go_on_while_the_migration_runs() throws Exception {
        try (Legacy legacy = Legacy.with(20_000); App app = Commands.start(legacy.test(), "migration.indexes", "after-load");
             TestDatabase live = TestDatabase.at(legacy.test().url())) {
            app.ask("migration-start", null, MigrationStatus.class);
            long slowest = 0;
            for (int i = 0; i < 200; i++) {
                long from = System.nanoTime();
                live.execute("INSERT INTO users (email) VALUES ('new" + i + "@example.org')");
                slowest = Math.max(slowest, System.nanoTime() - from);
                Thread.sleep(5);
            }
            assertThat(slowest).as("slowest sign-up in ns").isLessThan(2_500_000_000L);
            MigrationStatus status = app.ask("migration-status", null, MigrationStatus.class);
            for (int i = 0; i < 300 && status.state().equals("RUNNING"); i++) {
                sleep();
                status = app.ask("migration-status", null, MigrationStatus.class);
            }
            assertThat(List.of(status.state(), String.valueOf(status.rowsMigrated()))).containsExactly("COMPLETED", "20000");
        }
    }
}
