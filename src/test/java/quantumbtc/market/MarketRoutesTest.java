package quantumbtc.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quantumbtc.testing.MarketApp.NOON;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantumbtc.market.SourceFailure.Kind;
import quantumbtc.market.replay.Fault;
import quantumbtc.market.replay.ReplayServer;
import quantumbtc.testing.MarketApp;
import quantumbtc.testing.SettableClock;
import quantumbtc.testing.TestDatabase;

class MarketRoutesTest {

    private static final String TICKER = "/0/public/Ticker";

    private final SettableClock clock = new SettableClock(NOON);
    private final TestDatabase test = TestDatabase.withSchema();
    private final ReplayServer replay = ReplayServer.startDefault(clock, 0);

    @AfterEach
    void close() {
        replay.close();
        test.close();
    }

    private MarketApp app(Map<String, String> changes) {
        return new MarketApp(test, replay, clock, changes);
    }

    private static Kind failure(MarketData data, Source source) {
        return data.failures().stream().filter(failure -> failure.source() == source).findFirst().orElseThrow().kind();
    }

    @Test
    void gathers_all_sources_and_marks_every_value_as_replayed() {
        try (MarketApp app = app(Map.of())) {
            Assessment assessment = app.pure();
            assertThat(assessment.purity().score()).isEqualTo(100);
            assertThat(assessment.data().replayed()).isTrue();
            assertThat(assessment.data().quotes()).hasSize(3).allMatch(Quote::replayed);
            assertThat(assessment.data().chain()).isEqualTo(new ChainState(25_000, 3, new java.math.BigDecimal("707408283"),
                    new java.math.BigDecimal("5063784.9"), NOON));
            assertThat(assessment.data().sentiment().score()).isEqualTo(73);
            assertThat(test.count("quantum_anomaly_logs")).isZero();
        }
    }

    @Test
    void a_source_without_its_key_is_absent_and_not_failed() {
        try (MarketApp app = app(Map.of("coinmarketcap.api-key", "", "lunarcrush.api-key", ""))) {
            Assessment assessment = app.pure();
            assertThat(assessment.data().configured()).containsExactly(Source.COINGECKO, Source.KRAKEN, Source.BLOCKCHAIN);
            assertThat(assessment.data().failures()).isEmpty();
            assertThat(assessment.data().sentiment()).isNull();
            assertThat(assessment.purity().score()).isEqualTo(100);
            assertThat(replay.requests("/v1/cryptocurrency/quotes/latest")).isZero();
        }
    }

    @Test
    void what_no_source_gave_stays_absent() {
        replay.with(Source.BLOCKCHAIN, Fault.DOWN).with(Source.LUNARCRUSH, Fault.MISSING_FIELD).with(Source.COINMARKETCAP, Fault.EMPTY);
        try (MarketApp app = app(Map.of())) {
            MarketData data = app.data();
            assertThat(data.chain()).isNull();
            assertThat(data.sentiment()).isNull();
            assertThat(data.quote(Source.COINMARKETCAP)).isEmpty();
            assertThat(data.quote(Source.KRAKEN).orElseThrow().volumeUsd24h()).isNull();
            assertThat(data.failures()).extracting(SourceFailure::kind).containsExactly(Kind.EMPTY, Kind.UNREACHABLE,
                    Kind.UNREACHABLE, Kind.UNREACHABLE, Kind.MISSING_FIELD);
        }
    }

