package quantumbtc.market;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quantumbtc.market.replay.Fault;

/** Two switched-on faults (or one, twice), and what the rules say must follow; worked out from the faults alone. */
record FaultPair(Switch one, Switch other) {

    record Switch(Source source, Fault fault) {

        @Override
        public String toString() {
            return source.label() + " " + fault;
        }
    }

    /** The first that applies hides the others. */
    private static final Map<Fault, String> FAILS = new LinkedHashMap<>();
    static {
        FAILS.put(Fault.DOWN, "UNREACHABLE");
        FAILS.put(Fault.SLOW, "TIMEOUT");
        FAILS.put(Fault.RATE_LIMITED, "RATE_LIMITED");
        FAILS.put(Fault.ERROR_BODY, "error");
        FAILS.put(Fault.EMPTY, "EMPTY");
        FAILS.put(Fault.MISSING_FIELD, "MISSING_FIELD");
        FAILS.put(Fault.HUGE, "BAD_PAYLOAD");
    }
    private static final List<Source> PRICES = List.of(Source.COINMARKETCAP, Source.COINGECKO, Source.KRAKEN);

    Set<Switch> switches() {
        return new LinkedHashSet<>(List.of(one, other));
    }

    boolean has(Fault fault) {
        return one.fault() == fault || other.fault() == fault;
    }

    private boolean on(Source source, Fault fault) {
        return switches().contains(new Switch(source, fault));
    }

    private String failure(Source source) {
        return FAILS.entrySet().stream().filter(entry -> on(source, entry.getKey())).map(Map.Entry::getValue).findFirst().orElse(null);
    }

    boolean answers(Source source) {
        return failure(source) == null || zeroMempool() && source == Source.BLOCKCHAIN;
    }

    /** The plain-text count says 0 even when the numbers of the other two answers are absurd. */
    private boolean zeroMempool() {
        String failure = failure(Source.BLOCKCHAIN);
        return on(Source.BLOCKCHAIN, Fault.MEMPOOL_ZERO) && (failure == null || failure.equals("BAD_PAYLOAD"));
    }

    private boolean stale(Source source) {
        boolean dated = failure(source) == null;
        return dated && on(source, Fault.STALE);
    }

    private boolean frozen(Source source) {
        return failure(source) == null && on(source, Fault.FROZEN) && !on(source, Fault.STALE);
    }

    private List<Source> usable() {
        return PRICES.stream().filter(source -> answers(source) && !stale(source) && !frozen(source)).toList();
    }

    private boolean diverges() {
        long wicks = usable().stream().filter(source -> on(source, Fault.WICK)).count();
        return wicks > 0 && wicks < usable().size();
    }

    private boolean agree() {
        return usable().size() > 1 && !diverges();
    }

    private boolean anyStale() {
        return List.of(Source.values()).stream().anyMatch(this::stale);
    }

    private boolean anyFrozen() {
        return PRICES.stream().anyMatch(this::frozen);
    }

    int score() {
        if (zeroMempool()) {
            return 0;
        }
        long answered = List.of(Source.values()).stream().filter(this::answers).count();
        long volumes = PRICES.stream().filter(this::answers).count();
        boolean marketVolume = answers(Source.COINMARKETCAP) || answers(Source.COINGECKO);
        int checks = (answers(Source.BLOCKCHAIN) ? 2 : 0) + (agree() ? 1 : 0) + (volumes > 1 && marketVolume ? 1 : 0)
                + (!anyStale() && !anyFrozen() && !usable().isEmpty() ? 1 : 0);
        long score = 8 * answered + (agree() ? 30 : 0) + 6L * checks - penalties();
        return (int) Math.max(0, score);
    }

    private int penalties() {
        return anomalyRows().stream().mapToInt(row -> row.endsWith("ERROR") ? 10 : row.endsWith("WARNING") ? 5 : 0).sum();
    }

    boolean passes() {
        return agree() && score() >= 70;
    }

    List<String> anomalyRows() {
        List<String> rows = new ArrayList<>();
        if (diverges()) {
            rows.add("PRICE_DIVERGENCE ERROR");
        }
        if (anyFrozen()) {
            rows.add("FROZEN_PRICE ERROR");
        }
        if (anyStale()) {
            rows.add("STALE_DATA WARNING");
        }
        if (zeroMempool()) {
            rows.add("MEMPOOL_ZERO FATAL suspends 60");
        } else if (!answers(Source.BLOCKCHAIN)) {
            rows.add("CHAIN_UNKNOWN WARNING");
        }
        return rows;
    }

    /** What the log must say of each source's main question. */
    Map<String, String> callRows() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("/v1/cryptocurrency/quotes/latest", result(Source.COINMARKETCAP, "SOURCE_ERROR"));
        // CoinGecko's error body says "rate limit" within an HTTP 200.
        rows.put("/api/v3/simple/price", result(Source.COINGECKO, "RATE_LIMITED"));
        rows.put("/0/public/Ticker", result(Source.KRAKEN, "SOURCE_ERROR"));
        rows.put("/stats", result(Source.BLOCKCHAIN, "SOURCE_ERROR"));
        rows.put("/api4/public/coins/list/v2", result(Source.LUNARCRUSH, "SOURCE_ERROR"));
        return rows;
    }

    private String result(Source source, String errorBody) {
        String failure = failure(source);
        return failure == null ? "OK" : failure.equals("error") ? errorBody : failure;
    }

    @Override
    public String toString() {
        return one.equals(other) ? one.toString() : one + " and " + other;
    }
}
