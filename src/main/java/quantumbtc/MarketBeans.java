package quantumbtc;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.market.Addresses;
import quantumbtc.market.AnomalyLog;
import quantumbtc.market.AnswerCache;
import quantumbtc.market.CallLog;
import quantumbtc.market.Feed;
import quantumbtc.market.MarketJudge;
import quantumbtc.market.PriceMemory;
import quantumbtc.market.PurityLimits;
import quantumbtc.market.PurityRule;
import quantumbtc.market.Questions;
import quantumbtc.market.ReadingAssembler;
import quantumbtc.market.ReadingGathering;
import quantumbtc.market.RetryRule;
import quantumbtc.market.Source;
import quantumbtc.market.SourceAccess;
import quantumbtc.market.SourceHttp;
import quantumbtc.market.Suspension;

/** The beans that ask the sources and judge their answers, from the settings {@code market.*}. */
final class MarketBeans implements AutoCloseable {

    private static final int MOST_MS = 600_000;

    private final CallLog calls;
    private final ExecutorService threads;
    private final List<CloseableHttpClient> clients = new ArrayList<>();

    MarketBeans(Settings settings, Database database, Clock clock, Map<String, Object> beans) {
        calls = new CallLog(database.jdbi(), settings.number("market.call-log-capacity", 1, 1_000_000),
                millis(settings, "market.call-log-flush-ms", 10));
        threads = threads(settings.number("market.threads", 10, 1_000));
        Map<Source, SourceAccess> accesses = accesses(settings);
        Addresses addresses = new Addresses(accesses);
        RetryRule retry = new RetryRule(settings.number("market.attempts", 1, 10), millis(settings, "market.retry-wait-ms", 0),
                millis(settings, "market.retry-wait-most-ms", 0), millis(settings, "market.budget-ms", 100));
        PurityLimits limits = new PurityLimits(settings.number("market.purity-minimum", 0, 100),
                seconds(settings, "market.price-age-seconds"), seconds(settings, "market.chain-age-seconds"),
                seconds(settings, "market.sentiment-age-seconds"));
        AnomalyLog anomalies = new AnomalyLog(database.jdbi(), settings.number("market.suspension-minutes", 1, 100_000));

        beans.put("callLog", calls);
        beans.put("anomalyLog", anomalies);
        beans.put("suspension", new Suspension(database.jdbi(), clock));
        beans.put("marketThreads", threads);
        CircuitBreakerConfig breaker = breaker(settings, clock);
        for (Feed feed : Feed.values()) {
            beans.put("breaker-" + feed.key(), CircuitBreaker.of(feed.key(), breaker));
        }
        accesses.forEach((source, access) -> {
            CloseableHttpClient client = SourceHttp.client(access);
            clients.add(client);
            beans.put("http-" + source.key(), client);
        });
        beans.put("marketQuestions", new Questions(addresses, retry, new AnswerCache(clock), calls, clock));
        beans.put("readingGathering", new ReadingGathering());
        beans.put("readingAssembler", new ReadingAssembler(addresses, clock, settings.flag("market.replayed")));
        beans.put("marketJudge", new MarketJudge(new PurityRule(limits),
                new PriceMemory(seconds(settings, "market.frozen-after-seconds")), anomalies, limits));
    }

    private static Map<Source, SourceAccess> accesses(Settings settings) {
        Map<Source, SourceAccess> accesses = new EnumMap<>(Source.class);
        for (Source source : Source.values()) {
            String name = "market." + source.key();
            String key = source == Source.KRAKEN || source == Source.BLOCKCHAIN ? null
                    : settings.find(source.key() + ".api-key").orElse(null);
            accesses.put(source, new SourceAccess(url(settings, name + ".url"), key,
                    millis(settings, name + ".timeout-ms", 10), seconds(settings, name + ".cache-seconds")));
        }
        return accesses;
    }

    private static CircuitBreakerConfig breaker(Settings settings, Clock clock) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.number("market.breaker-window-calls", 1, 10_000))
                .minimumNumberOfCalls(settings.number("market.breaker-minimum-calls", 1, 10_000))
                .failureRateThreshold(settings.number("market.breaker-failure-percent", 1, 100))
                .waitDurationInOpenState(millis(settings, "market.breaker-open-ms", 1))
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock)
                .build();
    }

    private static URI url(Settings settings, String name) {
        String text = settings.text(name);
        try {
            URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new Refused("setting " + name + " is " + text + "; it must be a URL with http or https and a host. Nothing was changed.");
    }

    private static Duration millis(Settings settings, String name, int least) {
        return Duration.ofMillis(settings.number(name, least, MOST_MS));
    }

    private static Duration seconds(Settings settings, String name) {
        return Duration.ofSeconds(settings.number(name, 0, 1_000_000));
    }

    /** Threads that wait for sources. When all are busy the caller's own thread asks, so nothing is refused. */
    private static ExecutorService threads(int most) {
        return new ThreadPoolExecutor(0, most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "market");
            thread.setDaemon(true);
            return thread;
        }, new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Writes the calls that are not yet in the database. */
    @Override
    public void close() {
        threads.shutdownNow();
        clients.forEach(client -> client.close(CloseMode.IMMEDIATE));
        calls.close();
    }
}
