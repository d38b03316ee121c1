package quantumbtc.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import quantumbtc.demo.LegacyData;
import quantumbtc.testing.TestDatabase;

class PacedWriterTest {

    @Test
    void percentiles_are_values_that_occurred() {
        Latencies latencies = Latencies.of(LongStream.rangeClosed(1, 1_000).map(ms -> (1_001 - ms) * 1_000_000).toArray(), 2);
        assertThat(latencies).isEqualTo(new Latencies(1_000, 500, 990, 1_000, 2));
    }

    @Test
    void a_server_that_stands_still_is_felt_by_all_writes_that_were_due() throws Exception {
        try (TestDatabase test = TestDatabase.empty()) {
            new LegacyData(test.database(), Clock.systemUTC()).write(2_000, 20, 1);
            try (PacedWriter writer = new PacedWriter(test.database(), 100, 4);
                 Connection connection = test.database().dataSource().getConnection();
                 Statement statement = connection.createStatement()) {
                // Locked before the first write: a writer that holds one table and waits for the other would be a deadlock.
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE users, atge_trade_signals IN ACCESS EXCLUSIVE MODE");
                writer.start();
                Thread.sleep(1_000);
                connection.rollback();
                Thread.sleep(500);
                Latencies latencies = writer.stop();
                assertThat(latencies.failed()).isZero();
                assertThat(latencies.writes()).isGreaterThan(100);
                // Spread evenly over the lock's second, so half of the locked ones waited longer than half a second.
                assertThat(latencies.maxMs()).isGreaterThan(800);
                assertThat(latencies.p50Ms()).isGreaterThan(100);
            }
        }
    }
}
