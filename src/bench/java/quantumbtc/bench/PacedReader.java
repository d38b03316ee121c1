package quantumbtc.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Asks at a fixed pace whether or not the answers keep up, so that a slow answer does not hide the wait of the next ones.
 */
final class PacedReader implements AutoCloseable {

    private static final int LONGEST_WAIT_S = 30;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(true),
            new PoolOptions().setHttp1MaxSize(64));

    /** One request. @param token null for none */
    record Question(String path, String token) {
    }

    /** @return the time of each answer, from the moment its request was due; anything but 200 counts as failed */
    Latencies ask(int port, int perSecond, int seconds, IntFunction<Question> questions) throws InterruptedException {
        int count = perSecond * seconds;
        long interval = 1_000_000_000L / perSecond;
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        AtomicInteger failed = new AtomicInteger();
        CountDownLatch answered = new CountDownLatch(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * interval;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            Question question = questions.apply(i);
            // On the client's own thread, where an answer cannot arrive before it is listened for.
            vertx.runOnContext(now -> client.request(HttpMethod.GET, port, "127.0.0.1", question.path())
                    .compose(request -> (question.token() == null ? request : request.putHeader("Authorization", "Bearer " + question.token())).send())
                    .compose(response -> response.body().map(body -> response.statusCode()))
                    .onComplete(result -> {
                        nanos.add(System.nanoTime() - due);
                        if (result.failed() || result.result() != 200) {
                            failed.incrementAndGet();
                            System.err.println("bench: " + question.path() + ": " + (result.failed() ? result.cause().toString() : "status " + result.result()));
                        }
                        answered.countDown();
                    }));
        }
        answered.await(LONGEST_WAIT_S, TimeUnit.SECONDS);
        return Latencies.of(nanos.stream().mapToLong(Long::longValue).toArray(), failed.get() + (int) answered.getCount());
    }

    @Override
    public void close() {
        client.close();
        vertx.close();
    }
}
