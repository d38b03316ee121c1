package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import quantumbtc.App;
import quantumbtc.Settings;
import quantumbtc.testing.LegacySchema;
import quantumbtc.testing.TestDatabase;

class MigrationRunTest {

    @Test
    void copies_every_row_once() {
        try (TestDatabase test = TestDatabase.empty()) {
            LegacySchema.create(test.database());
            test.execute("INSERT INTO users (email) SELECT 'u' || i || '@example.org' FROM generate_series(1, 50) i");
            test.execute("""
                    INSERT INTO atge_trade_signals (user_id, symbol, status, entry_price, tp1_price, tp2_price, tp3_price, stop_loss_price,
                        stop_loss_percentage, timeframe, timeframe_hours, confidence_score, ai_reasoning, generated_at, expires_at)
                    SELECT (SELECT id FROM users ORDER BY id OFFSET i % 50 LIMIT 1), 'BTC', 'active', 99000 + i, 100000 + i, 101000, 102000, 90000, 2.5, '1h', 1,
                        i % 101, 'because', now(), now() + interval '1 hour' FROM generate_series(1, 5000) i""");
            Settings settings = Settings.defaults().with(Map.of("database.url", test.url(), "migration.chunk-rows", "500"));
            try (App app = App.start(settings, App.Mode.COMMAND)) {
                MigrationStatus status = app.template().requestBody("direct:migration-run", null, MigrationStatus.class);
                assertThat(status.state()).isEqualTo("COMPLETED");
                assertThat(status.rowsMigrated()).isEqualTo(5000);
                System.out.println(status);
                System.out.println(app.template().requestBody("direct:migration-run", null, MigrationStatus.class));
            }
            assertThat(test.count("btc_trades")).isEqualTo(5000);
            System.out.println(test.database().jdbi().withHandle(h -> h.createQuery("select * from quantum_migration_log order by id").mapToMap().list()).stream().map(Object::toString).collect(java.util.stream.Collectors.joining("\n")));
        }
    }
}
