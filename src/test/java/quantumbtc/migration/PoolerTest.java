package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import quantumbtc.App;
import quantumbtc.Settings;
import quantumbtc.testing.Legacy;
import quantumbtc.testing.Pooler;

@EnabledIf("quantumbtc.testing.Pooler#isInstalled")
class PoolerTest {

    @TempDir
    private Path folder;

    @Test
    void a_migration_works_through_a_transaction_pooler_and_the_plan_warns() throws Exception {
        try (Legacy legacy = Legacy.with(5_000); Pooler pooler = Pooler.before(legacy.test(), folder)) {
            Settings settings = Settings.defaults().with(Map.of("database.url", pooler.url(), "migration.chunk-rows", "500",
                    "data.directory", folder.toString()));
            try (App app = App.start(settings, App.Mode.COMMAND)) {
                PlanReport plan = app.ask("migration-plan", null, PlanReport.class);
                assertThat(plan.server().pooler()).isTrue();
                assertThat(plan.warnings()).anySatisfy(warning -> assertThat(warning).contains("transaction pooler", "5432"));
                assertThat(app.ask("migration-run", null, MigrationStatus.class).rowsMigrated()).isEqualTo(5_000);
                assertThat(app.ask("migration-verify", null, VerifyReport.class).ok()).isTrue();
                app.ask("migration-rollback", Map.of("confirm", "ROLLBACK"), RollbackReport.class);
            }
            assertThat(legacy.test().value("SELECT to_regclass('public.btc_trades') IS NULL", Boolean.class)).isTrue();
        }
    }
}
