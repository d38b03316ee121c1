package quantumbtc.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import quantumbtc.db.DatabaseUrl;
import quantumbtc.db.Refused;
import quantumbtc.testing.TestDatabase;

class ThrowawayDatabaseTest {

    private static final String MADE = "SELECT count(*) FROM pg_database WHERE datname LIKE 'quantum_btc_bench_%'";

    @Test
    void leaves_the_server_as_it_was_but_for_a_database_that_goes() throws Exception {
        try (TestDatabase test = TestDatabase.empty()) {
            try (Arena arena = new Arena(new ThrowawayDatabase(test.database().url()), 1_000, 1)) {
                assertThat(test.value(MADE, Long.class)).isEqualTo(1);
                assertThat(test.count("pg_tables WHERE schemaname = 'public'")).isZero();
                arena.reset();
                assertThat(arena.content().rows()).isZero();
                assertThat(arena.server()).contains(", fsync o");
                DatabaseUrl read = DatabaseUrl.parse(arena.url());
                assertThat(read).isEqualTo(arena.database().url());
            }
            assertThat(test.value(MADE, Long.class)).isZero();
        }
    }

    @Test
    void a_role_that_may_not_is_refused_and_nothing_is_made() throws Exception {
        try (TestDatabase test = TestDatabase.empty()) {
            test.execute("CREATE ROLE bench_visitor LOGIN PASSWORD 'p@ss/word'");
            try {
                DatabaseUrl own = test.database().url();
                DatabaseUrl visitor = new DatabaseUrl(own.jdbcUrl(), "bench_visitor", "p@ss/word", own.parameters(), own.pooler());
                assertThatThrownBy(() -> new ThrowawayDatabase(visitor).start()).isInstanceOf(Refused.class)
                        .hasMessageContaining("Nothing was created").hasMessageNotContaining("p@ss");
                assertThat(test.value(MADE, Long.class)).isZero();
            } finally {
                test.execute("DROP ROLE bench_visitor");
            }
        }
    }
}
