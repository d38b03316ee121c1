package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.db.Database;
import quantumbtc.db.DatabaseUrl;
import quantumbtc.migration.PlanReport.RejectedRow;
import quantumbtc.migration.PlanReport.RejectionCount;
import quantumbtc.migration.PlanReport.StatusCount;
import quantumbtc.migration.PlanReport.SymbolCount;
import quantumbtc.migration.PlanReport.TargetState;
import quantumbtc.migration.PlanReport.TimeframeCount;
import quantumbtc.testing.LegacySchema;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

class PlanTest {

    /** A change to a good row, and the reason with the column that it must give. */
    private static final Map<String, String> DIRT = new LinkedHashMap<>();

    static {
        DIRT.put("user_id = NULL", "VALUE_MISSING user_id");
        DIRT.put("user_id = md5('stranger')::uuid", "USER_UNKNOWN user_id");
        DIRT.put("symbol = '  BTC       '", "TEXT_TOO_LONG symbol");
        DIRT.put("entry_price = NULL", "VALUE_MISSING entry_price");
        DIRT.put("entry_price = 'NaN'", "NOT_A_NUMBER entry_price");
        DIRT.put("tp1_price = 'Infinity'", "INFINITE tp1_price");
        DIRT.put("tp2_price = '-Infinity'", "INFINITE tp2_price");
        DIRT.put("tp3_price = 0.000000004", "PRICE_NOT_POSITIVE tp3_price");
        DIRT.put("stop_loss_price = -1", "PRICE_NOT_POSITIVE stop_loss_price");
        DIRT.put("tp1_price = 999999999999.999999995", "OUT_OF_RANGE tp1_price");
        DIRT.put("stop_loss_percentage = -999.995", "OUT_OF_RANGE stop_loss_percentage");
        DIRT.put("stop_loss_percentage = 'NaN'", "NOT_A_NUMBER stop_loss_percentage");
        DIRT.put("timeframe = 'fünf Stunden'", "TEXT_TOO_LONG timeframe");
        DIRT.put("timeframe_hours = 0.25", "NOT_WHOLE timeframe_hours");
        DIRT.put("timeframe_hours = 2147483648", "OUT_OF_RANGE timeframe_hours");
        DIRT.put("confidence_score = 100.5", "NOT_WHOLE confidence_score");
        DIRT.put("confidence_score = -1", "OUT_OF_RANGE confidence_score");
        DIRT.put("ai_reasoning = repeat('€', 333334)", "TEXT_TOO_LONG ai_reasoning");
        DIRT.put("generated_at = NULL", "VALUE_MISSING generated_at");
        DIRT.put("expires_at = 'infinity'", "INFINITE expires_at");
        DIRT.put("updated_at = '-infinity'", "INFINITE updated_at");
        DIRT.put("entry_price = 'NaN', symbol = 'BTC          '", "TEXT_TOO_LONG symbol");
        DIRT.put("tp3_price = -1, user_id = md5('stranger')::uuid", "PRICE_NOT_POSITIVE tp3_price");
    }

    /** Changes that look odd and are no reason to reject. */
    private static final List<String> ODD = List.of("entry_price = 0.000000005", "tp1_price = 999999999999.999999994",
            "stop_loss_percentage = 999.994", "timeframe = 'fünf Stdn.'", "timeframe = NULL, timeframe_hours = -2147483648",
            "confidence_score = NULL", "confidence_score = 100.000", "ai_reasoning = repeat('€', 333333)", "ai_reasoning = ''",
            "ai_reasoning = 'O''Brien \\ \"quoted\" 🚀' || chr(9) || chr(10)", "symbol = 'btc'", "status = 'cancelled'", "status = NULL");

    @ParameterizedTest
    @EnumSource
    void says_which_row_breaks_which_rule_first(Version version) {
        legacy(version, test -> {
            test.execute("ALTER TABLE atge_trade_signals ALTER symbol TYPE text, ALTER timeframe TYPE text, "
                    + "ALTER timeframe_hours TYPE numeric, ALTER confidence_score TYPE double precision");
            Map<UUID, String> expected = new LinkedHashMap<>();
            DIRT.forEach((change, reason) -> expected.put(row(test, change), reason));
            ODD.forEach(change -> row(test, change));
            Plan plan = plan(test.database());
            Map<UUID, String> found = new LinkedHashMap<>();
            plan.eachRejected(row -> found.put(row.id(), row.reason() + " " + row.column()));
            assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
            PlanReport report = plan.plan();
            assertThat(report.blockers()).isEmpty();
            assertThat(report.rows().migratable()).isEqualTo(ODD.size());
            assertThat(report.rows().rejections()).extracting(RejectionCount::rows).satisfies(counts ->
                    assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(DIRT.size()));
            assertThat(report.warnings()).anyMatch(warning -> warning.startsWith(DIRT.size() + " rows would be quarantined: "));
        });
    }

