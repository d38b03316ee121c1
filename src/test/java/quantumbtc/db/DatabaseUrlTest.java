package quantumbtc.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void reads_the_usual_form() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://trader:s%40cr%2Bt+%25@db.example.org:5433/atge?sslmode=require&application_name=x");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example.org:5433/atge");
        assertThat(url.user()).isEqualTo("trader");
        assertThat(url.password()).isEqualTo("s@cr+t+%");
        assertThat(url.parameters()).containsEntry("sslmode", "require").containsEntry("ApplicationName", "x");
        assertThat(url.pooler()).isFalse();
    }

    @Test
    void never_shows_the_password() {
        assertThat(DatabaseUrl.parse("postgresql://u:topsecret@h/d")).asString().contains("u@h/d").doesNotContain("topsecret");
        assertThatThrownBy(() -> DatabaseUrl.parse("postgres://u:top secret@h/d")).isInstanceOf(Refused.class)
                .hasMessageNotContaining("top secret");
        assertThatThrownBy(() -> DatabaseUrl.parse("mysql://u:topsecret@h/d")).isInstanceOf(Refused.class)
                .hasMessageNotContaining("topsecret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://u:top/secret@h/d", "postgres://u:top?secret@h/d", "postgres://u:top#secret@h/d", "postgres://u:top:secret/d",
        "postgres://u:top%zz@h/d", "postgres://u:top\\secret@h/d"})
    void a_password_that_must_be_written_otherwise_is_refused_and_no_part_of_it_is_shown(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text)).isInstanceOf(Refused.class)
                .hasMessageContaining("DATABASE_URL cannot be read").hasMessageNotContaining("top").hasMessageNotContaining("secret");
    }

    @Test
    void a_refused_connection_names_the_database_and_not_the_password() {
        assertThatThrownBy(() -> new Database(DatabaseUrl.parse("postgres://u:topsecret@127.0.0.1:1/atge?connect_timeout=2"), 4))
                .isInstanceOf(Refused.class).hasMessageContaining("127.0.0.1:1/atge").hasMessageNotContaining("topsecret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://u:p@h:6543/d", "postgres://u:p@h:6432/d?pgbouncer=true"})
    void a_transaction_pooler_is_recognised_and_gets_no_prepared_statements(String text) {
        DatabaseUrl url = DatabaseUrl.parse(text);
        assertThat(url.pooler()).isTrue();
        assertThat(url.parameters()).containsEntry("prepareThreshold", "0").doesNotContainKey("pgbouncer");
    }

    @Test
    void the_systems_trust_store_is_used_when_libpq_would() {
        assertThat(DatabaseUrl.parse("postgres://h/d?sslmode=verify-full&sslrootcert=system").parameters())
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory").doesNotContainKey("sslrootcert");
    }

    @Test
    void several_hosts_and_ipv6_are_passed_on() {
        assertThat(DatabaseUrl.parse("postgres://u@a:5432,b:5433/d?target_session_attrs=read-write").jdbcUrl())
                .isEqualTo("jdbc:postgresql://a:5432,b:5433/d");
        assertThat(DatabaseUrl.parse("postgres://u@[::1]:5432/d").jdbcUrl()).isEqualTo("jdbc:postgresql://[::1]:5432/d");
    }
}
