package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.App;
import quantumbtc.testing.Commands;
import quantumbtc.testing.Legacy;
import quantumbtc.testing.TestServers.Version;

/**
 * The whole way there and back on each server version. On another one than 15:
 * {@code mvn test -Dtest=EveryServerTest -Dembedded-postgres-15.version=14.24.0}.
 */
class EveryServerTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void plan_run_verify_sync_archive_rollback_and_restore(Version version) {
        try (Legacy legacy = Legacy.with(version, 1_000)) {
            legacy.row(2_000, "confidence_score = 101");
            String before = everyLegacyRow(legacy);
            try (App app = Commands.start(legacy.test(), "data.directory", folder.toString())) {
                PlanReport plan = app.ask("migration-plan", null, PlanReport.class);
                assertThat(plan.blockers()).isEmpty();
                assertThat(plan.rows().migratable()).isEqualTo(1_000);
                assertThat(app.ask("migration-run", null, MigrationStatus.class).rowsMigrated()).isEqualTo(1_000);
                assertThat(app.ask("migration-verify", null, VerifyReport.class).verdict()).isEqualTo(VerifyReport.Verdict.OPEN_QUARANTINE);
                app.ask("migration-quarantine-accept", Map.of("reason", "OUT_OF_RANGE", "why", "known", "who", "test"), Object.class);

                legacy.test().execute("UPDATE atge_trade_signals SET tp1_price = tp1_price + 1 WHERE id = '" + legacy.id(7) + "'");
                app.ask("sync-apply", null, Object.class);
                assertThat(app.ask("migration-verify", null, VerifyReport.class).verdict()).isEqualTo(VerifyReport.Verdict.CLEAN);
                assertThat(legacy.test().count("atge_trade_signals_compat")).isEqualTo(1_000);
                assertThat(app.ask("migration-archive", null, ArchiveReport.class).ok()).isTrue();

                String archive = app.ask("migration-rollback", Map.of("confirm", "ROLLBACK"), RollbackReport.class).archive();
                assertThat(legacy.test().value("SELECT to_regclass('public.btc_trades') IS NULL AND to_regnamespace('quantum_ops') IS NULL", Boolean.class)).isTrue();
                legacy.test().execute("UPDATE atge_trade_signals SET tp1_price = tp1_price - 1 WHERE id = '" + legacy.id(7) + "'");
                assertThat(everyLegacyRow(legacy)).isEqualTo(before);

                app.ask("migration-restore", Map.of("file", archive), RestoreReport.class);
                assertThat(legacy.test().count("btc_trades")).isEqualTo(1_000);
            }
        }
    }

    /** Without the time of the last change, which the deployment's own trigger sets. */
    private static String everyLegacyRow(Legacy legacy) {
        return legacy.test().value("SELECT md5(string_agg((to_jsonb(t) - 'updated_at')::text, '|' ORDER BY id)) FROM atge_trade_signals t", String.class);
    }
}
