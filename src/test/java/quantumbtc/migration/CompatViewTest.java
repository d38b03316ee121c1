package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.db.Refused;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

class CompatViewTest {

    private static final String VIEW = "atge_trade_signals_compat";
    private static final String NATIVE = "11111111-2222-3333-4444-555555555555";

    private static CompatView view(TestDatabase test) {
        return new CompatView(test.database(), Migrated.LOCKS, Migrated.SOURCE);
    }

    /** Rows in one and not the other, compared by the text of all their columns. */
    private static long differing(TestDatabase test, String legacy) {
        return test.count("(SELECT l::text FROM " + legacy + " l EXCEPT SELECT v::text FROM " + VIEW + " v) x")
                + test.count("(SELECT v::text FROM " + VIEW + " v EXCEPT SELECT l::text FROM " + legacy + " l) x");
    }

    @ParameterizedTest
    @EnumSource
    void gives_back_every_legacy_row_in_every_column_and_is_safe_to_repeat(Version version) {
        try (TestDatabase test = Migrated.legacy(version, 500)) {
            Migrated.migrate(test);
            view(test).create();
            view(test).create();
            assertThat(test.count(VIEW)).isEqualTo(500);
            assertThat(differing(test, Migrated.SOURCE)).isZero();
            assertThat(test.value("SELECT string_agg(attname || ' ' || atttypid::regtype, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '" + VIEW + "'::regclass AND attnum > 0", String.class))
                    .isEqualTo(test.value("SELECT string_agg(attname || ' ' || atttypid::regtype, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'atge_trade_signals'::regclass AND attnum > 0", String.class));
        }
    }

    @Test
    void says_a_judged_status_in_the_legacy_word_and_when_it_changed() {
        try (TestDatabase test = Migrated.legacy(Version.V18, 70)) {
            Migrated.migrate(test);
            view(test).create();
            String active = "md5('t7')::uuid";
            for (String[] words : new String[][] {{"HIT", "completed_success"}, {"NOT_HIT", "completed_failure"}, {"EXPIRED", "expired"}, {"INVALIDATED", "incomplete_data"}}) {
                test.execute("UPDATE btc_trades SET status = '" + words[0] + "' WHERE id = " + active);
                assertThat(test.value("SELECT status FROM " + VIEW + " WHERE id = " + active, String.class)).isEqualTo(words[1]);
            }
            assertThat(test.value("SELECT updated_at > now() - interval '1 minute' FROM " + VIEW + " WHERE id = " + active, Boolean.class)).isTrue();
            assertThat(test.count("(SELECT FROM " + VIEW + " v JOIN atge_trade_signals l USING (id) WHERE v::text <> l::text) x")).isEqualTo(1);
        }
    }

    @Test
    void computes_for_a_native_trade_what_can_be_computed_and_leaves_the_rest_unknown() {
        try (TestDatabase test = Migrated.legacy(Version.V18, 5)) {
            test.execute("ALTER TABLE atge_trade_signals ADD COLUMN direction text, ADD COLUMN ai_analysis json");
            Migrated.migrate(test);
            Migrated.generateTrade(test, NATIVE);
            view(test).create();
            assertThat(test.value("SELECT (row_to_json(v)::jsonb - ARRAY['generated_at', 'expires_at', 'created_at', 'updated_at', 'user_id'])::text FROM " + VIEW + " v WHERE id = '" + NATIVE + "'", String.class))
                    .isEqualTo(test.value("""
                            SELECT jsonb_build_object('id', '%s', 'symbol', 'BTC', 'status', 'active', 'entry_price', 100.00000000, 'tp1_price', 94.00000000,
                            'tp1_allocation', 50, 'tp2_price', 92.00000000, 'tp2_allocation', 30, 'tp3_price', 90.00000000, 'tp3_allocation', 20,
                            'stop_loss_price', 103.00000000, 'stop_loss_percentage', 3.00, 'timeframe', '4h', 'timeframe_hours', null, 'confidence_score', 61,
                            'risk_reward_ratio', 2.00, 'market_condition', 'CONTINUATION', 'ai_reasoning', 'own reasoning', 'ai_model_version', 'quantum-btc',
                            'direction', 'SHORT', 'ai_analysis', null)::text""".formatted(NATIVE), String.class));
        }
    }

