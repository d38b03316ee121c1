package quantumbtc.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantumbtc.market.Candle;
import quantumbtc.testing.Markets;
import quantumbtc.trade.Generated;

class WordingTest {

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicReference<String> asked = new AtomicReference<>();
    private HttpServer server;
    private Generated generated;
    private String reply;
    private int status = 200;
    private int delayMs;

    @BeforeEach
    void make_a_signal_and_a_model() throws IOException {
        List<Candle> candles = Markets.walk(11, 900, 9_000, 0.006, 0.0005);
        Instant at = candles.get(899).end();
        BigDecimal price = candles.get(899).close();
        generated = new SignalGenerator(Calibration.shipped(), 720).generate(new SignalInputs(Chart.of(candles), Markets.said(price, at),
                Markets.pure(price), new UUID(0, 1), 1, at));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            pause();
            byte[] body = status != 200 ? "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8) : completion();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private void pause() {
        try {
            Thread.sleep(delayMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] completion() throws IOException {
        return json.writeValueAsBytes(Map.of("id", "1", "object", "chat.completion", "created", 1, "model", "small",
                "choices", List.of(Map.of("index", 0, "finish_reason", "stop", "message", Map.of("role", "assistant", "content", reply))),
                "usage", Map.of("prompt_tokens", 1, "completion_tokens", 1, "total_tokens", 2)));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Generated reword() {
        return reword(Duration.ofSeconds(20));
    }

    private Generated reword(Duration timeout) {
        return Wording.by("http://127.0.0.1:" + server.getAddress().getPort() + "/v1", "none", "small", timeout).reword(generated);
    }

    @Test
    void its_words_replace_the_computed_ones_and_nothing_else_changes() {
        String stop = generated.trade().stop().toPlainString();
        reply = "The trend is up. Leave at " + stop + ".";
        Generated reworded = reword();
        assertThat(reworded.trade().reasoning()).isEqualTo(reply);
        assertThat(reworded.withReasoning(generated.trade().reasoning())).isEqualTo(generated);
        assertThat(asked.get()).contains("small").contains(stop);
    }

    @Test
    void a_number_that_was_not_computed_discards_the_reply() {
        for (String said : List.of("A gain of 12345.67 is certain.", "Expect 99.9 % success.", "It goes to 80k.", "Risk 1e5.",
                "Target " + generated.trade().stop().add(BigDecimal.ONE).toPlainString(), "٣٠٠ dollars")) {
            reply = said;
            assertThat(reword()).isEqualTo(generated);
        }
    }

    @Test
    void thousands_separators_and_final_stops_do_not_make_another_number() {
        BigDecimal stop = generated.trade().stop();
        reply = String.format(java.util.Locale.ROOT, "The stop is %,.2f.", stop);
        assertThat(reword().trade().reasoning()).isEqualTo(reply);
    }

    @Test
    void the_opposite_direction_discards_the_reply() {
        reply = "Open a " + (generated.trade().direction() == quantumbtc.trade.Direction.LONG ? "short" : "long") + " position.";
        assertThat(reword()).isEqualTo(generated);
    }

    @Test
    void a_failing_a_slow_an_empty_and_an_absent_model_change_nothing() {
        reply = " ";
        assertThat(reword()).isEqualTo(generated);
        status = 500;
        assertThat(reword()).isEqualTo(generated);
        status = 200;
        delayMs = 4_000;
        reply = "The trend is up.";
        long before = System.nanoTime();
        assertThat(reword(Duration.ofSeconds(1))).isEqualTo(generated);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(3_500));
        server.stop(0);
        assertThat(reword()).isEqualTo(generated);
        assertThat(Wording.off().reword(generated)).isSameAs(generated);
    }
}
