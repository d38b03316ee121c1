package quantumbtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.Receiver;
import quantumbtc.testing.Receiver.Received;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

class TracingTest {

    @Test
    void traces_go_to_the_endpoint_that_is_set_and_hold_no_token_and_no_address_of_an_alert() throws InterruptedException {
        try (Receiver receiver = new Receiver()) {
            Map<String, String> settings = new HashMap<>(Map.of("tracing.endpoint", receiver.url("/v1/traces"),
                    "alerts.endpoints", receiver.url("/the-secret-hook"), "alerts.look-ms", "200", "alerts.send-ms", "100"));
            String token;
            try (TradeApp trade = new TradeApp(settings)) {
                UUID user = trade.user();
                token = TestTokens.user(user);
                assertThat(trade.generate(user, null).statusCode()).isEqualTo(200);
                trade.database().execute("INSERT INTO quantum_ops.validation_runs (run_id, state, who, process, started_at, heartbeat_at, finished_at) "
                        + "VALUES (gen_random_uuid(), 'FINISHED', 'timer', 'p', now() - interval '3 hours', now(), now() - interval '3 hours')");
                assertThat(receiver.await(1, "\"FIRED\"")).isNotEmpty();
                assertThat(receiver.await(1, "trade-generate")).isNotEmpty();
            }
            List<Received> traces = receiver.all(one -> one.path().equals("/v1/traces"));
            assertThat(traces).isNotEmpty().extracting(Received::contentType).containsOnly("application/x-protobuf");
            assertThat(traces).extracting(Received::body).anySatisfy(body -> assertThat(body).contains("quantum-btc"));
            assertThat(traces).extracting(Received::body).allSatisfy(body -> assertThat(body).doesNotContain(token, "the-secret-hook"));
        }
    }

    @Test
    void without_the_setting_nothing_is_traced() {
        assertThat(Settings.defaults().find("tracing.endpoint")).isEmpty();
    }
}
