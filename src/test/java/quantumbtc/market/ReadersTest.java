package quantumbtc.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantumbtc.market.SourceFailure.Kind;

class ReadersTest {

    private static final Instant NOW = Instant.parse("2024-03-05T12:34:56Z");

    private static Object read(Feed feed, String body) {
        return Feed.read(new Ask(feed, NOW, new CandleRequest(NOW.minus(Duration.ofHours(3)), Duration.ofHours(1))),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static Kind refused(Feed feed, String body) {
        return catchThrowableOfType(SourceFailed.class, () -> read(feed, body)).failure().kind();
    }

    private static String gecko(String price) {
        return "{\"bitcoin\":{\"usd\":" + price + ",\"last_updated_at\":1709642096}}";
    }

    @Test
    void a_missing_number_is_absent_and_never_zero() {
        Quote quote = (Quote) read(Feed.COINGECKO_QUOTE, gecko("67187.25"));
        assertThat(quote.price()).isEqualByComparingTo("67187.25");
        assertThat(quote.time()).isEqualTo(Instant.ofEpochSecond(1709642096));
        assertThat(quote.volumeUsd24h()).isNull();
        assertThat(quote.marketCapUsd()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"67187.25\"", "67187.25", "6.718725e4", "\" 67187.25 \""})
    void a_number_may_come_as_text(String written) {
        assertThat(((Quote) read(Feed.COINGECKO_QUOTE, gecko(written))).price()).isEqualByComparingTo("67187.25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e30", "1e999999999", "\"NaN\"", "\"Infinity\"", "\"\"", "NaN", "true", "[]", "{}",
            "\"1e400\"", "123456789012345678901234567890123456789012345"})
    void a_number_that_cannot_be_true_is_refused(String written) {
        assertThat(refused(Feed.COINGECKO_QUOTE, gecko(written))).isEqualTo(Kind.BAD_PAYLOAD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "COINGECKO_QUOTE|{\"bitcoin\":{\"usd_24h_vol\":1}}|MISSING_FIELD",
            "COINGECKO_QUOTE|{\"bitcoin\":{\"usd\":null}}|MISSING_FIELD",
            "COINGECKO_QUOTE|{\"status\":{\"error_code\":429,\"error_message\":\"limit\"}}|RATE_LIMITED",
            "COINGECKO_QUOTE|{}|EMPTY",
            "COINGECKO_QUOTE|<html>|BAD_PAYLOAD",
            "COINGECKO_QUOTE|{\"bitcoin\":{\"usd\":1,\"last_updated_at\":1709642096000}}|BAD_PAYLOAD",
            "COINMARKETCAP_QUOTE|{\"status\":{\"error_code\":1001},\"data\":{}}|SOURCE_ERROR",
            "COINMARKETCAP_QUOTE|{\"status\":{\"error_code\":1008},\"data\":{}}|RATE_LIMITED",
            "COINMARKETCAP_QUOTE|{\"status\":{\"error_code\":0},\"data\":{}}|EMPTY",
            "KRAKEN_TICKER|{\"error\":[\"EGeneral:Too many requests\"]}|RATE_LIMITED",
            "KRAKEN_TICKER|{\"error\":[\"EService:Busy\"]}|SOURCE_BUSY",
            "KRAKEN_TICKER|{\"error\":[\"EQuery:Unknown asset pair\"]}|SOURCE_ERROR",
            "KRAKEN_TICKER|{\"error\":[],\"result\":{}}|EMPTY",
            "BLOCKCHAIN_MEMPOOL|-1|BAD_PAYLOAD",
            "BLOCKCHAIN_MEMPOOL|<html>|BAD_PAYLOAD",
            "BLOCKCHAIN_MEMPOOL|{\"error\":\"internal\"}|SOURCE_ERROR",
            "BLOCKCHAIN_STATS|{\"n_tx\":1}|MISSING_FIELD",
            "LUNARCRUSH_COINS|{\"config\":{},\"data\":[{\"symbol\":\"ETH\",\"sentiment\":1}]}|EMPTY",
            "LUNARCRUSH_COINS|{\"config\":{},\"data\":[{\"symbol\":\"BTC\"}]}|MISSING_FIELD",
            "LUNARCRUSH_COINS|{\"config\":{},\"data\":[{\"symbol\":\"BTC\",\"sentiment\":101}]}|BAD_PAYLOAD"})
    void an_answer_without_a_value_is_a_failure_with_its_reason(Feed feed, String body, Kind kind) {
        assertThat(refused(feed, body)).isEqualTo(kind);
    }

    @Test
    void nothing_at_all_is_empty() {
        assertThat(refused(Feed.BLOCKCHAIN_MEMPOOL, " ")).isEqualTo(Kind.EMPTY);
        assertThat(refused(Feed.KRAKEN_TICKER, "")).isEqualTo(Kind.EMPTY);
    }

    @Test
    void reads_coinmarketcap_in_both_versions() {
        String coin = "{\"quote\":{\"USD\":{\"price\":67187.2,\"volume_24h\":3e10,\"market_cap\":1.3e12,\"last_updated\":\"2024-03-05T12:34:00.000Z\"}}}";
        for (String data : List.of("{\"BTC\":" + coin + "}", "{\"BTC\":[" + coin + "]}", "{\"1\":" + coin + "}")) {
            Quote quote = (Quote) read(Feed.COINMARKETCAP_QUOTE, "{\"status\":{\"error_code\":0},\"data\":" + data + "}");
            assertThat(quote.price()).isEqualByComparingTo("67187.2");
            assertThat(quote.volumeUsd24h().toString()).isEqualTo("30000000000");
            assertThat(quote.time()).isEqualTo(Instant.parse("2024-03-05T12:34:00Z"));
        }
    }

    @Test
    void krakens_volume_stays_in_bitcoin_and_its_last_bar_is_not_finished() {
        Quote quote = (Quote) read(Feed.KRAKEN_TICKER, "{\"error\":[],\"result\":{\"XXBTZUSD\":{\"c\":[\"67187.2\",\"0.1\"],\"v\":[\"10.5\",\"2500.75\"]}}}");
        assertThat(quote.volumeBtc24h()).isEqualByComparingTo("2500.75");
        assertThat(quote.volumeUsd24h()).isNull();
        assertThat(quote.time()).isNull();

        @SuppressWarnings("unchecked")
        List<Candle> candles = (List<Candle>) read(Feed.KRAKEN_CANDLES, "{\"error\":[],\"result\":{\"XXBTZUSD\":["
                + "[1709629200,\"1\",\"2\",\"1\",\"2\",\"1\",\"5\",9],[1709632800,\"2\",\"2\",\"2\",\"2\",\"0\",\"0\",0],"
                + "[1709636400,\"2\",\"3\",\"2\",\"3\",\"1\",\"5\",9],[1709640000,\"3\",\"9\",\"3\",\"9\",\"1\",\"5\",9]],\"last\":1709636400}}");
        assertThat(candles).extracting(candle -> candle.start().getEpochSecond()).containsExactly(1709629200L, 1709636400L);
    }

    @Test
    void coingeckos_time_is_the_close_of_the_bar() {
        CandleRequest request = new CandleRequest(NOW.minus(Duration.ofHours(2)), Duration.ofMinutes(30));
        @SuppressWarnings("unchecked")
        List<Candle> candles = (List<Candle>) Feed.read(new Ask(Feed.COINGECKO_CANDLES, NOW, request),
                "[[1709638200000,1,2,1,2],[1709640000000,2,3,2,3],[1709641800000,3,4,3,4],[1709642096000,4,9,4,9]]".getBytes(StandardCharsets.UTF_8));
        assertThat(candles).extracting(Candle::end).extracting(Instant::getEpochSecond).containsExactly(1709638200L, 1709640000L, 1709641800L);
        assertThat(candles).allSatisfy(candle -> assertThat(candle.duration()).isEqualTo(Duration.ofMinutes(30)));
        assertThat(candles).allSatisfy(candle -> assertThat(candle.volume()).isNull());
    }

    @Test
    void a_whale_moves_fifty_bitcoin_to_somebody_else() {
        String body = """
                {"txs":[
                 {"inputs":[{"prev_out":{"addr":"a","value":1}}],"out":[{"addr":"b","value":5000000000}]},
                 {"inputs":[{"prev_out":{"addr":"a","value":1}}],"out":[{"addr":"b","value":4999999999}]},
                 {"inputs":[{"prev_out":{"addr":"a","value":1}}],"out":[{"addr":"b","value":100},{"addr":"a","value":90000000000}]},
                 {"inputs":[{"prev_out":{"value":1}}],"out":[{"value":3000000000},{"addr":"c","value":3000000000}]}]}""";
        assertThat(((ChainState) read(Feed.BLOCKCHAIN_WHALES, body)).whaleTransactions()).isEqualTo(2);
    }

    @Test
    void the_chains_timestamp_is_already_in_milliseconds() {
        ChainState chain = (ChainState) read(Feed.BLOCKCHAIN_STATS,
                "{\"difficulty\":132716002350731,\"total_fees_btc\":-51875000000,\"timestamp\":1709642096000}");
        assertThat(chain.time()).isEqualTo(Instant.ofEpochSecond(1709642096));
        assertThat(chain.difficulty()).isEqualByComparingTo("132716002350731");
        assertThat(chain.mempoolSize()).isNull();
    }

    @Test
    void the_mempool_is_plain_text_and_may_truly_be_zero() {
        assertThat(((ChainState) read(Feed.BLOCKCHAIN_MEMPOOL, "123456\n")).mempoolSize()).isEqualTo(123456);
        assertThat(((ChainState) read(Feed.BLOCKCHAIN_MEMPOOL, "0")).mempoolSize()).isZero();
    }
}
