package quantumbtc.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import quantumbtc.db.Sql;
import quantumbtc.demo.LegacyData;
import quantumbtc.demo.LegacyData.Written;
import quantumbtc.testing.TestDatabase;

class PeersTest {

    private static final String HASH = "SELECT sum(hashtextextended(t::text, 0))::text FROM btc_trades t";

    @Test
    void every_peer_writes_the_same_table() throws Exception {
        try (TestDatabase test = TestDatabase.empty()) {
            Written legacy = new LegacyData(test.database(), Clock.systemUTC()).write(3_000, 20, 1);
            test.schema().apply();
            test.execute(Sql.of("bench/insert-select"));
            String expected = test.value(HASH, String.class);
            assertThat(test.count("btc_trades")).isEqualTo(legacy.bitcoin() - legacy.plantedInAll());

            test.execute("TRUNCATE btc_trades CASCADE");
            JdbcBatches.copy(test.database().dataSource());
            assertThat(test.value(HASH, String.class)).isEqualTo(expected);

            for (int partitions = 1; partitions <= 2; partitions++) {
                test.execute("TRUNCATE btc_trades CASCADE");
                new SpringBatchJob(test.database().dataSource()).copy(partitions);
                assertThat(test.value(HASH, String.class)).isEqualTo(expected);
            }
        }
    }
}
