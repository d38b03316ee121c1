package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantumbtc.App;
import quantumbtc.db.Refused;
import quantumbtc.testing.Commands;
import quantumbtc.testing.Legacy;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

/** Who owns a trade, what becomes of changes to a trade of the other, and what is carried back. */
class OwnershipTest {

    private static void everybodyIsServedByQuantum(TestDatabase test) {
        test.execute("UPDATE quantum_ops.rollout SET percent = 100");
    }

    private static Conflicts.Page conflicts(App app) {
        return app.ask("sync-conflicts", Map.of(), Conflicts.Page.class);
    }

    private static void apply(App app) {
        assertThat(app.ask("sync-apply", null, SyncStatus.class).failure()).isNull();
    }

    private static VerifyReport verify(App app) {
        return app.ask("migration-verify", null, VerifyReport.class);
    }

    private static String judge(TestDatabase test, UUID id, String status) {
        Migrated.judge(test, "'" + id + "'", status);
        return "SELECT status FROM atge_trade_signals WHERE id = '" + id + "'";
    }

    @ParameterizedTest
    @EnumSource
    void a_change_of_a_trade_that_quantum_owns_waits_for_a_decision_with_both_versions(Version version) {
        try (Legacy legacy = Legacy.with(version, 600); App app = Commands.start(legacy.test())) {
            TestDatabase test = legacy.test();
            app.ask("migration-run", null, MigrationStatus.class);
            everybodyIsServedByQuantum(test);
            String row = " WHERE id = '" + legacy.id(5) + "'";
            test.execute("UPDATE atge_trade_signals SET confidence_score = 66" + row);
            apply(app);
            test.execute("UPDATE atge_trade_signals SET confidence_score = 67" + row);
            test.execute("DELETE FROM atge_trade_signals WHERE id = '" + legacy.id(6) + "'");
            test.execute("UPDATE atge_trade_signals SET tp1_price = 'NaN' WHERE id = '" + legacy.id(7) + "'");
            test.execute("UPDATE atge_trade_signals SET risk_reward_ratio = 9 WHERE id = '" + legacy.id(8) + "'");
            legacy.add(1_001, 1_001);
            apply(app);
            Conflicts.Page page = conflicts(app);
            assertThat(page.rows()).extracting(Conflicts.Row::kind).containsExactlyInAnyOrder("CHANGED", "DELETED", "UNMAPPABLE");
            Conflicts.Row changed = page.rows().stream().filter(one -> one.kind().equals("CHANGED")).findFirst().orElseThrow();
            assertThat(changed.atge()).contains("\"confidence_score\": 67");
            assertThat(changed.quantum()).contains("\"confidence_score\": 5");
            assertThat(changed.history()).contains("\"confidence_score\": 66");
            assertThat(test.value("SELECT confidence_score FROM btc_trades" + row, Integer.class)).isEqualTo(5);
            assertThat(test.count("btc_trades")).as("a new trade of ATGE is in nobody's way").isEqualTo(601);
            VerifyReport report = verify(app);
            assertThat(report.verdict()).as("%s", report).isEqualTo(VerifyReport.Verdict.OPEN_CONFLICTS);
            assertThat(report.conflicts()).isEqualTo(3);

            Conflicts.Row unmappable = page.rows().stream().filter(one -> one.kind().equals("UNMAPPABLE")).findFirst().orElseThrow();
            assertThatThrownBy(() -> app.ask("sync-resolve", Map.of("id", unmappable.id(), "keep", "atge"), Conflicts.Row.class))
                    .isInstanceOf(Refused.class).hasMessageContaining("cannot be mapped");
            app.ask("sync-resolve", Map.of("id", changed.id(), "keep", "atge", "by", "me"), Conflicts.Row.class);
            page.rows().stream().filter(one -> !one.kind().equals("CHANGED")).forEach(one ->
                    assertThat(app.ask("sync-resolve", Map.of("id", one.id(), "keep", "quantum"), Conflicts.Row.class).resolution()).isEqualTo("quantum"));
            assertThat(test.value("SELECT confidence_score FROM btc_trades" + row, Integer.class)).isEqualTo(67);
            assertThat(test.value("SELECT tp1_price FROM atge_trade_signals WHERE id = '" + legacy.id(7) + "'", java.math.BigDecimal.class)).isEqualByComparingTo("100007");
            assertThat(conflicts(app).open()).isZero();
            apply(app);
            report = verify(app);
            assertThat(report.verdict()).as("%s", report).isEqualTo(VerifyReport.Verdict.CLEAN);
            assertThatThrownBy(() -> app.ask("sync-resolve", Map.of("id", changed.id(), "keep", "atge"), Conflicts.Row.class)).isInstanceOf(Refused.class);
        }
    }

