package quantumbtc.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A web server of the test's own that keeps what it is sent, and can be made to refuse it. */
public final class Receiver implements AutoCloseable {

    /** @param contentType null when the request had none */
    public record Received(String method, String path, String contentType, String body) {
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> all = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            all.add(new Received(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Content-Type"), body));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** What every request is answered from now on. */
    public void answer(int newStatus) {
        status = newStatus;
    }

    public List<Received> all(Predicate<Received> which) {
        return all.stream().filter(which).toList();
    }

    /** Those whose body holds a text, as soon as there are so many; what there is after a minute. */
    public List<Received> await(int count, String text) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<Received> found = all(one -> one.body().contains(text));
        while (found.size() < count && System.nanoTime() < end) {
            Thread.sleep(50);
            found = all(one -> one.body().contains(text));
        }
        return found;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