    @ParameterizedTest
    @EnumSource
    void follows_the_other_table_shape_and_its_column_types(Version version) {
        try (TestDatabase test = TestDatabase.empty(version)) {
            test.execute("CREATE TABLE users (id uuid PRIMARY KEY)");
            test.execute("""
                    CREATE TABLE trade_signals (direction varchar(5), id uuid PRIMARY KEY, user_id uuid, symbol char(10), status char(20),
                        entry_price double precision, take_profit_1 real, take_profit_2 numeric(20, 4), take_profit_3 numeric, stop_loss numeric(9, 2),
                        stop_loss_percentage real, timeframe char(4), timeframe_hours numeric, confidence_score smallint, ai_reasoning text, ai_model text,
                        "Odd ""Name" jsonb, generated_at timestamp, expires_at timestamptz, created_at timestamp, updated_at timestamp, completed_at timestamptz)""");
            test.execute("INSERT INTO users VALUES (md5('u')::uuid)");
            test.execute("""
                    INSERT INTO trade_signals SELECT 'LONG', md5(n::text)::uuid, md5('u')::uuid, 'BTC', 'cancelled', 60000.1 + n, 61000.1, 62000.12, 63000, 59000,
                        1.7, '1h', 1.0, 60, 'why', 'm', '{"b": 1}', '2025-01-01 10:00', '2025-01-02+00', '2025-01-01', '2025-01-01', NULL
                    FROM generate_series(1, 20) n""");
            test.schema().apply();
            test.execute("""
                    INSERT INTO btc_trades (id, user_id, symbol, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price,
                        max_loss_percent, timeframe, timeframe_hours, confidence_score, quantum_reasoning, mathematical_justification, data_quality_score, generated_at, expires_at, created_at, updated_at)
                    SELECT id, user_id, symbol::text, entry_price::numeric, entry_price::numeric, entry_price::numeric, take_profit_1::numeric, take_profit_2, take_profit_3, stop_loss,
                        stop_loss_percentage::numeric, timeframe::text, timeframe_hours, confidence_score, ai_reasoning, 'note', 90,
                        generated_at AT TIME ZONE 'UTC', expires_at, created_at AT TIME ZONE 'UTC', updated_at AT TIME ZONE 'UTC' FROM trade_signals""");
            view(test).create();
            assertThat(test.count(VIEW)).isEqualTo(20);
            assertThat(differing(test, "trade_signals")).isZero();
        }
    }

    @Test
    void has_the_usual_shape_when_there_is_no_legacy_table() {
        try (TestDatabase test = Migrated.legacy(Version.V18, 3)) {
            Migrated.migrate(test);
            Migrated.generateTrade(test, NATIVE);
            String columns = "SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attnum > 0 AND attrelid = '%s'::regclass";
            String legacy = test.value(columns.formatted(Migrated.SOURCE), String.class);
            test.execute("DROP TABLE atge_trade_signals");
            view(test).create();
            assertThat(test.value(columns.formatted(VIEW), String.class)).isEqualTo(legacy);
            assertThat(test.value("SELECT status || tp1_allocation || risk_reward_ratio FROM " + VIEW + " WHERE id = '" + NATIVE + "'", String.class)).isEqualTo("active502.00");
        }
    }

    @Test
    void is_made_anew_when_the_legacy_table_changed_its_shape_unless_others_depend_on_it() {
        try (TestDatabase test = Migrated.legacy(Version.V18, 10)) {
            Migrated.migrate(test);
            view(test).create();
            test.execute("ALTER TABLE atge_trade_signals ADD COLUMN last_verified_at timestamptz DEFAULT now()");
            view(test).create();
            assertThat(differing(test, Migrated.SOURCE)).isZero();
            test.execute("ALTER TABLE atge_trade_signals RENAME COLUMN market_condition TO market");
            test.execute("CREATE VIEW report AS SELECT market_condition FROM " + VIEW);
            assertThatThrownBy(() -> view(test).create()).isInstanceOf(Refused.class).hasMessageContaining("view report");
            test.execute("DROP VIEW report");
            view(test).create();
            assertThat(differing(test, Migrated.SOURCE)).isZero();
        }
    }

    @Test
    void never_replaces_a_view_that_is_not_ours() {
        try (TestDatabase test = Migrated.legacy(Version.V18, 1)) {
            Migrated.migrate(test);
            test.execute("CREATE VIEW " + VIEW + " AS SELECT 1 AS one");
            assertThatThrownBy(() -> view(test).create()).isInstanceOf(Refused.class).hasMessageContaining("not made by quantum-btc");
            assertThat(test.value("SELECT one FROM " + VIEW, Integer.class)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shows_a_signed_in_user_own_trades_only(Version version) {
        try (TestDatabase test = Migrated.legacy(version, 100)) {
            test.execute("DO $$ BEGIN CREATE ROLE authenticated; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            test.execute("GRANT SELECT ON atge_trade_signals TO authenticated");
            Migrated.migrate(test);
            view(test).create();
            long[] seen = new long[1];
            test.database().jdbi().useTransaction(handle -> {
                handle.execute("SET LOCAL ROLE authenticated");
                handle.execute("SELECT set_config('request.jwt.claim.sub', md5('u3')::uuid::text, true)");
                seen[0] = handle.createQuery("SELECT count(*) FROM " + VIEW + " WHERE user_id = md5('u3')::uuid").mapTo(Long.class).one();
                assertThat(handle.createQuery("SELECT count(*) FROM " + VIEW).mapTo(Long.class).one()).isEqualTo(seen[0]);
            });
            assertThat(seen[0]).isEqualTo(10);
        }
    }

    @Test
    void leaves_the_indexes_of_btc_trades_to_old_queries() {
        try (TestDatabase test = Migrated.legacy(Version.V18, 3_000)) {
            Migrated.migrate(test);
            view(test).create();
            test.execute("ANALYZE btc_trades");
            String plan = test.database().jdbi().withHandle(handle -> String.join("\n", handle.createQuery(
                    "EXPLAIN SELECT * FROM " + VIEW + " WHERE id = md5('t9')::uuid").mapTo(String.class).list()
                    ) + String.join("\n", handle.createQuery("EXPLAIN SELECT * FROM " + VIEW + " WHERE generated_at > '2025-01-03 01:55+00'").mapTo(String.class).list()));
            assertThat(plan).contains("btc_trades_pkey").contains("btc_trades_generated_at_idx");
        }
    }
}
