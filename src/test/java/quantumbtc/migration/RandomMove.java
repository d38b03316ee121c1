package quantumbtc.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import quantumbtc.testing.ServingProcess;
import quantumbtc.testing.TestTokens;

/**
 * An operator who moves one deployment to Quantum and back over REST while everybody writes. Whoever does not answer is
 * asked again: the process may have been killed, the server restarted.
 */
final class RandomMove implements Runnable {

    static final String MIGRATIONS = "/api/quantum/migrations";
    static final String SYNC = "/api/quantum/sync";
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

    private final String url;
    private final Supplier<ServingProcess> process;
    private final RandomWriter writer;
    private final RandomQuantum quantum;
    private final Random random;
    private volatile Throwable failure;

    RandomMove(String url, Supplier<ServingProcess> process, RandomWriter writer, RandomQuantum quantum, long seed) {
        this.url = url;
        this.process = process;
        this.writer = writer;
        this.quantum = quantum;
        this.random = new Random(seed * 31);
    }

    @Override
    public void run() {
        Thread writing = new Thread(writer, "random-writer");
        Thread quantums = new Thread(quantum, "random-quantum");
        try {
            writing.start();
            ask("GET", MIGRATIONS + "/plan", null, answer -> true);
            copy();
            quantums.start();
            for (int percent : new int[] {25, 50, 100, random.nextBoolean() ? 25 : 50, random.nextInt(3) == 0 ? 50 : 0}) {
                Thread.sleep(100 + random.nextInt(500));
                ask("PUT", "/api/quantum/rollout", "{\"percent\":" + percent + ",\"why\":\"a random move\"}", answer -> true);
                if (random.nextInt(6) == 0) {
                    copy();
                }
            }
            Thread.sleep(random.nextInt(500));
        } catch (InterruptedException | RuntimeException | AssertionError e) {
            failure = e;
        } finally {
            writer.stop();
            quantum.stop();
            join(writing);
            join(quantums);
        }
        if (failure == null) {
            try {
                drain();
            } catch (RuntimeException | AssertionError e) {
                failure = e;
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why it ended too early; null when it did not. */
    Throwable failure() {
        return failure;
    }

    /** Runs the migration to its end, whoever begins or goes on with it. */
    private void copy() {
        ask("POST", MIGRATIONS, null, answer -> true);
        ask("GET", MIGRATIONS, null, status -> {
            boolean works = status.path("state").asText().equals("RUNNING") && status.path("alive").asBoolean();
            if (!works && !status.path("state").asText().equals("COMPLETED")) {
                ask("POST", MIGRATIONS, null, answer -> true);
            }
            return status.path("state").asText().equals("COMPLETED");
        });
    }

    /** Until everything is applied and carried back. */
    void drain() {
        ask("GET", SYNC, null, status -> status.path("pending").asInt() == 0 && status.path("carryPending").asInt() == 0 && status.path("failure").asText("").isEmpty());
    }

    /** Asks again until the answer is there and is as wanted; a refusal is an answer. */
    JsonNode ask(String method, String path, String body, Function<JsonNode, Boolean> wanted) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        String last = "nobody answers";
        while (System.nanoTime() < giveUp) {
            ServingProcess now = process.get();
            if (now.gaveUp()) {
                throw new AssertionError("the program ended by itself; see its log");
            }
            Integer port = now.port(url);
            if (port != null) {
                try {
                    HttpResponse<String> answer = CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(20)).header("Authorization", "Bearer " + TestTokens.admin(UUID.randomUUID()))
                            .header("Content-Type", "application/json")
                            .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)).build(),
                            HttpResponse.BodyHandlers.ofString());
                    last = answer.statusCode() + " " + answer.body();
                    if (answer.statusCode() < 500) {
                        JsonNode json = JSON.readTree(answer.body());
                        if (wanted.apply(json)) {
                            return json;
                        }
                    }
                } catch (IOException e) {
                    last = e.toString();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                }
            }
            java.util.concurrent.locks.LockSupport.parkNanos(80_000_000L);
        }
        throw new AssertionError(method + " " + path + " is not as wanted after " + PATIENCE.toSeconds() + " s: " + last);
    }
}
