package quantumbtc.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantumbtc.App;
import quantumbtc.migration.ArchiveReport;
import quantumbtc.migration.BackupReport;
import quantumbtc.migration.MigrationStatus;
import quantumbtc.migration.PlanReport;
import quantumbtc.migration.RestoreReport;
import quantumbtc.migration.RollbackReport;
import quantumbtc.migration.SyncStatus;
import quantumbtc.migration.VerifyReport;
import quantumbtc.rollout.LegacyEndpoints;
import quantumbtc.rollout.RolloutStatus;
import quantumbtc.testing.Commands;
import quantumbtc.testing.Legacy;
import quantumbtc.testing.TestDatabase;

/** The whole way from a legacy deployment to a retired one and back, as the phases tell it. */
class PhasesTest {

    @TempDir
    private Path data;

    private static PhaseOverview phases(App app) {
        return app.ask("phases", null, PhaseOverview.class);
    }

    private static void stands(App app, int phase, String next, String blocked) {
        PhaseOverview overview = phases(app);
        assertThat(overview.phase()).as("%s", overview).isEqualTo(phase);
        assertThat(overview.next()).as("%s", overview).isEqualTo(next);
        assertThat(String.join(" ", overview.blockers())).as("%s", overview).contains(blocked);
        assertThat(overview.blockers().isEmpty()).isEqualTo(blocked.isEmpty());
    }

    private static void rollOut(App app, int percent) {
        Map<String, Object> request = new HashMap<>(Map.of("percent", percent, "by", "test", "why", "nothing calls a source here"));
        assertThat(app.ask("rollout-set", request, RolloutStatus.class).percent()).isEqualTo(percent);
    }

    @Test
    void follow_a_deployment_to_the_end_and_back() {
        try (Legacy legacy = Legacy.with(1_200); App app = Commands.start(legacy.test(), "data.directory", data.toString())) {
            TestDatabase test = legacy.test();
            legacy.row(2_000, "tp1_price = 'NaN'");
            stands(app, 1, "quantum-btc migrate", "");
            assertThat(app.ask("migration-plan", null, PlanReport.class).blockers()).isEmpty();
            app.ask("migration-backup", null, BackupReport.class);
            stands(app, 1, "quantum-btc migrate", "");
            assertThat(phases(app).phases().get(0).steps().get(1)).matches(step -> step.state() == PhaseStep.State.DONE && step.evidence().contains(data.toString()));

            app.ask("migration-run", null, MigrationStatus.class);
            stands(app, 3, "quantum-btc migrate quarantine list", "1 rows wait");
            test.execute("UPDATE quantum_ops.migration_quarantine SET state = 'ACCEPTED', accepted_by = 'test', accepted_why = 'known'");
            stands(app, 3, "quantum-btc migrate verify", "");
            assertThat(app.ask("migration-verify", null, VerifyReport.class).ok()).isTrue();
            stands(app, 4, "quantum-btc rollout set 25", "Error rate is unknown");

            app.ask("sync-pause", null, SyncStatus.class);
            stands(app, 2, "quantum-btc sync resume", "");
            app.ask("sync-resume", null, SyncStatus.class);
            rollOut(app, 25);
            stands(app, 4, "quantum-btc rollout set 50", "unknown");
            rollOut(app, 50);
            stands(app, 4, "quantum-btc rollout set 100", "unknown");
            rollOut(app, 100);
            stands(app, 5, "quantum-btc archive", "");
            app.ask("migration-archive", null, ArchiveReport.class);
            stands(app, 5, "quantum-btc atge disable", "");
            app.ask("atge-change", new HashMap<>(Map.of("enabled", false, "by", "test", "why", "over")), LegacyEndpoints.Status.class);
            assertThat(phases(app)).matches(PhaseOverview::complete);

            RollbackReport back = app.ask("migration-rollback", Map.of("confirm", "ROLLBACK"), RollbackReport.class);
            stands(app, 1, "quantum-btc migrate", "");
            assertThat(phases(app).wayBack()).contains(back.archive());
            app.ask("migration-restore", Map.of("file", back.archive()), RestoreReport.class);
            assertThat(phases(app).phases().get(1).steps().get(0).state()).isEqualTo(PhaseStep.State.DONE);
        }
    }

    @Test
    void tell_of_a_copy_under_way() {
        try (Legacy legacy = Legacy.with(20_000); App app = Commands.start(legacy.test(), "migration.chunk-rows", "500", "migration.rows-per-second", "500")) {
            app.ask("migration-start", null, MigrationStatus.class);
            stands(app, 2, "quantum-btc migrate status", "at work");
            app.ask("migration-pause", null, MigrationStatus.class);
            stands(app, 2, "quantum-btc migrate resume", "paused");
            app.ask("migration-cancel", null, MigrationStatus.class);
        }
    }

    @Test
    void tell_an_empty_database_what_is_missing_and_write_nothing() {
        try (TestDatabase test = TestDatabase.empty(); App app = Commands.start(test)) {
            stands(app, 1, "set migration.source-table, then: quantum-btc migrate", "no legacy table");
            assertThat(test.count("pg_namespace WHERE nspname = 'quantum_ops'")).isZero();
        }
    }

    @Test
    void say_unknown_of_what_cannot_be_read() {
        try (Legacy legacy = Legacy.with(600); App app = Commands.start(legacy.test())) {
            app.ask("migration-run", null, MigrationStatus.class);
            app.ask("migration-verify", null, VerifyReport.class);
            legacy.test().execute("ALTER TABLE quantum_ops.rollout RENAME COLUMN changed_at TO moved_at");
            PhaseOverview overview = phases(app);
            assertThat(overview.phase()).isEqualTo(4);
            assertThat(overview.next()).isNull();
            assertThat(overview.says()).contains("unknown");
            assertThat(overview.blockers().get(0)).as("%s", overview).contains("changed_at");
        }
    }
}
