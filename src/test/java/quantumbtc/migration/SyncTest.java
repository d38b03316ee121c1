package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.App;
import quantumbtc.db.Refused;
import quantumbtc.testing.Commands;
import quantumbtc.testing.Legacy;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

class SyncTest {

    private static final int ROWS = 1_200;

    private static void migrate(App app) {
        app.ask("migration-run", null, MigrationStatus.class);
    }

    private static SyncStatus apply(App app) {
        return app.ask("sync-apply", null, SyncStatus.class);
    }

    private static void clean(App app) {
        VerifyReport report = app.ask("migration-verify", null, VerifyReport.class);
        assertThat(report.verdict()).as("%s", report).isEqualTo(VerifyReport.Verdict.CLEAN);
    }

    @ParameterizedTest
    @EnumSource
    void inserts_updates_and_deletes_single_and_in_bulk_arrive(Version version) {
        try (Legacy legacy = Legacy.with(version, ROWS); App app = Commands.start(legacy.test())) {
            TestDatabase test = legacy.test();
            migrate(app);
            clean(app);
            legacy.add(2_001, 2_700);
            test.execute("UPDATE atge_trade_signals SET status = 'completed_success', confidence_score = 7 WHERE id = '" + legacy.id(2) + "'");
            test.execute("UPDATE atge_trade_signals SET tp1_price = tp1_price + 1 WHERE confidence_score < 50");
            test.execute("DELETE FROM atge_trade_signals WHERE id = '" + legacy.id(3) + "'");
            test.execute("DELETE FROM atge_trade_signals WHERE confidence_score > 90");
            test.execute("UPDATE atge_trade_signals SET symbol = 'ETH' WHERE id = '" + legacy.id(4) + "'");
            test.execute("UPDATE atge_trade_signals SET id = md5('moved')::uuid WHERE id = '" + legacy.id(5) + "'");
            long before = app.ask("sync-status", null, SyncStatus.class).pending();
            assertThat(before).isPositive();
            SyncStatus status = apply(app);
            assertThat(status.pending()).isZero();
            assertThat(status.failure()).isNull();
            assertThat(test.value("SELECT status FROM btc_trades WHERE id = '" + legacy.id(2) + "'", String.class)).isEqualTo("HIT");
            assertThat(test.value("SELECT count(*) FROM btc_trades WHERE id IN ('" + legacy.id(3) + "', '" + legacy.id(4) + "', '" + legacy.id(5) + "')", Long.class)).isZero();
            assertThat(test.value("SELECT trade ->> 'symbol' FROM quantum_ops.deleted_trades WHERE trade_id = '" + legacy.id(3) + "'", String.class)).isEqualTo("BTC");
            clean(app);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_truncation_takes_the_trades_away_and_keeps_them_as_they_were(Version version) {
        try (Legacy legacy = Legacy.with(version, ROWS); App app = Commands.start(legacy.test())) {
            migrate(app);
            legacy.test().execute("TRUNCATE atge_trade_signals");
            legacy.add(5_001, 5_010);
            apply(app);
            assertThat(legacy.test().count("btc_trades")).isEqualTo(10);
            assertThat(legacy.test().count("quantum_ops.deleted_trades")).isEqualTo(ROWS);
            clean(app);
        }
    }

    @Test
    void what_was_rolled_back_does_not_arrive_and_what_commits_late_does() throws Exception {
        try (Legacy legacy = Legacy.with(ROWS); App app = Commands.start(legacy.test());
             Connection late = legacy.test().database().dataSource().getConnection(); Statement statement = late.createStatement()) {
            migrate(app);
            late.setAutoCommit(false);
            statement.execute("UPDATE atge_trade_signals SET confidence_score = 99 WHERE id = '" + legacy.id(9) + "'");
            legacy.test().execute("UPDATE atge_trade_signals SET confidence_score = 98 WHERE id = '" + legacy.id(10) + "'");
            legacy.test().execute("BEGIN; DELETE FROM atge_trade_signals WHERE confidence_score = 50; ROLLBACK");
            assertThat(apply(app).pending()).isZero();
            assertThat(confidence(legacy, 9)).isEqualTo(9);
            assertThat(confidence(legacy, 10)).isEqualTo(98);
            late.commit();
            apply(app);
            assertThat(confidence(legacy, 9)).isEqualTo(99);
            late.setAutoCommit(true);
            clean(app);
        }
    }

    private static int confidence(Legacy legacy, int row) {
        return legacy.test().value("SELECT confidence_score FROM btc_trades WHERE id = '" + legacy.id(row) + "'", Integer.class);
    }

    @Test
    void a_change_waits_until_the_chunk_of_its_row_is_copied() {
        try (Legacy legacy = Legacy.with(ROWS); App app = Commands.start(legacy.test())) {
            migrate(app);
            // As it is while the copy has not come so far.
            legacy.test().execute("UPDATE quantum_ops.migration_chunks SET state = 'OPEN' WHERE chunk_no = 1");
            UUID waiting = legacy.test().value("SELECT t.id FROM btc_trades t JOIN quantum_ops.migration_chunks c ON c.chunk_no = 1 "
                    + "AND t.id >= c.lower_id AND t.id < c.upper_id LIMIT 1", UUID.class);
            legacy.test().execute("UPDATE atge_trade_signals SET confidence_score = 77");
            SyncStatus status = apply(app);
            assertThat(status.pending()).isBetween(1L, 600L);
            assertThat(status.lagSeconds()).isZero();
            assertThat(legacy.test().value("SELECT confidence_score = 77 FROM btc_trades WHERE id = '" + waiting + "'", Boolean.class)).isFalse();
            legacy.test().execute("DELETE FROM btc_trades WHERE id >= (SELECT lower_id FROM quantum_ops.migration_chunks WHERE chunk_no = 1) "
                    + "AND id < (SELECT upper_id FROM quantum_ops.migration_chunks WHERE chunk_no = 1)");
            migrate(app);
            assertThat(apply(app).pending()).isZero();
            clean(app);
        }
    }

    @Test
    void a_row_that_breaks_the_mapping_is_quarantined_and_leaves_when_it_is_repaired() {
        try (Legacy legacy = Legacy.with(ROWS); App app = Commands.start(legacy.test())) {
            migrate(app);
            TestDatabase test = legacy.test();
            String row = " WHERE id = '" + legacy.id(20) + "'";
            test.execute("UPDATE atge_trade_signals SET tp1_price = 'NaN', confidence_score = 33" + row);
            UUID orphan = legacy.row(3_001, "user_id = '00000000-0000-0000-0000-000000000009'");
            apply(app);
            assertThat(test.value("SELECT string_agg(reason, ',' ORDER BY reason) FROM quantum_ops.migration_quarantine", String.class))
                    .isEqualTo("NOT_A_NUMBER,USER_UNKNOWN");
            assertThat(confidence(legacy, 20)).as("the older trade stays").isEqualTo(20);
            assertThat(app.ask("migration-verify", null, VerifyReport.class).verdict()).isEqualTo(VerifyReport.Verdict.OPEN_QUARANTINE);
            test.execute("UPDATE atge_trade_signals SET tp1_price = 5" + row);
            test.execute("DELETE FROM atge_trade_signals WHERE id = '" + orphan + "'");
            apply(app);
            assertThat(test.count("quantum_ops.migration_quarantine")).isZero();
            assertThat(confidence(legacy, 20)).isEqualTo(33);
            clean(app);
        }
    }

    @Test
    void nothing_is_applied_while_the_sync_is_paused_or_off() {
        try (Legacy legacy = Legacy.with(ROWS); App app = Commands.start(legacy.test())) {
            migrate(app);
            app.ask("sync-pause", null, SyncStatus.class);
            legacy.add(4_001, 4_003);
            assertThatThrownBy(() -> apply(app)).isInstanceOf(Refused.class).hasMessageContaining("PAUSED");
            assertThat(app.ask("sync-resume", null, SyncStatus.class).pending()).isEqualTo(3);
            SyncStatus off = app.ask("sync-off", null, SyncStatus.class);
            assertThat(off.state()).isEqualTo("OFF");
            assertThat(off.capturing()).isFalse();
            assertThat(off.pending()).isZero();
            clean(app);
        }
    }
}
