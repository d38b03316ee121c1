package quantumbtc.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.TestDatabase;

/** Only a lock that is not free is tried again: an error of the data would be the same the second time. */
class LockRetryTest {

    private final LockRetry retry = new LockRetry(100, 3);
    private final AtomicInteger tried = new AtomicInteger();

    private void insert(TestDatabase test, String values) {
        retry.run("the insert", "Nothing was written.", () -> test.database().jdbi().inTransaction(handle -> {
            tried.incrementAndGet();
            retry.limit(handle);
            return handle.execute("INSERT INTO numbers VALUES " + values);
        }));
    }

    @Test
    void an_error_of_the_data_comes_at_once_and_nothing_is_done_twice() {
        try (TestDatabase test = TestDatabase.empty()) {
            test.execute("CREATE TABLE numbers (n int PRIMARY KEY)");
            insert(test, "(1)");
            assertThatThrownBy(() -> insert(test, "(2), (1)")).hasMessageContaining("numbers_pkey").hasMessageNotContaining("(n)=(1)");
            assertThat(tried).hasValue(2);
            assertThat(test.count("numbers")).isOne();
        }
    }

    @Test
    void a_lock_is_asked_for_as_often_as_is_set_and_then_the_refusal_says_what_is_the_case() throws SQLException {
        try (TestDatabase test = TestDatabase.empty()) {
            test.execute("CREATE TABLE numbers (n int PRIMARY KEY)");
            try (Connection holder = test.database().dataSource().getConnection(); Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("LOCK TABLE numbers");
                assertThatThrownBy(() -> insert(test, "(1)")).isInstanceOf(Refused.class)
                        .hasMessage("the insert: a lock was not free within 100 ms in 3 attempts. Nothing was written.");
                holder.rollback();
            }
            assertThat(tried).hasValue(3);
            insert(test, "(1)");
            assertThat(test.count("numbers")).isOne();
        }
    }
}
