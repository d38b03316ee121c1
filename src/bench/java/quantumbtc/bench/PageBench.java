package quantumbtc.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quantumbtc.App;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;
import quantumbtc.testing.TestTokens;

/** How soon the page can be used in a real browser, and what each endpoint behind it takes. */
@Command(name = "page", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Opens the page in Chromium and asks each endpoint behind it: of made-up trades, or of a running program.")
final class PageBench implements Callable<Integer> {

    private static final double MOST_INTERACTIVE_MS = 1_000;
    private static final long MOST_BYTES = 150_000;

    @Option(names = "--trades", defaultValue = "1000000", description = "Trades of 10,000 users; default ${DEFAULT-VALUE}.")
    private int trades;

    @Option(names = "--repeats", defaultValue = "10", description = "How often each is asked and the page is opened; default ${DEFAULT-VALUE}.")
    private int repeats;

    @Option(names = "--url", description = "Of a running program, such as the demo; nothing is made up then.")
    private URI url;

    @Option(names = "--token", description = "The running program's token of an admin.")
    private String token;

    @Override
    public Integer call() throws Exception {
        if (url != null) {
            if (token == null) {
                throw new Refused("--url needs the --token of an admin. Nothing was measured.");
            }
            return measure(url, token, null, null) ? 0 : 1;
        }
        try (OpenTrades open = new OpenTrades(trades)) {
            open.validate(1, 100);
            open.validate(2, 6_000);
            open.database().jdbi().useHandle(handle -> {
                handle.execute("UPDATE btc_trades SET generated_at = now() - random() * interval '90 days'");
                handle.createUpdate(Sql.of("bench/make-market-hours")).execute();
                handle.createUpdate(Sql.of("bench/make-calls")).execute();
            });
            open.settle();
            UUID trade = open.database().jdbi().withHandle(handle -> handle.createQuery("SELECT id FROM btc_trades WHERE status = 'HIT' LIMIT 1").mapTo(UUID.class).one());
            UUID user = open.database().jdbi().withHandle(handle -> handle.createQuery("SELECT user_id FROM btc_trades WHERE id = :id").bind("id", trade).mapTo(UUID.class).one());
            List<String> settings = List.of("database.url=" + open.url(), "port=0", "management.port=0", "jwt.secret=" + TestTokens.SECRET,
                    "validation.cron=0 0 0 1 1 ? 2099", "alerts.endpoints=");
            try (ServedProcess served = new ServedProcess(settings, Pattern.compile("serves http://[^:]+:(\\d+)"), App.class, "serve")) {
                System.out.printf(Locale.ROOT, "%,d trades%n", trades);
                return measure(URI.create("http://127.0.0.1:" + served.port()), TestTokens.admin(user), TestTokens.user(user), trade) ? 0 : 1;
            }
        }
    }

    /**
     * @param user  token of a user with trades; null when there is none
     * @param trade one of the user's; null when none is known
     * @return true when every answer was good and the page kept its promises
     */
    private boolean measure(URI site, String admin, String user, UUID trade) throws IOException, InterruptedException {
        boolean good = true;
        for (String path : asked(trade)) {
            good &= ask(site, "admin", admin, path);
        }
        if (user != null) {
            for (String path : List.of("performance-dashboard", "profit-curve", "trades?limit=50", "trades?limit=50&status=HIT&timeframe=1w", "trade-details/" + trade)) {
                good &= ask(site, "user", user, path);
            }
        }
        try (PageVisits visits = new PageVisits(site, admin)) {
            List<PageVisits.Visit> opened = new ArrayList<>();
            for (int i = 0; i < repeats; i++) {
                opened.add(visits.open());
            }
            double[] interactive = opened.stream().mapToDouble(PageVisits.Visit::interactiveMs).sorted().toArray();
            long bytes = opened.stream().mapToLong(PageVisits.Visit::bytes).max().orElseThrow();
            System.out.printf(Locale.ROOT, "%npage opened in Chromium, nothing cached, %d times: figures drawn and answering a key after p50 %.0f ms, max %.0f ms; %,d bytes over the wire, first view's data included%n",
                    repeats, interactive[interactive.length / 2], interactive[interactive.length - 1], bytes);
            for (String view : List.of("trades", "trades?owner=all&status=INVALIDATED", "market?days=7", "market?days=90", "calls?days=7&failed=true", "migration", "rollout", "phases", "alerts")) {
                double[] drawn = new double[5];
                for (int i = 0; i < drawn.length; i++) {
                    drawn[i] = visits.walkTo(view);
                }
                Arrays.sort(drawn);
                System.out.printf(Locale.ROOT, "%-44s drawn after p50 %.0f ms, max %.0f ms%n", "view " + view, drawn[2], drawn[4]);
            }
            good &= interactive[interactive.length / 2] < MOST_INTERACTIVE_MS && bytes < MOST_BYTES;
        }
        return good;
    }

    private static List<String> asked(UUID trade) {
        List<String> paths = new ArrayList<>(List.of("me", "status", "performance-dashboard", "profit-curve", "trades?limit=50&owner=all",
                "trades?limit=50&owner=all&status=HIT", "trades?limit=50&owner=all&status=INVALIDATED", "trades?limit=50&owner=all&status=HIT,NOT_HIT,EXPIRED,INVALIDATED&timeframe=1w",
                "trades?limit=50&owner=all&timeframe=15m", "market-history?days=7", "market-history?days=90", "market-calls?days=7", "market-calls?days=90&source=Kraken&failed=true",
                "migrations/log?order=newest&limit=200", "migrations/quarantine?limit=100", "sync", "sync/conflicts?limit=50", "rollout", "rollout/history", "phases",
                "monitoring?type=health", "monitoring/alerts", "maintenance"));
        if (trade != null) {
            paths.add("trade-details/" + trade);
        }
        return paths;
    }

    /** Also warms it up, so that the first is not counted. */
    private boolean ask(URI site, String who, String bearer, String path) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(site.resolve("/api/quantum/" + path)).header("Authorization", "Bearer " + bearer)
                .header("Accept-Encoding", "gzip").build();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        double[] ms = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            long begun = System.nanoTime();
            answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            ms[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(ms);
        System.out.printf(Locale.ROOT, "%-6s %-84s %d  p50 %7.1f ms  max %7.1f ms  %,9d bytes%n", who, path.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{id}"), answer.statusCode(),
                ms[repeats / 2], ms[repeats - 1], answer.body().length);
        return answer.statusCode() == 200;
    }
}
