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

    /** One step of carrying back, as it is while changes of ATGE wait. */
    private static Carry.Carried carry(TestDatabase test) {
        return test.database().jdbi().inTransaction(handle -> {
            SyncControl.hold(handle);
            return new Carry(handle, LegacyTable.find(handle, "atge_trade_signals"), 600).some(200);
        });
    }

    private static boolean judges(TestDatabase test, UUID id, String status) {
        return test.database().jdbi().withHandle(handle -> Judgement.of(handle, id, status));
    }

    @Test
    void a_status_that_atge_wrote_a_moment_ago_is_not_written_over_by_a_judgement() {
        try (Legacy legacy = Legacy.with(600); App app = Commands.start(legacy.test())) {
            TestDatabase test = legacy.test();
            app.ask("migration-run", null, MigrationStatus.class);
            everybodyIsServedByQuantum(test);
            String row = " WHERE id = '" + legacy.id(5) + "'";
            assertThat(judges(test, legacy.id(5), "NOT_HIT")).isTrue();
            test.execute("UPDATE atge_trade_signals SET status = 'completed_success'" + row);
            assertThat(carry(test).judged()).isZero();
            assertThat(test.value("SELECT status FROM atge_trade_signals" + row, String.class)).isEqualTo("completed_success");
            apply(app);
            Conflicts.Row conflict = conflicts(app).rows().get(0);
            assertThat(conflict.atge()).contains("completed_success");
            assertThat(conflict.outcome()).contains("NOT_HIT");

            test.execute("UPDATE atge_trade_signals SET confidence_score = 71" + row);
            assertThatThrownBy(() -> app.ask("sync-resolve", Map.of("id", conflict.id(), "keep", "quantum"), Conflicts.Row.class))
                    .isInstanceOf(Refused.class).hasMessageContaining("once more");
            apply(app);
            assertThat(conflicts(app).rows().get(0).atge()).contains("71");
            app.ask("sync-resolve", Map.of("id", conflict.id(), "keep", "quantum"), Conflicts.Row.class);
            assertThat(test.value("SELECT status || ' ' || confidence_score FROM atge_trade_signals" + row, String.class)).isEqualTo("completed_failure 5");
            assertThat(verify(app).verdict()).isEqualTo(VerifyReport.Verdict.CLEAN);
        }
    }

    @Test
    void rows_that_a_writer_holds_keep_no_other_from_being_carried_back() throws Exception {
        try (Legacy legacy = Legacy.with(600); App app = Commands.start(legacy.test());
             java.sql.Connection writer = legacy.test().database().dataSource().getConnection()) {
            TestDatabase test = legacy.test();
            app.ask("migration-run", null, MigrationStatus.class);
            everybodyIsServedByQuantum(test);
            test.execute("UPDATE btc_trades SET status = 'EXPIRED' WHERE id IN (SELECT id FROM atge_trade_signals WHERE status = 'active' OR confidence_score < 80); "
                    + "INSERT INTO quantum_ops.trade_outcomes (trade_id, status, reason, judged_until, judged_at) "
                    + "SELECT id, 'EXPIRED', 'seen', now(), now() FROM btc_trades WHERE status = 'EXPIRED'");
            UUID last = test.value("SELECT trade_id FROM quantum_ops.trade_outcomes ORDER BY trade_id DESC LIMIT 1", UUID.class);
            long judged = test.count("quantum_ops.trade_outcomes");
            assertThat(judged).isGreaterThan(300);
            writer.setAutoCommit(false);
            writer.createStatement().execute("SELECT 1 FROM atge_trade_signals WHERE id <> '" + last + "' FOR UPDATE");
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(java.time.Duration.ofSeconds(20), () -> apply(app));
            assertThat(test.value("SELECT status FROM atge_trade_signals WHERE id = '" + last + "'", String.class)).isEqualTo("expired");
            assertThat(app.ask("sync-status", null, SyncStatus.class).carryPending()).isEqualTo(judged - 1);
            writer.rollback();
            apply(app);
            assertThat(app.ask("sync-status", null, SyncStatus.class).carryPending()).isZero();
            writer.setAutoCommit(true);
        }
    }

    @Test
    void a_judgement_is_carried_back_even_when_its_user_has_gone_back_to_atge() {
        try (Legacy legacy = Legacy.with(600); App app = Commands.start(legacy.test())) {
            TestDatabase test = legacy.test();
            app.ask("migration-run", null, MigrationStatus.class);
            assertThat(judges(test, legacy.id(5), "NOT_HIT")).as("it is ATGE's").isFalse();
            everybodyIsServedByQuantum(test);
            assertThat(judges(test, legacy.id(5), "NOT_HIT")).isTrue();
            test.execute("UPDATE quantum_ops.rollout SET percent = 0");
            assertThat(app.ask("sync-status", null, SyncStatus.class).carryPending()).isOne();
            apply(app);
            assertThat(test.value("SELECT status FROM atge_trade_signals WHERE id = '" + legacy.id(5) + "'", String.class)).isEqualTo("completed_failure");
            assertThat(app.ask("sync-status", null, SyncStatus.class).carryPending()).isZero();
            assertThat(test.value("SELECT atge_status FROM quantum_ops.trade_outcomes", String.class)).as("what was written over").isEqualTo("active");
            test.execute("UPDATE atge_trade_signals SET status = 'active' WHERE id = '" + legacy.id(5) + "'");
            apply(app);
            assertThat(conflicts(app).rows()).as("opened again by ATGE").extracting(Conflicts.Row::tradeId).containsExactly(legacy.id(5));
        }
    }

    @Test
    void what_quantum_judged_after_a_conflict_was_found_is_in_its_record_when_atge_is_kept() {
        try (Legacy legacy = Legacy.with(600); App app = Commands.start(legacy.test())) {
            TestDatabase test = legacy.test();
            app.ask("migration-run", null, MigrationStatus.class);
            everybodyIsServedByQuantum(test);
            test.execute("UPDATE atge_trade_signals SET tp1_price = 7 WHERE id = '" + legacy.id(5) + "'");
            apply(app);
            assertThat(judges(test, legacy.id(5), "HIT")).isTrue();
            Conflicts.Row kept = app.ask("sync-resolve", Map.of("id", conflicts(app).rows().get(0).id(), "keep", "atge"), Conflicts.Row.class);
            assertThat(kept.outcome()).contains("HIT");
            assertThat(kept.quantum()).contains("HIT");
            assertThat(verify(app).verdict()).isEqualTo(VerifyReport.Verdict.CLEAN);
        }
    }

    @Test
    void a_repaired_row_of_a_trade_that_quantum_owns_by_now_leaves_quarantine_and_changes_nothing_by_itself() {
        try (Legacy legacy = Legacy.with(600); App app = Commands.start(legacy.test())) {
            TestDatabase test = legacy.test();
            app.ask("migration-run", null, MigrationStatus.class);
            for (int row : new int[] {5, 10, 15}) {
                test.execute("UPDATE atge_trade_signals SET tp1_price = 'NaN' WHERE id = '" + legacy.id(row) + "'");
            }
            apply(app);
            assertThat(test.count("quantum_ops.migration_quarantine")).isEqualTo(3);
            everybodyIsServedByQuantum(test);
            assertThat(judges(test, legacy.id(5), "HIT")).isTrue();
            // As it was, another value, and one that nobody tells the sync of.
            test.execute("UPDATE atge_trade_signals SET tp1_price = 100010 WHERE id = '" + legacy.id(10) + "'");
            test.execute("UPDATE atge_trade_signals SET tp1_price = 7 WHERE id = '" + legacy.id(15) + "'");
            test.execute("BEGIN; SET LOCAL quantum_btc.sync = 'on'; UPDATE atge_trade_signals SET tp1_price = 8 WHERE id = '" + legacy.id(5) + "'; COMMIT");
            apply(app);
            assertThat(test.value("SELECT legacy_id FROM quantum_ops.migration_quarantine", UUID.class)).isEqualTo(legacy.id(5));
            assertThat(app.ask("migration-quarantine-retry", Map.of(), Quarantine.Retried.class).stillQuarantined()).isZero();
            assertThat(test.value("SELECT status || ' ' || tp1_price FROM btc_trades WHERE id = '" + legacy.id(5) + "'", String.class)).isEqualTo("HIT 100005.00000000");
            assertThat(conflicts(app).rows()).extracting(Conflicts.Row::tradeId).containsExactlyInAnyOrder(legacy.id(5), legacy.id(15));
        }
    }

    @Test
    void a_judgement_is_not_carried_over_a_row_that_could_not_be_read() {
        try (Legacy legacy = Legacy.with(600); App app = Commands.start(legacy.test())) {
            TestDatabase test = legacy.test();
            app.ask("migration-run", null, MigrationStatus.class);
            test.execute("UPDATE atge_trade_signals SET tp1_price = 'NaN', status = 'expired' WHERE id = '" + legacy.id(5) + "'");
            apply(app);
            everybodyIsServedByQuantum(test);
            assertThat(judges(test, legacy.id(5), "HIT")).isTrue();
            apply(app);
            assertThat(test.value("SELECT status FROM atge_trade_signals WHERE id = '" + legacy.id(5) + "'", String.class)).isEqualTo("expired");
            Conflicts.Row conflict = conflicts(app).rows().get(0);
            assertThat(conflict.kind()).isEqualTo(Conflicts.UNMAPPABLE);
            assertThat(conflict.atge()).contains("expired");
            assertThat(conflict.outcome()).contains("HIT");
            assertThat(app.ask("sync-status", null, SyncStatus.class).carryPending()).isZero();

            app.ask("sync-resolve", Map.of("id", conflict.id(), "keep", "quantum"), Conflicts.Row.class);
            assertThat(test.value("SELECT status || ' ' || tp1_price FROM atge_trade_signals WHERE id = '" + legacy.id(5) + "'", String.class))
                    .isEqualTo("completed_success 100005.00000000");
            assertThat(verify(app).verdict()).isEqualTo(VerifyReport.Verdict.CLEAN);
        }
    }
}