    @Test
    void asks_three_times_and_logs_each_call_with_its_latency() {
        replay.with(Source.KRAKEN, Fault.DOWN);
        try (MarketApp app = app(Map.of("market.attempts", "3", "market.retry-wait-ms", "20"))) {
            long begun = System.nanoTime();
            assertThat(failure(app.data(), Source.KRAKEN)).isEqualTo(Kind.UNREACHABLE);
            assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(60).toNanos());
            assertThat(replay.requests(TICKER)).isEqualTo(3);
            app.calls().flush();
        }
        assertThat(test.value("SELECT string_agg(retry_count || ' ' || success || ' ' || error_type, ', ' ORDER BY retry_count)"
                + " FROM api_latency_reliability_logs WHERE endpoint LIKE '" + TICKER + "%'", String.class))
                .isEqualTo("0 false UNREACHABLE, 1 false UNREACHABLE, 2 false UNREACHABLE");
        assertThat(test.value("SELECT count(*) FROM api_latency_reliability_logs WHERE response_time_ms IS NULL OR called_at IS NULL"
                + " OR endpoint LIKE '%key%'", Long.class)).isZero();
        assertThat(test.value("SELECT status_code || ' ' || (response_size_bytes > 50) FROM api_latency_reliability_logs"
                + " WHERE api_name = 'CoinGecko'", String.class)).isEqualTo("200 true");
    }

    @Test
    void leaves_a_source_alone_for_as_long_as_it_wants() {
        replay.with(Source.COINGECKO, Fault.RATE_LIMITED);
        replay.retryAfter("120");
        try (MarketApp app = app(Map.of("market.attempts", "3"))) {
            assertThat(failure(app.data(), Source.COINGECKO)).isEqualTo(Kind.RATE_LIMITED);
            replay.heal();
            clock.advance(Duration.ofSeconds(119));
            assertThat(failure(app.data(), Source.COINGECKO)).isEqualTo(Kind.RATE_LIMITED);
            assertThat(replay.requests("/api/v3/simple/price")).isEqualTo(1);
            clock.advance(Duration.ofSeconds(1));
            assertThat(app.data().quote(Source.COINGECKO)).isPresent();
        }
    }

    @Test
    void waits_as_long_as_the_source_says_when_that_fits() {
        replay.with(Source.COINGECKO, Fault.RATE_LIMITED);
        replay.retryAfter("1");
        try (MarketApp app = app(Map.of("market.attempts", "2", "market.retry-wait-ms", "1"))) {
            long begun = System.nanoTime();
            app.data();
            assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(950).toNanos());
            assertThat(replay.requests("/api/v3/simple/price")).isEqualTo(2);
        }
    }

    @Test
    void a_slow_source_costs_its_time_out_and_not_the_others() {
        replay.with(Source.LUNARCRUSH, Fault.SLOW);
        try (MarketApp app = app(Map.of("market.lunarcrush.timeout-ms", "300"))) {
            MarketData data = app.data();
            assertThat(failure(data, Source.LUNARCRUSH)).isEqualTo(Kind.TIMEOUT);
            assertThat(data.quotes()).hasSize(3);
        }
    }

    @Test
    void a_request_ends_within_its_budget_whatever_the_sources_do() {
        replay.slowness(Duration.ofSeconds(4));
        replay.with(Source.LUNARCRUSH, Fault.SLOW).with(Source.BLOCKCHAIN, Fault.SLOW);
        try (MarketApp app = app(Map.of("market.budget-ms", "800", "market.lunarcrush.timeout-ms", "3000",
                "market.blockchain.timeout-ms", "3000"))) {
            long begun = System.nanoTime();
            MarketData data = app.data();
            assertThat(System.nanoTime() - begun).isLessThan(Duration.ofMillis(2_900).toNanos());
            assertThat(failure(data, Source.LUNARCRUSH)).isEqualTo(Kind.OUT_OF_TIME);
            assertThat(failure(data, Source.BLOCKCHAIN)).isEqualTo(Kind.OUT_OF_TIME);
            assertThat(data.quotes()).hasSize(3);
        }
    }

    @Test
    void a_question_that_fails_too_often_is_spared_until_the_breaker_lets_one_through() {
        replay.with(Source.KRAKEN, Fault.DOWN);
        try (MarketApp app = app(Map.of("market.breaker-minimum-calls", "3", "market.breaker-window-calls", "3",
                "market.breaker-open-ms", "30000"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(failure(app.data(), Source.KRAKEN)).isEqualTo(Kind.UNREACHABLE);
            }
            assertThat(failure(app.data(), Source.KRAKEN)).isEqualTo(Kind.CIRCUIT_OPEN);
            assertThat(replay.requests(TICKER)).isEqualTo(3);
            replay.heal();
            clock.advance(Duration.ofMillis(30_001));
            assertThat(app.data().quote(Source.KRAKEN)).isPresent();
        }
    }

    @Test
    void gives_an_answer_again_while_it_is_young() {
        try (MarketApp app = app(Map.of("market.kraken.cache-seconds", "30"))) {
            app.data();
            clock.advance(Duration.ofSeconds(29));
            MarketData again = app.data();
            assertThat(replay.requests(TICKER)).isEqualTo(1);
            assertThat(replay.requests("/api/v3/simple/price")).isEqualTo(2);
            assertThat(again.quote(Source.KRAKEN).orElseThrow().time()).isBeforeOrEqualTo(NOON);
            clock.advance(Duration.ofSeconds(1));
            app.data();
            assertThat(replay.requests(TICKER)).isEqualTo(2);
        }
    }

    @Test
    void many_requests_at_once_ask_a_source_once() throws Exception {
        replay.slowness(Duration.ofMillis(300));
        replay.with(Source.KRAKEN, Fault.SLOW);
        try (MarketApp app = app(Map.of("market.kraken.cache-seconds", "30"))) {
            ExecutorService callers = Executors.newFixedThreadPool(10);
            List<Future<MarketData>> waiting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                waiting.add(callers.submit(app::data));
            }
            for (Future<MarketData> one : waiting) {
                assertThat(one.get().quote(Source.KRAKEN)).isPresent();
            }
            callers.shutdown();
            assertThat(replay.requests(TICKER)).isEqualTo(1);
        }
    }

    @Test
    void a_callers_headers_never_reach_a_source_and_nothing_of_a_source_reaches_the_caller() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        HttpServer spy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        spy.createContext("/", exchange -> {
            exchange.getRequestHeaders().forEach((name, values) -> seen.add(name + "=" + values));
            exchange.getResponseHeaders().set("X-Evil", "1");
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        spy.start();
        try (MarketApp app = app(Map.of("market.coingecko.url", "http://127.0.0.1:" + spy.getAddress().getPort(),
                "coingecko.api-key", "gecko-key"))) {
            var answer = app.template().send("direct:market-data", exchange ->
                    exchange.getMessage().setHeader("Authorization", "Bearer users-own"));
            assertThat(seen).noneMatch(header -> header.contains("users-own")).anyMatch(header -> header.contains("gecko-key"));
            assertThat(answer.getMessage().getHeaders()).containsOnlyKeys("Authorization");
            assertThat(failure(answer.getMessage().getBody(MarketData.class), Source.COINGECKO)).isEqualTo(Kind.HTTP_STATUS);
        } finally {
            spy.stop(0);
        }
    }

    @Test
    void an_endless_body_is_broken_off() throws Exception {
        HttpServer flood = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flood.setExecutor(Executors.newCachedThreadPool());
        flood.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 500; i++) {
                exchange.getResponseBody().write(block);
            }
        });
        flood.start();
        try (MarketApp app = app(Map.of("market.coingecko.url", "http://127.0.0.1:" + flood.getAddress().getPort()))) {
            assertThat(failure(app.data(), Source.COINGECKO)).isIn(Kind.UNREACHABLE, Kind.BAD_PAYLOAD);
        } finally {
            flood.stop(0);
        }
    }

    @Test
    void candles_are_finished_ones_of_two_venues_and_a_gap_stays_a_gap() {
        try (MarketApp app = app(Map.of())) {
            Instant since = NOON.minus(Duration.ofHours(6));
            Candles candles = app.candles(new CandleRequest(since, Duration.ofMinutes(1)));
            assertThat(candles.replayed()).isTrue();
            assertThat(candles.kraken()).hasSizeBetween(300, 360).allMatch(candle -> !candle.end().isAfter(NOON) && candle.end().isAfter(since));
            assertThat(candles.second()).hasSize(12).allMatch(candle -> candle.volume() == null);
            assertThat(candles.second().get(11).end()).isEqualTo(NOON);
            assertThat(candles.failures()).isEmpty();
        }
    }

    @Test
    void history_is_krakens_with_volume() {
        try (MarketApp app = app(Map.of())) {
            Candles history = app.history(new CandleRequest(NOON.minus(Duration.ofDays(4)), Duration.ofHours(1)));
            assertThat(history.kraken()).hasSize(96).allMatch(candle -> candle.volume().signum() > 0);
            replay.with(Source.KRAKEN, Fault.ERROR_BODY);
            assertThat(app.history(new CandleRequest(NOON.minus(Duration.ofDays(3)), Duration.ofHours(1))).failures()).hasSize(1);
        }
    }

    @Test
    void an_empty_mempool_suspends_all_nodes_for_an_hour_and_the_end_is_logged_once() {
        replay.with(Source.BLOCKCHAIN, Fault.MEMPOOL_ZERO);
        Map<String, String> never = Map.of("market.resume-check-ms", "600000");
        try (MarketApp app = app(never); MarketApp other = app(never)) {
            assertThatThrownBy(app::pure).isInstanceOf(NotPure.class).hasMessageContaining("0%").hasMessageContaining("empty mempool");
            replay.heal();
            clock.advance(Duration.ofMinutes(59));
            assertThatThrownBy(other::pure).isInstanceOf(Suspended.class).hasMessageContaining("MEMPOOL_ZERO");
            assertThat(other.suspension().current().orElseThrow().endsAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
            clock.advance(Duration.ofMinutes(1));
            assertThat(other.suspension().current()).isEmpty();
            assertThat(app.pure().purity().score()).isEqualTo(100);
        }
        assertThat(test.value("SELECT system_suspended || ' ' || suspension_duration_minutes || ' ' || resolution_action || ' ' || (impact <> '')"
                + " FROM quantum_anomaly_logs WHERE anomaly_type = 'MEMPOOL_ZERO' AND resolved_at IS NOT NULL", String.class))
                .isEqualTo("true 60 Resumed automatically after 60 minutes true");
        assertThat(test.value("SELECT count(*) FROM quantum_anomaly_logs WHERE anomaly_type = 'SYSTEM_RESUMED' AND severity = 'INFO'",
                Long.class)).isEqualTo(1);
    }

    @Test
    void no_price_at_all_is_fatal() {
        replay.with(Source.COINMARKETCAP, Fault.DOWN).with(Source.COINGECKO, Fault.DOWN).with(Source.KRAKEN, Fault.DOWN);
        try (MarketApp app = app(Map.of())) {
            Purity purity = app.assess().purity();
            assertThat(purity.score()).isZero();
            assertThat(purity.medianPrice()).isNull();
            assertThat(purity.anomalies()).extracting(Anomaly::type).containsExactly("ALL_PRICES_FAILED");
        }
    }
}
