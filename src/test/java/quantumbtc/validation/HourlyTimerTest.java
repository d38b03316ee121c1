package quantumbtc.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.Test;
import org.quartz.CronTrigger;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import quantumbtc.db.Refused;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;

/** The timer as shipped, in a program that serves. */
class HourlyTimerTest {

    private static final Map<String, String> NO_MARKET = Map.of("market.attempts", "1", "market.kraken.url", "http://127.0.0.1:1",
            "market.coingecko.url", "http://127.0.0.1:1", "market.blockchain.url", "http://127.0.0.1:1", "market.budget-ms", "500");

    private static Map<String, String> everySecond() {
        Map<String, String> settings = new HashMap<>(NO_MARKET);
        settings.put("validation.cron", "* * * * * ?");
        return settings;
    }

    @Test
    void it_fires_at_each_full_hour_of_utc_and_once_after_missed_hours() throws SchedulerException {
        try (TestDatabase database = TestDatabase.withSchema(); TestApp app = TestApp.on(database, NO_MARKET)) {
            CronTrigger trigger = (CronTrigger) app.app().template().getCamelContext().getComponent("quartz", QuartzComponent.class)
                    .getScheduler().getTrigger(TriggerKey.triggerKey("validation", "quantum"));
            assertThat(trigger.getTimeZone().getID()).isEqualTo("UTC");
            assertThat(trigger.getMisfireInstruction()).isEqualTo(CronTrigger.MISFIRE_INSTRUCTION_FIRE_ONCE_NOW);
            Instant next = trigger.getNextFireTime().toInstant();
            assertThat(next).isEqualTo(Instant.ofEpochSecond((Instant.now().getEpochSecond() / 3600 + 1) * 3600));
        }
    }

    @Test
    void two_nodes_validate_one_after_the_other_and_write_a_snapshot_once() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            UUID user = UUID.randomUUID();
            database.execute("INSERT INTO users (id, email) VALUES ('" + user + "', 'b@example.org')");
            database.execute("INSERT INTO btc_trades (id, user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, "
                    + "stop_loss_price, max_loss_percent, quantum_reasoning, mathematical_justification, generated_at, expires_at) "
                    + "SELECT gen_random_uuid(), '" + user + "', 100, 100, 100, 110, 120, 130, 90, 1, 'r', 'm', now(), now() + interval '1 day' "
                    + "FROM generate_series(1, 50)");
            try (TestApp one = TestApp.on(database, everySecond()); TestApp two = TestApp.on(database, everySecond())) {
                waitFor(() -> database.count("quantum_ops.validation_runs WHERE state = 'FINISHED'") >= 4);
            }
            assertThat(database.count("quantum_ops.validation_runs a JOIN quantum_ops.validation_runs b ON a.started_at < b.started_at "
                    + "AND b.started_at < a.finished_at")).as("runs that overlap").isZero();
            assertThat(database.count("(SELECT trade_id, snapshot_at FROM btc_hourly_snapshots GROUP BY 1, 2 HAVING count(*) > 1) twice")).isZero();
            assertThat(database.count("quantum_ops.validation_runs WHERE state NOT IN ('FINISHED', 'RUNNING')")).isZero();
        }
    }

    @Test
    void without_the_quantum_tables_it_is_refused_in_plain_words() {
        try (TestDatabase database = TestDatabase.withSchema(); TestApp app = TestApp.on(database, NO_MARKET)) {
            database.execute("DROP SCHEMA quantum_ops CASCADE");
            assertThatThrownBy(() -> app.app().ask("trade-validate", "timer", ValidationReport.class))
                    .isInstanceOf(Refused.class).hasMessageContaining("tables are not in this database");
        }
    }

    private static void waitFor(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
