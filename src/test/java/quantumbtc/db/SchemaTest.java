package quantumbtc.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.testing.LegacySchema;
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

    /** Roles belong to the server, so one that another test made is put aside for a moment. */
    @ParameterizedTest
    @EnumSource
    void needs_no_role_that_only_supabase_has(Version version) {
        try (TestDatabase test = TestDatabase.empty(version)) {
            boolean there = test.value("SELECT to_regrole('authenticated') IS NOT NULL", Boolean.class);
            if (there) {
                test.execute("ALTER ROLE authenticated RENAME TO put_aside");
            }
            try {
                LegacySchema.create(test.database());
                assertThat(test.schema().apply()).isPositive();
                assertThat(test.count("btc_trades")).isZero();
            } finally {
                if (there) {
                    test.execute("ALTER ROLE put_aside RENAME TO authenticated");
                }
            }
        }
    }

    @Test
    void a_long_transaction_on_users_makes_the_schema_give_up_its_place_and_not_queue_sign_ups() throws Exception {
        try (TestDatabase test = TestDatabase.empty()) {
            LegacySchema.create(test.database());
            try (Connection holder = test.database().dataSource().getConnection(); Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("INSERT INTO users (email) VALUES ('long@example.org')");
                Schema impatient = new Schema(test.database(), 100, 2);
                assertThatThrownBy(impatient::apply).isInstanceOf(Refused.class).hasMessageContaining("lock was not free within 100 ms in 2 attempts");
                long from = System.nanoTime();
                test.execute("INSERT INTO users (email) VALUES ('short@example.org')");
                assertThat(System.nanoTime() - from).as("ns of a sign-up meanwhile").isLessThan(1_000_000_000L);
                holder.rollback();
            }
            assertThat(test.schema().apply()).as("files that were left").isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_signed_in_database_user_sees_own_trades_only_and_changes_none(Version version) throws Exception {
        try (TestDatabase admin = TestDatabase.empty(version)) {
            // Roles belong to the server, not to one database.
            admin.execute("DO $$ BEGIN CREATE ROLE authenticated; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        }
        try (TestDatabase test = TestDatabase.withSchemaMadeNow(version)) {
            UUID me = UUID.randomUUID();
            UUID other = UUID.randomUUID();
            for (UUID user : List.of(me, other)) {
                test.execute("INSERT INTO users (id, email) VALUES ('" + user + "', '" + user + "')");
                test.execute("INSERT INTO btc_trades (user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price, "
                        + "max_loss_percent, quantum_reasoning, mathematical_justification, generated_at, expires_at) "
                        + "VALUES ('" + user + "', 1, 1, 1, 2, 3, 4, 0.5, 1, '', '', now(), now())");
            }
            try (Connection session = test.database().dataSource().getConnection(); Statement statement = session.createStatement()) {
                session.setAutoCommit(false);
                statement.execute("SET LOCAL ROLE authenticated");
                assertThat(count(statement)).as("rows without a claim").isZero();
                statement.execute("SET LOCAL \"request.jwt.claims\" = '{\"sub\": \"" + me + "\"}'");
                assertThat(count(statement)).as("own rows").isOne();
                assertThatThrownBy(() -> statement.execute("UPDATE btc_trades SET status = 'HIT'")).hasMessageContaining("permission denied");
                session.rollback();
            }
        }
    }

    private static int count(Statement statement) throws Exception {
        try (java.sql.ResultSet rows = statement.executeQuery("SELECT count(*) FROM btc_trades")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void tables_of_a_version_that_changed_an_applied_step_are_refused_in_plain_words() {
        try (TestDatabase test = TestDatabase.withSchema()) {
            test.execute("UPDATE quantum_ops.flyway_schema_history SET checksum = checksum + 1 WHERE version = '010'");
            assertThatThrownBy(() -> test.schema().apply()).isInstanceOf(Refused.class).hasMessageContaining("another version of this program");
        }
    }

    @Test
    void the_log_of_the_migration_cannot_be_changed() {
        try (TestDatabase test = TestDatabase.withSchema()) {
            test.execute("INSERT INTO quantum_migration_log (migration_name, migration_version, step, migration_status, started_at) "
                    + "VALUES ('x', '1', 'x', 'STARTED', now())");
            assertThatThrownBy(() -> test.execute("UPDATE quantum_migration_log SET step = 'y'")).hasMessageContaining("append-only");
            assertThatThrownBy(() -> test.execute("DELETE FROM quantum_migration_log")).hasMessageContaining("append-only");
            assertThatThrownBy(() -> test.execute("TRUNCATE quantum_migration_log")).hasMessageContaining("append-only");
        }
    }
}
