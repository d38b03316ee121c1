package quantumbtc.migration;

import java.time.Duration;
import java.util.List;
import quantumbtc.testing.TestDatabase;

/** Legacy rows, and the mapping as one plain statement: a third telling of it that owes nothing to the code under test. */
final class CopiedBySql {

    private static final String COPY = """
            INSERT INTO btc_trades (id, user_id, symbol, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price,
                stop_loss_price, max_loss_percent, timeframe, timeframe_hours, confidence_score, quantum_reasoning,
                mathematical_justification, data_quality_score, status, generated_at, expires_at, created_at, updated_at)
            SELECT id, user_id, symbol, entry_price, entry_price, entry_price, tp1_price, tp2_price, tp3_price,
                stop_loss_price, stop_loss_percentage, timeframe, timeframe_hours, confidence_score,
                CASE WHEN ai_reasoning IS NULL THEN 'Migrated from ATGE - Original AI analysis' ELSE ai_reasoning END,
                'Migrated from ATGE - Original entry price: ' || entry_price::numeric(20, 8) || ' USD', 90,
                CASE WHEN status = 'completed_success' THEN 'HIT' WHEN status = 'completed_failure' THEN 'NOT_HIT'
                     WHEN status = 'expired' THEN 'EXPIRED' ELSE 'ACTIVE' END,
                generated_at, expires_at, created_at, updated_at
            FROM atge_trade_signals WHERE symbol IN ('BTC', ' btc', 'BTC/USD')
            """;

    private static final String LEGACY = """
            INSERT INTO atge_trade_signals (id, user_id, symbol, status, entry_price, tp1_price, tp2_price, tp3_price,
                stop_loss_price, stop_loss_percentage, timeframe, timeframe_hours, confidence_score, ai_reasoning,
                generated_at, expires_at, created_at, updated_at)
            SELECT md5('row' || g)::uuid, md5('user' || g % 10)::uuid,
                (ARRAY['BTC', ' btc', 'BTC/USD', 'BTC', 'BTC', 'ETH'])[1 + g % 6],
                (ARRAY['active', 'completed_success', 'completed_failure', 'expired', 'incomplete_data', NULL])[1 + g % 6],
                60000 + g / 7.0, 61000 + g / 7.0, 62000.123456789 + g, 999999999999, 0.000000005 + g, -2.345 + g % 9,
                (ARRAY['1h', '4h', '1d', '1w', '15m', NULL])[1 + g % 6], NULLIF(g % 200, 0), NULLIF(g % 101, 100),
                CASE WHEN g % 5 = 0 THEN NULL WHEN g % 7 = 0 THEN '' ELSE 'Überlegung "quoted" \\ tab	€ ' || repeat('x', g % 3000) END,
                timestamptz '2025-01-01' + g * interval '1 minute', timestamptz '2025-01-02' + g * interval '1 minute',
                timestamptz '2025-01-01' + g * interval '1 second', timestamptz '2025-01-01' + g * interval '3 seconds'
            FROM generate_series(1, :rows) g
            """;

    private CopiedBySql() {
    }

    static MigrationSettings settings(String table) {
        return new MigrationSettings(table, List.of("BTC", "XBT", "BTC/USD"), 20_000, 2, 1_000_000, MigrationSettings.Indexes.AUTO,
                Duration.ofSeconds(15), 2, 0, Duration.ofSeconds(60));
    }

    /** Users, and so many legacy rows, five of six of them Bitcoin. */
    static void legacy(TestDatabase test, int rows) {
        test.execute("INSERT INTO users (id, email) SELECT md5('user' || g)::uuid, 'user' || g FROM generate_series(0, 9) g");
        test.execute(LEGACY.replace(":rows", String.valueOf(rows)));
    }

    /** Copies everything, and notes three chunks as done. */
    static void copy(TestDatabase test) {
        test.execute(COPY);
        test.execute("INSERT INTO quantum_ops.migration_chunks (chunk_no, lower_id, upper_id, state) VALUES "
                + "(1, NULL, '40000000-0000-0000-0000-000000000000', 'DONE'), "
                + "(2, '40000000-0000-0000-0000-000000000000', 'b0000000-0000-0000-0000-000000000000', 'DONE'), "
                + "(3, 'b0000000-0000-0000-0000-000000000000', NULL, 'DONE')");
    }

    /** Copies one row anew. */
    static void copy(TestDatabase test, String id) {
        test.execute("DELETE FROM btc_trades WHERE id = '" + id + "'");
        test.execute(COPY + " AND id = '" + id + "'");
    }
}
