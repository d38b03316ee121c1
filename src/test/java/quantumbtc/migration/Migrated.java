package quantumbtc.migration;

import quantumbtc.db.LockRetry;
import quantumbtc.testing.LegacySchema;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

/** A database as it is after a migration, written in SQL: what is tested here must not depend on how rows got there. */
final class Migrated {

    static final String SOURCE = "atge_trade_signals";
    static final LockRetry LOCKS = new LockRetry(300, 4);

    private Migrated() {
    }

    /** Users and legacy rows of every status, with values that the mapping rounds, fills in or rewrites. */
    static TestDatabase legacy(Version version, int rows) {
        TestDatabase test = TestDatabase.empty(version);
        LegacySchema.create(test.database());
        fill(test, rows);
        return test;
    }

    static void fill(TestDatabase test, int rows) {
        test.execute("INSERT INTO users (id, email) SELECT md5('u' || n)::uuid, 'user' || n || '@example.org' FROM generate_series(0, 9) n");
        test.execute("""
                INSERT INTO atge_trade_signals
                SELECT md5('t' || n)::uuid, md5('u' || n %% 10)::uuid, (ARRAY['BTC', 'btc', 'BTCUSD', 'BTC '])[1 + n %% 4],
                       (ARRAY['active', 'completed_success', 'completed_failure', 'expired', 'incomplete_data', 'cancelled', NULL])[1 + n %% 7],
                       60000.123456789 + n, 61000 + n, 40, 62000.5 + n, 30, 63000.000000005 + n, 30, 59000.10 + n,
                       1.675, (ARRAY['1h', '15m', NULL])[1 + n %% 3], (ARRAY[1, NULL, 24])[1 + n %% 3], n %% 101, 2.5, 'tab\\there',
                       CASE n %% 5 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'Migrated from ATGE - Original AI analysis'
                                  ELSE E'Line one\\nline \\\\two\\\\ of ' || n || repeat(' reasons', 20) END,
                       'gpt', '2025-01-01 00:00:00.123456+00'::timestamptz + n * interval '1 minute',
                       '2025-01-02 00:00:00+00'::timestamptz + n * interval '1 minute', '2025-01-01+00', '2025-01-03+00'
                FROM generate_series(1, %d) n""".formatted(rows));
    }

    /** The Quantum schema with the legacy rows carried over, one judged, one trade of Quantum's own, and the tables around them. */
    static void migrate(TestDatabase test) {
        test.schema().apply();
        test.execute("""
                INSERT INTO btc_trades (id, user_id, symbol, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price,
                    max_loss_percent, timeframe, timeframe_hours, confidence_score, quantum_reasoning, mathematical_justification,
                    data_quality_score, status, generated_at, expires_at, created_at, updated_at)
                SELECT id, user_id, symbol, entry_price, entry_price, entry_price, tp1_price, tp2_price, tp3_price, stop_loss_price,
                    stop_loss_percentage, timeframe, timeframe_hours, confidence_score,
                    coalesce(ai_reasoning, 'Migrated from ATGE - Original AI analysis'), 'note', 90,
                    CASE status WHEN 'completed_success' THEN 'HIT' WHEN 'completed_failure' THEN 'NOT_HIT' WHEN 'expired' THEN 'EXPIRED' ELSE 'ACTIVE' END,
                    generated_at, expires_at, created_at, updated_at
                FROM atge_trade_signals""");
        test.execute("INSERT INTO quantum_ops.migration_runs (run_id, source_table, state, step, host, pid, process_started_at, workers, "
                + "started_at, heartbeat_at, progressed_at) VALUES (gen_random_uuid(), 'public.atge_trade_signals', 'COMPLETED', 'DONE', 'host', 1, now(), 2, now(), now(), now())");
        test.execute("INSERT INTO quantum_ops.migration_chunks (chunk_no, state) VALUES (1, 'DONE')");
        test.execute("INSERT INTO quantum_ops.migration_quarantine (legacy_id, reason, detail, original, run_id) "
                + "VALUES (gen_random_uuid(), 'USER_UNKNOWN', E'a\\tb', '{\"a\": \"\\\\n\"}', gen_random_uuid())");
        test.execute("INSERT INTO quantum_migration_log (migration_name, migration_version, step, migration_status, started_at) "
                + "SELECT 'atge', '1', 'COPY', 'COMPLETED', now() FROM generate_series(1, 3)");
        test.execute("INSERT INTO api_latency_reliability_logs (api_name, endpoint, http_method, success, called_at) "
                + "SELECT 'kraken', '/ticker', 'GET', true, now() FROM generate_series(1, 7)");
    }

    /** A trade that the legacy table does not know. */
    static void generateTrade(TestDatabase test, String id) {
        test.execute("""
                INSERT INTO btc_trades (id, user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price,
                    max_loss_percent, timeframe, confidence_score, quantum_reasoning, mathematical_justification, data_quality_score, generated_at, expires_at)
                VALUES ('%1$s', md5('u1')::uuid, 99, 101, 100, 94, 92, 90, 103, 3, '4h', 61, 'own reasoning', 'formula', 88, now(), now() + interval '1 day')
                """.formatted(id));
        test.execute("INSERT INTO quantum_ops.generated_trades (trade_id, user_id, generated_at) VALUES ('" + id + "', md5('u1')::uuid, now())");
        test.execute("INSERT INTO btc_hourly_snapshots (trade_id, snapshot_at, price) VALUES ('" + id + "', date_trunc('hour', now()), 100)");
    }

    /** Quantum judges a migrated trade. */
    static void judge(TestDatabase test, String id, String status) {
        test.execute("UPDATE btc_trades SET status = '" + status + "' WHERE id = " + id);
        test.execute("INSERT INTO quantum_ops.trade_outcomes (trade_id, status, reason, judged_until, judged_at) VALUES (" + id + ", '" + status + "', 'seen', now(), now())");
    }
}
