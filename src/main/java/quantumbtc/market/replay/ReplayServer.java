package quantumbtc.market.replay;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import quantumbtc.market.Source;

/**
 * Serves old prices on the loopback address in the formats of the five sources, as if they were those of today, and
 * with faults that can be switched on. For tests and for the demo. Whoever reads from here sets
 * {@code market.replayed=true}, so that every value says what it is; each answer has the header X-Replayed.
 *
 * <p>{@code GET /faults} shows the switches, {@code PUT /faults} with {@code {"KRAKEN":["WICK","SLOW"]}} replaces them.
 */
public final class ReplayServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Where in the default week the present lies at the start: five days of history, then a day and a half to run. */
    private static final double SHARE = 0.75;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Clock clock;
    private final Faults faults;
    private final Map<Source, BigDecimal> said = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private volatile Tape tape;
    private volatile Duration slowness = Duration.ofSeconds(30);
    private volatile String retryAfter = "120";

    private ReplayServer(Tape tape, Clock clock, int port) {
        this.tape = tape;
        this.clock = clock;
        this.faults = new Faults(clock);
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "replay");
            thread.setDaemon(true);
            return thread;
        });
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the replay server cannot listen on port " + port, e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * @param clock the replay's present
     * @param port  0 picks a free one
     */
    public static ReplayServer start(Tape tape, Clock clock, int port) {
        return new ReplayServer(tape, clock, port);
    }

    /** With the week of real trades that the program brings along, moved so that it is running now. */
    public static ReplayServer startDefault(Clock clock, int port) {
        return start(new Tape(BitstampWeek.candles()).shifted(clock.instant(), SHARE), clock, port);
    }

    /** The base URL of all five sources. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void play(Tape other) {
        tape = other;
    }

    public ReplayServer with(Source source, Fault fault) {
        faults.add(source, fault);
        return this;
    }

    /** Lets a source say this price, whatever the tape has. */
    public ReplayServer say(Source source, String price) {
        said.put(source, new BigDecimal(price));
        return this;
    }

    /** Every fault off, every price from the tape again. */
    public void heal() {
        faults.clear();
        said.clear();
    }

    /** How long a slow source takes. */
    public void slowness(Duration wait) {
        slowness = wait;
    }

    /** @param value seconds or an HTTP date, for a source that limits; null for no such header */
    public void retryAfter(String value) {
        retryAfter = value;
    }

    /** How often a path was asked for since the start. */
    public int requests(String path) {
        AtomicInteger count = requests.get(path);
        return count == null ? 0 : count.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("X-Replayed", "true");
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/faults")) {
                switches(exchange);
                return;
            }
            requests.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
            Query query = new Query(exchange.getRequestURI().getRawQuery());
            ReplayPath.of(path).ifPresentOrElse(found -> answer(exchange, found, query),
                    () -> send(exchange, 404, Page.of(Page.object().put("error", "not found"))));
        } catch (UncheckedIOException e) {
            // The caller has hung up; there is nobody to tell.
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange, ReplayPath path, Query query) {
        Source source = path.source();
        if (faults.has(source, Fault.DOWN)) {
            return;
        }
        if (faults.has(source, Fault.SLOW)) {
            sleep();
        }
        if (faults.has(source, Fault.RATE_LIMITED)) {
            if (retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            send(exchange, 429, path.limited());
            return;
        }
        Instant now = clock.instant();
        Set<Fault> on = faults.of(source);
        Page page = path.page(new Scene(source, tape, now, faults.priceTime(source, now), said.get(source), on), query);
        send(exchange, 200, on.contains(Fault.STRINGS) ? page.withNumbersAsText() : page);
    }

    private void switches(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            try {
                Map<Source, Set<Fault>> wanted = JSON.readValue(exchange.getRequestBody(), new TypeReference<Map<Source, Set<Fault>>>() { });
                faults.clear();
                wanted.forEach((source, list) -> list.forEach(fault -> faults.add(source, fault)));
            } catch (com.fasterxml.jackson.core.JacksonException | IllegalArgumentException e) {
                send(exchange, 400, Page.of(Page.object().put("error", "a source or fault is not known, or does not go together")));
                return;
            }
        }
        send(exchange, 200, Page.of(JSON.valueToTree(faults.all())));
    }

    private void sleep() {
        try {
            Thread.sleep(slowness.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, Page page) {
        byte[] bytes = page.bytes();
        exchange.getResponseHeaders().set("Content-Type", page.json() == null ? "text/plain" : "application/json");
        try {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the caller hung up", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
