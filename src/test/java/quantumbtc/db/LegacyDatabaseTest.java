package quantumbtc.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import quantumbtc.App;
import quantumbtc.testing.Commands;
import quantumbtc.testing.TestDatabase;

/** The legacy table and the Quantum tables must be in one database; ATGE_DATABASE_URL may say so, in its own words. */
class LegacyDatabaseTest {

    @Test
    void the_same_database_under_another_name_is_taken() {
        try (TestDatabase one = TestDatabase.withSchema()) {
            String otherName = one.url().replace("127.0.0.1", "localhost").concat("?application_name=atge");
            assertThatCode(() -> Commands.start(one, "atge.database-url", otherName).close()).doesNotThrowAnyException();
        }
    }

    @Test
    void another_database_is_refused_by_name_and_nothing_is_written() {
        try (TestDatabase one = TestDatabase.empty(); TestDatabase other = TestDatabase.withSchema()) {
            String legacy = other.url().replace("postgres@", "postgres:topsecret@");
            assertThatThrownBy(() -> Commands.start(one, "atge.database-url", legacy)).isInstanceOf(Refused.class)
                    .hasMessageContaining("are two databases").hasMessageContaining(name(one)).hasMessageContaining(name(other))
                    .hasMessageContaining("Nothing was changed").hasMessageNotContaining("topsecret");
            assertThat(one.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace", Long.class)).isZero();
        }
    }

    @Test
    void one_that_does_not_answer_or_cannot_be_read_is_refused_under_its_own_name() {
        try (TestDatabase one = TestDatabase.withSchema()) {
            assertThatThrownBy(() -> start(one, "postgres://u:topsecret@127.0.0.1:1/atge?connect_timeout=1"))
                    .isInstanceOf(Refused.class).hasMessageContaining("u@127.0.0.1:1/atge").hasMessageNotContaining("topsecret");
            assertThatThrownBy(() -> start(one, "mysql://h/d"))
                    .isInstanceOf(Refused.class).hasMessageContaining("ATGE_DATABASE_URL cannot be read");
        }
    }

    private static App start(TestDatabase one, String legacy) {
        return Commands.start(one, "atge.database-url", legacy);
    }

    private static String name(TestDatabase database) {
        return database.value("SELECT current_database()", String.class);
    }
}
