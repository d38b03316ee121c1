package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.App;
import quantumbtc.testing.Commands;
import quantumbtc.testing.Legacy;
import quantumbtc.testing.TestServers.Version;

class BadRowsTest {

    private static final int GOOD = 3_000;

    @ParameterizedTest
    @EnumSource
    void each_bad_row_is_quarantined_with_its_reason_and_all_others_are_migrated(Version version) {
        try (Legacy legacy = Legacy.with(version, GOOD)) {
            Map<UUID, String> reasons = plant(legacy);
            UUID taken = legacy.row(4_100, "symbol = 'BTC'");
            UUID orphan = legacy.row(4_101, "user_id = '00000000-0000-0000-0000-000000000001'");
            reasons.put(taken, "ID_TAKEN");
            reasons.put(orphan, "USER_UNKNOWN");
            legacy.test().schema().apply();
            legacy.test().execute("""
                    INSERT INTO btc_trades (id, user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price,
                        max_loss_percent, quantum_reasoning, mathematical_justification, generated_at, expires_at)
                    VALUES ('%s', md5('user1')::uuid, 1, 1, 1, 1, 1, 1, 1, 1, 'mine', 'mine', now(), now())""".formatted(taken));
            try (App app = Commands.start(legacy.test())) {
                MigrationStatus status = app.ask("migration-run", null, MigrationStatus.class);
                assertThat(status.state()).isEqualTo("COMPLETED");
                assertThat(status.rowsMigrated()).isEqualTo(GOOD);
                assertThat(status.rowsQuarantined()).isEqualTo(reasons.size());
                assertThat(status.rowsMigrated() + status.rowsQuarantined()).isEqualTo(status.candidateRows());

                Quarantine.Page page = app.ask("migration-quarantine-list", Map.of("limit", 1_000), Quarantine.Page.class);
                Map<UUID, String> found = new LinkedHashMap<>();
                page.rows().forEach(row -> found.put(row.legacyId(), row.reason()));
                assertThat(found).containsExactlyInAnyOrderEntriesOf(reasons);
                assertThat(page.rows()).allSatisfy(row -> assertThat(row.original()).contains("\"entry_price\""));
                assertThat(legacy.test().value("SELECT quantum_reasoning FROM btc_trades WHERE id = '" + taken + "'", String.class)).isEqualTo("mine");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_retry_after_the_repair_completes_the_migration(Version version) {
        try (Legacy legacy = Legacy.with(version, 1_000)) {
            int planted = plant(legacy).size();
            try (App app = Commands.start(legacy.test())) {
                app.ask("migration-run", null, MigrationStatus.class);
                Quarantine.Retried before = app.ask("migration-quarantine-retry", Map.of(), Quarantine.Retried.class);
                assertThat(before.migrated()).isZero();
                assertThat(before.stillQuarantined()).isEqualTo(planted);

                legacy.test().execute("UPDATE atge_trade_signals SET entry_price = 99000, tp1_price = 100000, tp2_price = 101000, "
                        + "tp3_price = 102000, stop_loss_price = 90000, stop_loss_percentage = 2, timeframe = '1h', timeframe_hours = 1, "
                        + "confidence_score = 60, ai_reasoning = 'short', user_id = md5('user1')::uuid, generated_at = now(), expires_at = now(), "
                        + "created_at = now() WHERE id IN (SELECT legacy_id FROM quantum_ops.migration_quarantine)");
                Quarantine.Retried after = app.ask("migration-quarantine-retry", Map.of(), Quarantine.Retried.class);
                assertThat(after.migrated()).isEqualTo(planted);
                MigrationStatus status = app.ask("migration-status", null, MigrationStatus.class);
                assertThat(status.rowsQuarantined()).isZero();
                assertThat(status.rowsMigrated()).isEqualTo(1_000 + planted);
                assertThat(legacy.test().count("btc_trades")).isEqualTo(1_000 + planted);
            }
        }
    }

    private static Map<UUID, String> plant(Legacy legacy) {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("entry_price = NULL", "VALUE_MISSING");
        bad.put("tp2_price = NULL", "VALUE_MISSING");
        bad.put("user_id = NULL", "VALUE_MISSING");
        bad.put("generated_at = NULL", "VALUE_MISSING");
        bad.put("confidence_score = 101", "OUT_OF_RANGE");
        bad.put("confidence_score = -1", "OUT_OF_RANGE");
        bad.put("stop_loss_percentage = 1000000", "OUT_OF_RANGE");
        bad.put("stop_loss_percentage = 999.995", "OUT_OF_RANGE");
        bad.put("entry_price = 1e12", "OUT_OF_RANGE");
        bad.put("entry_price = 999999999999.999999995", "OUT_OF_RANGE");
        bad.put("tp1_price = 'Infinity'", "INFINITE");
        bad.put("stop_loss_price = '-Infinity'", "INFINITE");
        bad.put("expires_at = 'infinity'", "INFINITE");
        bad.put("tp3_price = 'NaN'", "NOT_A_NUMBER");
        bad.put("stop_loss_price = 0", "PRICE_NOT_POSITIVE");
        bad.put("entry_price = 0.000000004", "PRICE_NOT_POSITIVE");
        bad.put("tp1_price = -5", "PRICE_NOT_POSITIVE");
        bad.put("ai_reasoning = repeat('x', 1048576)", "TEXT_TOO_LONG");
        bad.put("timeframe = 'eleven char'", "TEXT_TOO_LONG");
        Map<UUID, String> reasons = new LinkedHashMap<>();
        int number = 4_000;
        for (Map.Entry<String, String> each : bad.entrySet()) {
            reasons.put(legacy.row(number++, each.getKey()), each.getValue());
        }
        return reasons;
    }
}