    @Test
    void a_conflict_settles_itself_when_both_say_the_same_again() {
        try (Legacy legacy = Legacy.with(600); App app = Commands.start(legacy.test())) {
            app.ask("migration-run", null, MigrationStatus.class);
            everybodyIsServedByQuantum(legacy.test());
            legacy.test().execute("UPDATE atge_trade_signals SET confidence_score = 66 WHERE id = '" + legacy.id(5) + "'");
            apply(app);
            legacy.test().execute("UPDATE atge_trade_signals SET confidence_score = 5 WHERE id = '" + legacy.id(5) + "'");
            apply(app);
            assertThat(legacy.test().value("SELECT resolution FROM quantum_ops.sync_conflicts", String.class)).isEqualTo("same");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"atge_trade_signals", "trade_signals"})
    void trades_and_judgements_of_quantum_are_carried_back_and_are_no_changes_of_atge(String table) {
        try (Legacy legacy = Legacy.with(600)) {
            TestDatabase test = legacy.test();
            if (table.equals("trade_signals")) {
                test.execute("ALTER TABLE atge_trade_signals RENAME TO trade_signals; ALTER TABLE trade_signals RENAME tp1_price TO take_profit_1; "
                        + "ALTER TABLE trade_signals RENAME stop_loss_price TO stop_loss; ALTER TABLE trade_signals DROP tp1_allocation, DROP tp2_allocation, "
                        + "DROP tp3_allocation; ALTER TABLE trade_signals ADD direction text; ALTER TABLE trade_signals ALTER updated_at TYPE timestamp");
            }
            try (App app = Commands.start(test)) {
                app.ask("migration-run", null, MigrationStatus.class);
                everybodyIsServedByQuantum(test);
                test.execute("INSERT INTO users (id, email) VALUES (md5('u1')::uuid, 'quantum@example.org')");
                String made = "11111111-2222-3333-4444-555555555555";
                Migrated.generateTrade(test, made);
                String judged = judge(test, legacy.id(5), "NOT_HIT").replace("atge_trade_signals", table);
                apply(app);
                assertThat(test.value(judged, String.class)).isEqualTo("completed_failure");
                assertThat(test.value("SELECT concat_ws(' ', entry_price::numeric(10), status, ai_reasoning, stop_loss_percentage::numeric(9), timeframe) FROM "
                        + table + " WHERE id = '" + made + "'", String.class)).isEqualTo("100 active own reasoning 3 4h");
                if (table.equals("atge_trade_signals")) {
                    assertThat(test.value("SELECT tp1_allocation || ' ' || (SELECT tp1_allocation FROM atge_trade_signals WHERE id = '" + legacy.id(5)
                            + "') FROM atge_trade_signals WHERE id = '" + made + "'", String.class)).isEqualTo("50.00 40.00");
                } else {
                    assertThat(test.value("SELECT direction FROM trade_signals WHERE id = '" + made + "'", String.class)).isEqualTo("SHORT");
                }
                SyncStatus status = app.ask("sync-status", null, SyncStatus.class);
                assertThat(status.carryPending()).isZero();
                assertThat(status.pending()).isZero();
                assertThat(status.openConflicts()).isZero();
                VerifyReport report = verify(app);
                assertThat(report.ok()).as("%s", report).isTrue();

                Migrated.judge(test, "'" + made + "'", "INVALIDATED");
                apply(app);
                assertThat(test.value("SELECT status FROM " + table + " WHERE id = '" + made + "'", String.class)).isEqualTo("incomplete_data");
            }
        }
    }

    @Test
    void a_row_that_the_legacy_table_refuses_stays_out_with_the_reason_and_the_others_arrive() {
        try (Legacy legacy = Legacy.with(600); App app = Commands.start(legacy.test())) {
            TestDatabase test = legacy.test();
            app.ask("migration-run", null, MigrationStatus.class);
            everybodyIsServedByQuantum(test);
            test.execute("ALTER TABLE atge_trade_signals ADD CONSTRAINT no_failures CHECK (status <> 'completed_failure' OR confidence_score <> 5) NOT VALID");
            judge(test, legacy.id(5), "NOT_HIT");
            String other = judge(test, legacy.id(10), "NOT_HIT");
            apply(app);
            assertThat(test.value(other, String.class)).isEqualTo("completed_failure");
            assertThat(test.value("SELECT reason FROM quantum_ops.carry_failures", String.class)).contains("no_failures");
            test.execute("ALTER TABLE atge_trade_signals ADD source text NOT NULL DEFAULT 'atge'; ALTER TABLE atge_trade_signals ALTER source DROP DEFAULT");
            test.execute("INSERT INTO users (id, email) VALUES (md5('u1')::uuid, 'quantum@example.org')");
            Migrated.generateTrade(test, "11111111-2222-3333-4444-555555555555");
            apply(app);
            assertThat(test.value("SELECT reason FROM quantum_ops.carry_failures WHERE trade_id = '11111111-2222-3333-4444-555555555555'", String.class))
                    .contains("source");
        }
    }
}
