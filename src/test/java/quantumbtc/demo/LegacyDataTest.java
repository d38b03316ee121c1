package quantumbtc.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.db.Refused;
import quantumbtc.demo.LegacyData.Written;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

class LegacyDataTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-15T12:00:00Z"), ZoneOffset.UTC);
    private static final String HASH = "SELECT sum(hashtextextended(s::text, 0))::text FROM atge_trade_signals s";

    @ParameterizedTest
    @EnumSource
    void writes_a_deployment_with_its_foreign_key_indexes_and_shared_trigger(Version version) {
        try (TestDatabase test = TestDatabase.empty(version)) {
            Written written = new LegacyData(test.database(), NOON).write(3_000, 50, 7);
            assertThat(written.rows()).isEqualTo(3_000);
            assertThat(test.count("users")).isEqualTo(50);
            assertThat(test.count("atge_trade_signals")).isEqualTo(3_000);
            assertThat(test.count("pg_constraint WHERE contype = 'f' AND confdeltype = 'c' AND convalidated "
                    + "AND conrelid = 'atge_trade_signals'::regclass AND confrelid = 'users'::regclass")).isOne();
            assertThat(test.count("pg_trigger WHERE tgfoid = 'update_updated_at_column'::regproc")).isEqualTo(2);
            assertThat(test.count("pg_index WHERE indrelid = 'atge_trade_signals'::regclass")).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void plants_exactly_the_dirt_it_reports(Version version) {
        try (TestDatabase test = TestDatabase.empty(version)) {
            Written written = new LegacyData(test.database(), NOON).write(3_000, 50, 7);
            assertThat(written.planted()).containsOnlyKeys(Dirt.values());
            String signals = "atge_trade_signals WHERE symbol <> 'ETH'";
            assertThat(test.count(signals)).isEqualTo(written.bitcoin());
            assertThat(test.count(signals + " AND (tp2_price IS NULL OR entry_price = 0 OR confidence_score > 100 "
                    + "OR stop_loss_percentage >= 1000 OR NOT isfinite(expires_at))")).isEqualTo(written.plantedInAll());
            assertThat(test.count("atge_trade_signals WHERE confidence_score > 100")).isEqualTo(written.planted().get(Dirt.CONFIDENCE_OVER_100).longValue());
            assertThat(test.count("atge_trade_signals WHERE least(entry_price, tp1_price, tp3_price, stop_loss_price) <= 0"))
                    .isEqualTo(written.planted().get(Dirt.ZERO_PRICE).longValue());
        }
    }

    @Test
    void the_same_seed_at_the_same_time_gives_the_same_rows() {
        try (TestDatabase one = TestDatabase.empty(); TestDatabase same = TestDatabase.empty(); TestDatabase other = TestDatabase.empty()) {
            new LegacyData(one.database(), NOON).write(500, 10, 7);
            new LegacyData(same.database(), NOON).write(500, 10, 7);
            new LegacyData(other.database(), NOON).write(500, 10, 8);
            assertThat(same.value(HASH, String.class)).isEqualTo(one.value(HASH, String.class))
                    .isNotEqualTo(other.value(HASH, String.class));
        }
    }

    @Test
    void rows_look_like_those_of_a_live_table() {
        try (TestDatabase test = TestDatabase.empty()) {
            new LegacyData(test.database(), NOON).write(5_000, 50, 7);
            assertThat(test.value("SELECT string_agg(DISTINCT status, ' ' ORDER BY status) FROM atge_trade_signals", String.class))
                    .isEqualTo("active cancelled completed_failure completed_success expired incomplete_data");
            assertThat(test.value("SELECT string_agg(DISTINCT '<' || symbol || '>', '' ORDER BY '<' || symbol || '>') FROM atge_trade_signals", String.class))
                    .contains("<BTC>", "<BTC >", "<BTCUSD>", "<ETH>", "<btc>");
            assertThat(test.count("atge_trade_signals WHERE char_length(ai_reasoning) NOT BETWEEN 200 AND 1500")).isZero();
            assertThat(test.count("atge_trade_signals WHERE ai_reasoning IS NULL")).isPositive();
            assertThat(test.count("atge_trade_signals WHERE ai_reasoning LIKE '%🚀%'")).isPositive();
            assertThat(test.count("atge_trade_signals WHERE tp1_price > entry_price AND entry_price > 0")).isBetween(3_000L, 3_600L);
            assertThat(test.count("atge_trade_signals WHERE status = 'active' AND expires_at < '2026-01-15T12:00:00Z'")).isPositive();
            assertThat(test.count("atge_trade_signals WHERE updated_at > '2026-01-15T12:00:00Z' OR generated_at > '2026-01-15T12:00:00Z'")).isZero();
            assertThat(test.count("atge_trade_signals WHERE symbol <> 'ETH' AND entry_price NOT BETWEEN 700 AND 1300 AND entry_price <> 0")).isZero();
        }
    }

    @Test
    void refuses_a_database_that_has_users() {
        try (TestDatabase test = TestDatabase.empty()) {
            LegacyData data = new LegacyData(test.database(), NOON);
            data.write(20, 1, 7);
            assertThatThrownBy(() -> data.write(20, 1, 7)).isInstanceOf(Refused.class).hasMessageContaining("already has users");
        }
    }
}
