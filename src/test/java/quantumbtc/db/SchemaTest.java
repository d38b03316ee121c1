package quantumbtc.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

class SchemaTest {

    @ParameterizedTest
    @EnumSource
    void makes_exactly_six_tables_in_public_and_is_safe_to_repeat(Version version) {
        try (TestDatabase test = TestDatabase.withSchema(version)) {
            assertThat(test.schema().apply()).isZero();
            List<String> tables = test.database().jdbi().withHandle(handle -> handle.createQuery(
                    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").mapTo(String.class).list());
            assertThat(tables).containsExactly("api_latency_reliability_logs", "atge_trade_signals", "btc_hourly_snapshots",
                    "btc_trades", "prediction_accuracy_database", "quantum_anomaly_logs", "quantum_migration_log", "users");
        }
    }
}
