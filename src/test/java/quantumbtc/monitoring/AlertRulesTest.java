package quantumbtc.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quantumbtc.Settings;
import quantumbtc.Wiring;
import quantumbtc.testing.SettableClock;
import quantumbtc.testing.TestDatabase;

/** Each rule on a real database, at a settable time: fires once, resolves, cools down, fires again. */
class AlertRulesTest {

    private static final Instant NOON = Instant.parse("2026-03-05T12:10:00Z");
    private static TestDatabase database;

    private SettableClock clock;
    private Alerts alerts;

    /** @param holds statements that make the rule hold; {@code @} stands for the time, as a timestamp */
    record Case(AlertRule rule, String subject, String holds, String ends) {

        @Override
        public String toString() {
            return rule.word();
        }
    }

    @BeforeAll
    static void make() {
        database = TestDatabase.withSchema();
        // Tables of the sync, as the rules read them; in a database without them the rules say nothing.
        if (database.value("SELECT to_regclass('quantum_ops.sync_control') IS NULL", Boolean.class)) {
            database.execute("""
                    CREATE TABLE quantum_ops.sync_control (id integer PRIMARY KEY, state text, failure text);
                    INSERT INTO quantum_ops.sync_control VALUES (1, 'OFF', NULL);
                    CREATE TABLE quantum_ops.capture_failures (id bigint GENERATED ALWAYS AS IDENTITY, op text, error text, seen_at timestamptz);
                    CREATE TABLE quantum_ops.verification_rounds (id bigint GENERATED ALWAYS AS IDENTITY, started_at timestamptz,
                        finished_at timestamptz, rows_compared bigint, differences bigint, settled_differences bigint);
                    """);
        }
        // What the view counts is the sync's own matter.
        database.execute("""
                DROP VIEW IF EXISTS quantum_ops.sync_lag;
                CREATE TABLE quantum_ops.sync_lag AS SELECT 0::bigint AS pending, 0::numeric AS lag_seconds, 0::bigint AS open_conflicts,
                    0::bigint AS carry_pending;
                """);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void begin() {
        clock = new SettableClock(NOON);
        database.execute("""
                TRUNCATE quantum_ops.alerts, quantum_ops.alert_notices, quantum_ops.maintenance, public.quantum_anomaly_logs,
                    public.api_latency_reliability_logs, quantum_ops.market_hours, public.prediction_accuracy_database,
                    quantum_ops.validation_runs, quantum_ops.migration_quarantine, quantum_ops.capture_failures,
                    quantum_ops.verification_rounds;
                DELETE FROM public.btc_trades;
                DELETE FROM quantum_ops.migration_runs;
                UPDATE quantum_ops.sync_control SET state = 'OFF', failure = NULL;
                UPDATE quantum_ops.sync_lag SET lag_seconds = 0, pending = 0, open_conflicts = 0;
                """);
        alerts = node();
    }

    private Alerts node() {
        Settings settings = Settings.defaults().with(Map.of("alerts.endpoints", "log:one,log:two", "alerts.validation-minutes", "75"));
        return (Alerts) new Wiring(settings, database.database(), clock).beans().get("alerts");
    }

    private void execute(String sql) {
        database.execute(sql.replace("@", "'" + clock.instant() + "'::timestamptz"));
    }

    private List<String> told(AlertRule rule) {
        return database.database().jdbi().withHandle(handle -> handle.createQuery(
                "SELECT kind FROM quantum_ops.alert_notices WHERE rule = :rule ORDER BY id").bind("rule", rule.word()).mapTo(String.class).list());
    }

    private static String calls(String source, int count, boolean success, int millis) {
        return "INSERT INTO public.api_latency_reliability_logs (api_name, endpoint, http_method, response_time_ms, success, called_at) "
                + "SELECT '" + source + "', '/x', 'GET', " + millis + ", " + success + ", @ - interval '1 minute' FROM generate_series(1, " + count + ");";
    }

    private static String fatal(String type) {
        return "INSERT INTO public.quantum_anomaly_logs (anomaly_type, severity, description, impact, system_suspended, suspension_duration_minutes, "
                + "detected_at) VALUES ('" + type + "', 'FATAL', 'The mempool is said to be empty', 'No signals', true, 60, @);";
    }

    private static String hours(int... scores) {
        StringBuilder sql = new StringBuilder("DELETE FROM quantum_ops.market_hours;");
        for (int i = 0; i < scores.length; i++) {
            sql.append("INSERT INTO quantum_ops.market_hours (hour, taken_at, price, data_quality_score) VALUES (date_trunc('hour', @, 'UTC') - interval '")
                    .append(i).append(" hours', @, 1, ").append(scores[i]).append(");");
        }
        return sql.toString();
    }

    private static String validated(String ago) {
        return "DELETE FROM quantum_ops.validation_runs; INSERT INTO quantum_ops.validation_runs (run_id, state, who, process, started_at, heartbeat_at, "
                + "finished_at) VALUES (gen_random_uuid(), 'FINISHED', 'timer', 'p', @ - interval '" + ago + "', @, @ - interval '" + ago + "');";
    }

    /** So many users made two signals each at that time. */
    private static String signals(int users, String ago) {
        return "DELETE FROM quantum_ops.generated_trades WHERE generated_at > @ - interval '24 hours' AND interval '24 hours' > '" + ago + "'::interval;"
                + "INSERT INTO users (id, email) SELECT md5('user' || i)::uuid, 'user' || i FROM generate_series(1, " + users + ") i ON CONFLICT DO NOTHING;"
                + "WITH t AS (INSERT INTO public.btc_trades (user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price, "
                + "max_loss_percent, quantum_reasoning, mathematical_justification, generated_at, expires_at) SELECT md5('user' || i)::uuid, 1, 1, 1, 2, 3, 4, "
                + "0.5, 50, 'r', 'm', @ - interval '" + ago + "', @ FROM generate_series(1, " + users + ") i, generate_series(1, 2) "
                + "RETURNING id, user_id, generated_at) INSERT INTO quantum_ops.generated_trades (trade_id, user_id, generated_at) SELECT * FROM t;";
    }

    private static String accuracy(int percent, int trades) {
        return "DELETE FROM public.prediction_accuracy_database; INSERT INTO public.prediction_accuracy_database (total_trades, trades_hit, "
                + "trades_not_hit, trades_invalidated, trades_expired, overall_accuracy_rate, total_anomalies, fatal_anomalies, system_suspensions, "
                + "period_start, period_end) VALUES (" + trades + ", " + trades + ", 0, 0, 0, " + percent + ", 0, 0, 0, @ - interval '1 hour', @);";
    }

    private static String run(String wanted, String silent) {
        return "DELETE FROM quantum_ops.migration_runs; INSERT INTO quantum_ops.migration_runs (run_id, source_table, state, wanted, step, host, pid, "
                + "process_started_at, workers, progressed_at, started_at, heartbeat_at) VALUES (gen_random_uuid(), 't', 'RUNNING', '" + wanted
                + "', 'copy', 'h', 1, @, 1, @ - interval '" + silent + "', @ - interval '1 hour', @);";
    }

    private static String round(int settled) {
        return "DELETE FROM quantum_ops.verification_rounds; INSERT INTO quantum_ops.verification_rounds (started_at, finished_at, rows_compared, "
                + "differences, settled_differences) VALUES (@, @, 100, 5, " + settled + ");";
    }

    private static final String CLEAR_CALLS = "TRUNCATE public.api_latency_reliability_logs;";
    private static final String CLEAR_ANOMALIES = "TRUNCATE public.quantum_anomaly_logs;";

    static Stream<Case> cases() {
        String healthy = CLEAR_CALLS + calls("Kraken", 20, true, 100);
        String anomalies = CLEAR_ANOMALIES + "INSERT INTO public.quantum_anomaly_logs (anomaly_type, severity, description, impact, detected_at) SELECT 'X', 'WARNING', "
                + "'d', 'i', @ - interval '5 minutes' FROM generate_series(1, 7);";
        return Stream.of(
                new Case(AlertRule.SUSPENSION, "", fatal("MEMPOOL_ZERO"), CLEAR_ANOMALIES),
                new Case(AlertRule.FATAL_ANOMALY, "", fatal("MEMPOOL_ZERO"), CLEAR_ANOMALIES),
                new Case(AlertRule.ALL_SOURCES_FAILING, "", CLEAR_CALLS + calls("Kraken", 20, false, 100), healthy),
                new Case(AlertRule.ERROR_RATE, "", CLEAR_CALLS + calls("Kraken", 18, true, 9) + calls("Kraken", 2, false, 9), healthy),
                new Case(AlertRule.LOW_RELIABILITY, "Kraken", CLEAR_CALLS + calls("Kraken", 17, true, 9) + calls("Kraken", 3, false, 9), healthy),
                new Case(AlertRule.SLOW_SOURCE, "Kraken", CLEAR_CALLS + calls("Kraken", 3, true, 10_500), healthy),
                new Case(AlertRule.LOW_QUALITY, "", hours(69, 60, 50), hours(70, 60, 50)),
                new Case(AlertRule.VALIDATION_LATE, "", validated("75 minutes"), validated("1 minute")),
                new Case(AlertRule.LOW_ACCURACY, "", accuracy(59, 100), accuracy(60, 100)),
                new Case(AlertRule.MORE_ANOMALIES, "", anomalies, CLEAR_ANOMALIES),
                new Case(AlertRule.LESS_ENGAGEMENT, "", signals(15, "1 hour") + signals(20, "25 hours"), signals(16, "1 hour")),
                new Case(AlertRule.QUARANTINE_OPEN, "", "TRUNCATE quantum_ops.migration_quarantine; INSERT INTO quantum_ops.migration_quarantine "
                        + "(legacy_id, reason, detail, original, run_id) VALUES (gen_random_uuid(), 'INFINITE', 'd', '{}', gen_random_uuid());",
                        "UPDATE quantum_ops.migration_quarantine SET state = 'ACCEPTED';"),
                new Case(AlertRule.MIGRATION_STALLED, "", run("RUN", "61 seconds"), run("PAUSE", "61 seconds")),
                new Case(AlertRule.SYNC_FAILED, "", "UPDATE quantum_ops.sync_control SET state = 'ON', failure = 'a reason';",
                        "UPDATE quantum_ops.sync_control SET failure = NULL;"),
                new Case(AlertRule.SYNC_LAG, "", "UPDATE quantum_ops.sync_control SET state = 'ON'; UPDATE quantum_ops.sync_lag SET lag_seconds = 301, pending = 9;",
                        "UPDATE quantum_ops.sync_lag SET lag_seconds = 0;"),
                new Case(AlertRule.CAPTURE_FAILED, "", "INSERT INTO quantum_ops.capture_failures (op, error) VALUES ('INSERT', 'x');",
                        "TRUNCATE quantum_ops.capture_failures;"),
                new Case(AlertRule.CONFLICTS_OPEN, "", "UPDATE quantum_ops.sync_lag SET open_conflicts = 2;", "UPDATE quantum_ops.sync_lag SET open_conflicts = 0;"),
                new Case(AlertRule.VERIFICATION_DIFFERS, "", round(1), round(0)));
    }

    @Test
    void every_rule_has_its_case() {
        assertThat(Stream.concat(cases().map(Case::rule), Stream.of(AlertRule.DATABASE_LOST))).containsExactlyInAnyOrder(AlertRule.values());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_rule_fires_once_resolves_and_fires_again_only_when_it_has_cooled_down(Case rule) {
        AlertRule of = rule.rule();
        execute(rule.holds());
        alerts.look();
        assertThat(told(of)).as("fires, and each endpoint is told").containsExactly("FIRED", "FIRED");
        clock.advance(Duration.ofSeconds(30));
        alerts.look();
        alerts.look();
        assertThat(told(of)).as("once while it holds").hasSize(2);

        execute(rule.ends());
        alerts.look();
        alerts.look();
        assertThat(told(of)).as("says once that it is over").containsExactly("FIRED", "FIRED", "RESOLVED", "RESOLVED");

        clock.advance(Duration.ofSeconds(30));
        execute(rule.holds());
        alerts.look();
        assertThat(told(of)).as("keeps silent while it cools down").hasSize(4);

        clock.set(NOON.plus(of.coolDown()));
        execute(rule.holds());
        alerts.look();
        assertThat(told(of)).as("fires again afterwards").containsExactly("FIRED", "FIRED", "RESOLVED", "RESOLVED", "FIRED", "FIRED");
        AlertView open = alerts.list().stream().filter(alert -> alert.rule().equals(of.word())).findFirst().orElseThrow();
        assertThat(open.resolvedAt()).isNull();
        assertThat(open.subject()).isEqualTo(rule.subject());
        assertThat(open.level()).isEqualTo(of.level().name());
        assertThat(open.message()).isNotBlank().doesNotContain("null");
    }

    @Test
    void three_hours_mean_each_of_three_without_a_gap_and_never_their_average() {
        Map<String, Boolean> fires = Map.of(hours(69, 69, 69), true, hours(10, 90, 90), false, hours(69, 69, 70), false, hours(69, 69), false);
        fires.forEach((hours, expected) -> {
            execute("TRUNCATE quantum_ops.alerts CASCADE;" + hours);
            alerts.look();
            assertThat(!told(AlertRule.LOW_QUALITY).isEmpty()).as(hours).isEqualTo(expected);
        });
        execute("TRUNCATE quantum_ops.alerts CASCADE;" + hours(69, 69, 69, 69)
                + "DELETE FROM quantum_ops.market_hours WHERE hour = date_trunc('hour', @, 'UTC') - interval '1 hour'");
        alerts.look();
        assertThat(told(AlertRule.LOW_QUALITY)).as("an hour is missing").isEmpty();
    }

    @Test
    void what_is_not_measured_neither_fires_nor_resolves() {
        execute(calls("Kraken", 4, false, 100));
        alerts.look();
        assertThat(told(AlertRule.ERROR_RATE)).as("four calls say nothing").isEmpty();
        execute(calls("Kraken", 20, false, 100));
        alerts.look();
        assertThat(told(AlertRule.ALL_SOURCES_FAILING)).hasSize(2);
        execute(CLEAR_CALLS);
        alerts.look();
        assertThat(told(AlertRule.ALL_SOURCES_FAILING)).as("silence is not health").hasSize(2);
    }

    @Test
    void of_two_nodes_one_tells_and_a_restart_forgets_nothing() {
        Alerts other = node();
        execute(validated("80 minutes"));
        alerts.look();
        other.look();
        assertThat(told(AlertRule.VALIDATION_LATE)).hasSize(2);
        Alerts restarted = node();
        restarted.look();
        assertThat(told(AlertRule.VALIDATION_LATE)).hasSize(2);
        execute(validated("1 minute"));
        restarted.look();
        assertThat(told(AlertRule.VALIDATION_LATE)).containsExactly("FIRED", "FIRED", "RESOLVED", "RESOLVED");
    }

    @Test
    void a_validation_that_never_ran_is_late_too_and_one_under_way_does_not_count() {
        alerts.look();
        assertThat(told(AlertRule.VALIDATION_LATE)).as("the program has just begun").isEmpty();
        clock.advance(Duration.ofMinutes(75));
        execute("INSERT INTO quantum_ops.validation_runs (run_id, state, who, process, started_at, heartbeat_at) VALUES (gen_random_uuid(), 'RUNNING', 'timer', 'p', @, @)");
        alerts.look();
        assertThat(told(AlertRule.VALIDATION_LATE)).hasSize(2);
    }

    @Test
    void a_program_that_is_restarted_again_and_again_does_not_put_the_first_validation_off_for_ever() {
        execute("INSERT INTO quantum_ops.validation_runs (run_id, state, who, process, started_at, heartbeat_at, finished_at) "
                + "VALUES (gen_random_uuid(), 'FAILED', 'timer', 'p', @, @, @)");
        clock.advance(Duration.ofMinutes(74));
        node().look();
        assertThat(told(AlertRule.VALIDATION_LATE)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        node().look();
        assertThat(told(AlertRule.VALIDATION_LATE)).hasSize(2);
        assertThat(alerts.list().get(0).message()).isEqualTo("No validation finished for 75 minutes; none ever did");
    }

    @Test
    void an_alert_is_no_anomaly() {
        execute(fatal("MEMPOOL_ZERO") + calls("Kraken", 20, false, 100) + validated("3 hours") + hours(1, 1, 1));
        for (int look = 0; look < 5; look++) {
            alerts.look();
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(alerts.list()).hasSizeGreaterThan(5);
        assertThat(database.count("public.quantum_anomaly_logs")).isEqualTo(1);
    }

    @Test
    void after_a_rollback_there_is_nothing_to_say_and_nothing_fails() {
        try (TestDatabase empty = TestDatabase.empty()) {
            Alerts bare = (Alerts) new Wiring(Settings.defaults(), empty.database(), clock).beans().get("alerts");
            bare.look();
            assertThat(bare.list()).isEmpty();
            assertThat(bare.databaseLost()).isFalse();
        }
    }

    @Test
    void a_maintenance_is_announced_once_from_a_day_before() {
        Maintenance maintenance = new Maintenance(database.database().jdbi(), clock);
        Instant from = NOON.plus(Duration.ofHours(30));
        MaintenanceWindow upgrade = maintenance.plan(from, from.plus(Duration.ofHours(1)), "Database upgrade", "ops");
        MaintenanceWindow withdrawn = maintenance.plan(from, from.plus(Duration.ofHours(1)), "Never", "ops");
        maintenance.cancel(withdrawn.id(), "ops");
        alerts.look();
        assertThat(announced()).isEmpty();
        clock.set(from.minus(Duration.ofHours(24)));
        alerts.look();
        alerts.look();
        node().look();
        assertThat(announced()).containsExactly("Database upgrade, from " + from + " to " + from.plus(Duration.ofHours(1)),
                "Database upgrade, from " + from + " to " + from.plus(Duration.ofHours(1)));
        maintenance.cancel(upgrade.id(), "ops");
        alerts.look();
        alerts.look();
        assertThat(announced()).as("who was told is told that it does not come").hasSize(4)
                .endsWith("CANCELLED, Database upgrade, from " + from + " to " + from.plus(Duration.ofHours(1)));
    }

    private List<String> announced() {
        return database.database().jdbi().withHandle(handle -> handle.createQuery(
                "SELECT message FROM quantum_ops.alert_notices WHERE kind = 'MAINTENANCE' ORDER BY id").mapTo(String.class).list());
    }

    @Test
    void the_words_of_the_rules_are_what_the_guide_lists() {
        assertThat(Arrays.stream(AlertRule.values()).collect(Collectors.groupingBy(AlertRule::level, Collectors.counting())))
                .containsKeys(AlertLevel.CRITICAL, AlertLevel.WARNING, AlertLevel.INFO);
        assertThat(AlertRule.DATABASE_LOST.coolDown()).isEqualTo(Duration.ofMinutes(2));
        assertThat(AlertRule.LOW_ACCURACY.coolDown()).isEqualTo(Duration.ofMinutes(120));
    }
}