    @ParameterizedTest
    @EnumSource
    void counts_symbols_statuses_timeframes_and_overdue_rows(Version version) {
        legacy(version, test -> {
            row(test, "symbol = 'BTC'");
            row(test, "symbol = ' btc', status = 'completed_success', timeframe = '15m'");
            row(test, "symbol = 'Btc' || chr(9), status = 'incomplete_data', expires_at = now() - interval '1 hour'");
            row(test, "symbol = 'WBTC'");
            row(test, "symbol = 'ETH'");
            row(test, "symbol = NULL");
            PlanReport report = plan(test.database()).plan();
            assertThat(report.rows().all()).isEqualTo(6);
            assertThat(report.rows().candidates()).isEqualTo(3);
            assertThat(report.rows().others()).isEqualTo(3);
            assertThat(report.rows().overdue()).isOne();
            assertThat(report.rows().symbols()).containsExactlyInAnyOrder(new SymbolCount("BTC", 1, true, false, false),
                    new SymbolCount(" btc", 1, true, true, false), new SymbolCount("Btc\t", 1, true, true, false),
                    new SymbolCount("WBTC", 1, false, false, true), new SymbolCount("ETH", 1, false, false, false),
                    new SymbolCount(null, 1, false, false, false));
            assertThat(report.rows().statuses()).containsExactlyInAnyOrder(new StatusCount("active", "ACTIVE", true, 1),
                    new StatusCount("completed_success", "HIT", true, 1), new StatusCount("incomplete_data", "ACTIVE", false, 1));
            assertThat(report.rows().timeframes()).containsExactlyInAnyOrder(new TimeframeCount("4h", true, 2), new TimeframeCount("15m", false, 1));
            assertThat(report.source().extraColumns()).contains("risk_reward_ratio", "tp1_allocation");
            assertThat(report.warnings()).anyMatch(warning -> warning.contains("\"WBTC\"")).anyMatch(warning -> warning.contains("\"15m\""))
                    .anyMatch(warning -> warning.contains("\"incomplete_data\"")).anyMatch(warning -> warning.startsWith("1 active rows are past"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void writes_nothing(Version version) {
        legacy(version, test -> {
            row(test, "entry_price = 'NaN'");
            String before = DatabaseState.of(test);
            Plan plan = plan(test.database());
            plan.plan();
            plan.eachRejected(row -> { });
            assertThat(DatabaseState.of(test)).isEqualTo(before);
            test.schema().apply();
            String after = DatabaseState.of(test);
            assertThat(after).isNotEqualTo(before);
            plan.plan();
            assertThat(DatabaseState.of(test)).isEqualTo(after);
        });
    }

    @ParameterizedTest
    @EnumSource
    void tells_what_is_migrated_already_and_which_ids_are_taken(Version version) {
        try (TestDatabase test = TestDatabase.withSchema(version)) {
            CopiedBySql.legacy(test, 60);
            CopiedBySql.copy(test);
            test.execute("UPDATE quantum_ops.migration_chunks SET state = 'OPEN' WHERE chunk_no = 2");
            PlanReport report = plan(test.database()).plan();
            assertThat(report.target().state()).isEqualTo(TargetState.OURS);
            assertThat(report.rows().migrated()).isEqualTo(50);
            long taken = test.value("SELECT count(*) FROM btc_trades WHERE id >= '40000000-0000-0000-0000-000000000000' "
                    + "AND id < 'b0000000-0000-0000-0000-000000000000'", Long.class);
            assertThat(report.rows().rejections()).singleElement().satisfies(count -> {
                assertThat(count.reason()).isEqualTo(Rejection.Reason.ID_TAKEN);
                assertThat(count.rows()).isEqualTo(taken).isPositive();
                assertThat(count.first()).hasSize((int) Math.min(20, taken));
            });
            test.execute("DELETE FROM quantum_ops.migration_chunks");
            assertThat(plan(test.database()).plan().rows().rejections()).extracting(RejectionCount::rows).containsExactly(50L);
        }
    }

    @Test
    void reads_the_other_table_shape_under_its_other_name() {
        try (TestDatabase test = TestDatabase.empty()) {
            LegacySchema.create(test.database(), "trade_signals");
            test.execute("ALTER TABLE trade_signals RENAME tp1_price TO take_profit_1; ALTER TABLE trade_signals RENAME tp2_price TO take_profit_2; "
                    + "ALTER TABLE trade_signals RENAME tp3_price TO take_profit_3; ALTER TABLE trade_signals RENAME stop_loss_price TO stop_loss; "
                    + "INSERT INTO trade_signals (symbol, user_id, entry_price, take_profit_1) VALUES ('BTC', gen_random_uuid(), 5, 'NaN')");
            Plan plan = plan(test.database());
            PlanReport report = plan.plan();
            assertThat(report.blockers()).isEmpty();
            assertThat(report.source().table()).isEqualTo("public.trade_signals");
            assertThat(report.source().columns()).contains("take_profit_1 numeric", "stop_loss numeric");
            List<RejectedRow> rows = new ArrayList<>();
            plan.eachRejected(rows::add);
            assertThat(rows).extracting(RejectedRow::column).containsExactly("take_profit_1");
        }
    }

    @Test
    void is_blocked_by_a_source_that_cannot_be_read() {
        blocked("ALTER TABLE atge_trade_signals RENAME TO elsewhere", "no legacy table");
        blocked("ALTER TABLE atge_trade_signals RENAME TO elsewhere; CREATE VIEW atge_trade_signals AS SELECT * FROM elsewhere", "is a view");
        blocked("ALTER TABLE atge_trade_signals DROP COLUMN tp3_price, DROP COLUMN stop_loss_percentage", "missing columns tp3_price or take_profit_3, stop_loss_percentage");
        blocked("ALTER TABLE atge_trade_signals ALTER COLUMN generated_at TYPE text", "generated_at is text");
        blocked("ALTER TABLE atge_trade_signals DROP CONSTRAINT atge_trade_signals_pkey", "no unique index on id");
        blocked("ALTER TABLE atge_trade_signals DROP CONSTRAINT atge_trade_signals_pkey; ALTER TABLE atge_trade_signals ALTER id DROP NOT NULL; "
                + "CREATE UNIQUE INDEX ON atge_trade_signals (id); INSERT INTO atge_trade_signals (id, symbol) VALUES (NULL, 'BTC')", "without an id");
    }

    @Test
    void is_blocked_by_users_that_no_trade_can_refer_to() {
        blocked("DROP TABLE users", "public.users does not exist");
        blocked("ALTER TABLE users ALTER id DROP DEFAULT, ALTER id TYPE text", "public.users needs a column id of type uuid");
        blocked("ALTER TABLE users DROP CONSTRAINT users_pkey", "public.users needs a column id of type uuid with a unique index");
    }

    @Test
    void is_blocked_by_names_that_others_use() {
        blocked("CREATE TABLE btc_trades (id bigint)", "public.btc_trades exists and was not made by quantum-btc");
        blocked("CREATE VIEW atge_trade_signals_compat AS SELECT 1 AS one", "public.atge_trade_signals_compat exists");
        blocked("CREATE SCHEMA quantum_ops; CREATE TABLE quantum_ops.other (id bigint)", "schema quantum_ops exists and was not made by quantum-btc");
        legacy(Version.V18, test -> {
            test.schema().apply();
            assertThat(plan(test.database()).plan().blockers()).isEmpty();
            test.execute("DROP TABLE quantum_anomaly_logs");
            assertThat(plan(test.database()).plan().blockers()).singleElement().asString().contains("public.quantum_anomaly_logs is gone");
        });
    }

    @Test
    void is_blocked_by_rights_that_the_role_lacks() {
        legacy(Version.V15, test -> {
            row(test, "symbol = 'BTC'");
            String role = "planner_" + ProcessHandle.current().pid();
            test.execute("CREATE ROLE " + role + " LOGIN");
            try (Database database = new Database(DatabaseUrl.parse(test.url().replace("postgres@", role + "@")), 4)) {
                assertThat(blockers(database)).contains("may not create tables in schema public", "may not create a schema",
                        "public.users may not be read", "public.users may not be referred to", "GRANT SELECT, TRIGGER");
                test.execute("GRANT CREATE ON SCHEMA public TO " + role + "; GRANT REFERENCES, SELECT ON users TO " + role
                        + "; GRANT SELECT ON atge_trade_signals TO " + role);
                assertThat(blockers(database)).contains("may not create a schema", "no trigger may be made").doesNotContain("users");
                test.execute("GRANT TRIGGER ON atge_trade_signals TO " + role + "; DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO "
                        + role + "', current_database()); END $$");
                assertThat(plan(database).plan().blockers()).isEmpty();
                assertThat(plan(database).plan().rights().owner()).isEqualTo("postgres");
                test.execute("ALTER TABLE atge_trade_signals ENABLE ROW LEVEL SECURITY; ALTER TABLE users ENABLE ROW LEVEL SECURITY");
                assertThat(blockers(database)).contains("row level security hides rows of public.atge_trade_signals",
                        "row level security hides rows of public.users");
                test.execute("ALTER ROLE " + role + " BYPASSRLS");
                assertThat(plan(database).plan().blockers()).isEmpty();
                test.schema().apply();
                assertThat(blockers(database)).contains("public.btc_trades");
            } finally {
                test.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
            }
        });
    }

    @Test
    void warns_of_a_pooler_and_of_transactions_that_changes_would_wait_for() throws Exception {
        try (TestDatabase test = TestDatabase.empty()) {
            LegacySchema.create(test.database());
            try (Connection writer = test.database().dataSource().getConnection();
                 Database pooled = new Database(DatabaseUrl.parse(test.url() + "?pgbouncer=true"), 4)) {
                writer.setAutoCommit(false);
                writer.createStatement().execute("INSERT INTO users (email) VALUES ('writing')");
                Thread.sleep(2_500);
                PlanReport report = plan(pooled).plan();
                assertThat(report.server().pooler()).isTrue();
                assertThat(report.warnings()).anyMatch(warning -> warning.contains("5432"))
                        .anyMatch(warning -> warning.contains("users RowExclusiveLock"));
                assertThat(report.waits()).singleElement().satisfies(wait -> assertThat(wait.seconds()).isBetween(2L, 30L));
                writer.rollback();
            }
        }
    }

    @Test
    void estimates_time_and_room_and_is_json() throws Exception {
        legacy(Version.V18, test -> {
            CopiedBySql.legacy(test, 2_000);
            PlanReport report = plan(test.database()).plan();
            assertThat(report.estimate().rowsPerSecond()).isPositive();
            assertThat(report.estimate().bytes()).isGreaterThan(report.source().bytes());
            assertThat(report.estimate().freeBytes()).isPositive();
            try {
                String json = new ObjectMapper().writeValueAsString(report);
                assertThat(new ObjectMapper().readTree(json).at("/rows/candidates").asInt()).isEqualTo(2_000 * 5 / 6 + 1);
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void blocked(String change, String sentence) {
        legacy(Version.V18, test -> {
            test.execute(change);
            assertThat(blockers(test.database())).contains(sentence);
        });
    }

    private static String blockers(Database database) {
        return String.join("\n", plan(database).plan().blockers());
    }

    private static void legacy(Version version, Consumer<TestDatabase> with) {
        try (TestDatabase test = TestDatabase.empty(version)) {
            LegacySchema.create(test.database());
            test.execute("INSERT INTO users (id, email) VALUES (md5('user')::uuid, 'user')");
            with.accept(test);
        }
    }

    /** A good row, then changed. */
    private static UUID row(TestDatabase test, String change) {
        UUID id = UUID.randomUUID();
        test.execute("INSERT INTO atge_trade_signals (id, user_id, symbol, entry_price, tp1_price, tp2_price, tp3_price, stop_loss_price, "
                + "stop_loss_percentage, timeframe, timeframe_hours, confidence_score, ai_reasoning, generated_at, expires_at) VALUES ('" + id
                + "', md5('user')::uuid, 'BTC', 60000, 61000, 62000, 63000, 59000, 1.67, '4h', 4, 70, 'because', now(), now() + interval '4 hours')");
        test.execute("ALTER TABLE atge_trade_signals DISABLE TRIGGER USER; UPDATE atge_trade_signals SET " + change + " WHERE id = '" + id
                + "'; ALTER TABLE atge_trade_signals ENABLE TRIGGER USER");
        return id;
    }

    private static Plan plan(Database database) {
        return new Plan(database, CopiedBySql.settings("atge_trade_signals"), Clock.systemUTC());
    }
}
