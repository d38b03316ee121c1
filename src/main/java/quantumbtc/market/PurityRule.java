package quantumbtc.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges how far market data can be trusted.
 *
 * <p>Score = 40 × answered / configured sources + 30 × agreement of the prices + 30 × passed / 5 checks (mempool, whales,
 * price agreement, volume, freshness), rounded, less 10 an ERROR and 5 a WARNING, 0 with a FATAL, clamped to 0..100.
 * Agreement is 1 up to 1 % divergence, falls to 0 at 10 %, and is 0 without a second price.
 *
 * <p>A price that is stale (by its source's own time) or frozen is known to be wrong, so it takes no part in the median;
 * it costs points. A signal needs the minimum score, two usable prices, at most 2 % divergence, volumes that do not
 * contradict each other, and no FATAL.
 */
public final class PurityRule {

    private static final BigDecimal FLAGGED_PERCENT = BigDecimal.ONE;
    private static final BigDecimal REFUSED_PERCENT = BigDecimal.valueOf(2);
    private static final BigDecimal WORST_PERCENT = BigDecimal.TEN;
    private static final int ENOUGH_WHALES = 2;
    private static final int CHECKS = 5;
    /** A source's clock may run ahead of ours by this much. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final PurityLimits limits;

    public PurityRule(PurityLimits limits) {
        this.limits = limits;
    }

    /** @param frozen sources whose price stands still while their time moves */
    public Purity judge(MarketData data, Set<Source> frozen) {
        Instant now = data.gatheredAt();
        List<Quote> usable = data.quotes().stream()
                .filter(quote -> fresh(quote.time(), now, limits.priceAge()) && !frozen.contains(quote.source())).toList();
        Triangulation prices = Triangulation.of(usable.stream().map(Quote::price).toList());
        Volumes volumes = Volumes.of(data.quotes());
        List<String> stale = stale(data, now);

        List<Anomaly> anomalies = new ArrayList<>();
        prices(data, usable, prices, anomalies);
        frozen(frozen, anomalies);
        stale(stale, anomalies);
        volumes(volumes, anomalies);
        chain(data, anomalies);

        int passed = count(data.chain() != null && data.chain().mempoolSize() != null && data.chain().mempoolSize() > 0)
                + count(data.chain() != null && data.chain().whaleTransactions() != null && data.chain().whaleTransactions() >= ENOUGH_WHALES)
                + count(prices.divergencePercent() != null && prices.divergencePercent().compareTo(FLAGGED_PERCENT) <= 0)
                + count(volumes.agree())
                + count(stale.isEmpty() && frozen.isEmpty() && !usable.isEmpty());
        int score = score(data, prices, passed, anomalies);
        List<String> missing = missing(data, usable, prices, volumes, score, anomalies);
        boolean reduced = prices.divergencePercent() == null || prices.divergencePercent().compareTo(FLAGGED_PERCENT) > 0;
        return new Purity(score, missing.isEmpty(), prices.median(), prices.divergencePercent(), reduced,
                usable.stream().map(Quote::source).toList(), anomalies, missing);
    }

    private static int count(boolean check) {
        return check ? 1 : 0;
    }

    /** Unknown age is not fresh. */
    private static boolean fresh(Instant time, Instant now, Duration age) {
        return time != null && !time.isBefore(now.minus(age)) && !time.isAfter(now.plus(AHEAD));
    }

    private List<String> stale(MarketData data, Instant now) {
        Stream<String> quotes = data.quotes().stream().filter(quote -> !fresh(quote.time(), now, limits.priceAge()))
                .map(quote -> quote.source().label());
        boolean oldChain = data.chain() != null && data.chain().difficulty() != null
                && !fresh(data.chain().time(), now, limits.chainAge());
        boolean oldSentiment = data.sentiment() != null && !fresh(data.sentiment().time(), now, limits.sentimentAge());
        return Stream.concat(quotes, Stream.concat(oldChain ? Stream.of(Source.BLOCKCHAIN.label()) : Stream.empty(),
                oldSentiment ? Stream.of(Source.LUNARCRUSH.label()) : Stream.empty())).toList();
    }

    private static void prices(MarketData data, List<Quote> usable, Triangulation prices, List<Anomaly> anomalies) {
        if (data.quotes().isEmpty()) {
            anomalies.add(new Anomaly("ALL_PRICES_FAILED", Severity.FATAL, "No source gave a price",
                    data.configured().stream().filter(Source::givesPrice).map(Source::label).toList(),
                    "No price is known; generation is suspended"));
        } else if (prices.divergencePercent() != null && prices.divergencePercent().compareTo(FLAGGED_PERCENT) > 0) {
            boolean refused = prices.divergencePercent().compareTo(REFUSED_PERCENT) > 0;
            List<String> away = usable.stream()
                    .filter(quote -> usable.size() == 2 || prices.deviation(quote.price()).compareTo(FLAGGED_PERCENT) > 0)
                    .map(quote -> quote.source().label()).toList();
            anomalies.add(new Anomaly("PRICE_DIVERGENCE", refused ? Severity.ERROR : Severity.WARNING,
                    "Prices diverge by " + prices.divergencePercent().stripTrailingZeros().toPlainString() + " %: " + said(usable), away,
                    refused ? "No signal can be made of these prices" : "Confidence is reduced"));
        }
    }

    private static String said(List<Quote> quotes) {
        return String.join(", ", quotes.stream().map(quote -> quote.source().label() + " " + quote.price().toPlainString()).toList());
    }

    private static void frozen(Set<Source> frozen, List<Anomaly> anomalies) {
        if (!frozen.isEmpty()) {
            anomalies.add(new Anomaly("FROZEN_PRICE", Severity.ERROR, "The price stands still while its timestamp moves and others moved",
                    labels(frozen), "These prices are left out"));
        }
    }

    private static void stale(List<String> stale, List<Anomaly> anomalies) {
        if (!stale.isEmpty()) {
            anomalies.add(new Anomaly("STALE_DATA", Severity.WARNING, "The source's own time is too old, or it gave none",
                    stale, "Stale prices are left out; the other values are given with their time"));
        }
    }

    private static void volumes(Volumes volumes, List<Anomaly> anomalies) {
        if (volumes.contradict()) {
            anomalies.add(new Anomaly("VOLUME_MISMATCH", Severity.ERROR, "The 24 h volumes contradict each other: " + volumes.said(),
                    labels(volumes.sources()), "No signal can be made of this data"));
        }
    }

    private static void chain(MarketData data, List<Anomaly> anomalies) {
        if (!data.configured().contains(Source.BLOCKCHAIN)) {
            return;
        }
        List<String> who = List.of(Source.BLOCKCHAIN.label());
        Integer mempool = data.chain() == null ? null : data.chain().mempoolSize();
        Integer whales = data.chain() == null ? null : data.chain().whaleTransactions();
        if (mempool == null) {
            anomalies.add(new Anomaly("CHAIN_UNKNOWN", Severity.WARNING, "Blockchain.com did not say how many transactions wait",
                    who, "The on-chain checks count as not passed"));
        } else if (mempool == 0) {
            anomalies.add(new Anomaly("MEMPOOL_ZERO", Severity.FATAL, "Blockchain.com answered an empty mempool, which cannot be",
                    who, "The on-chain data is wrong; generation is suspended"));
        }
        if (whales != null && whales < ENOUGH_WHALES) {
            anomalies.add(new Anomaly("WHALE_COUNT_LOW", Severity.WARNING, whales + " transfers of 50 BTC and more among the newest; "
                    + ENOUGH_WHALES + " are usual", who, "Trust in the on-chain data is reduced"));
        }
    }

    private static int score(MarketData data, Triangulation prices, int passed, List<Anomaly> anomalies) {
        if (anomalies.stream().anyMatch(anomaly -> anomaly.severity() == Severity.FATAL)) {
            return 0;
        }
        long answered = data.configured().stream().filter(data::answered).count();
        BigDecimal sources = BigDecimal.valueOf(40 * answered).divide(BigDecimal.valueOf(data.configured().size()), 6, RoundingMode.HALF_UP);
        BigDecimal sum = sources.add(agreement(prices.divergencePercent())).add(BigDecimal.valueOf(30L * passed / CHECKS));
        int penalties = anomalies.stream().mapToInt(anomaly -> anomaly.severity().penalty()).sum();
        return Math.max(0, Math.min(100, sum.setScale(0, RoundingMode.HALF_UP).intValue() - penalties));
    }

    /** 0 to 30 points. */
    private static BigDecimal agreement(BigDecimal divergence) {
        if (divergence == null) {
            return BigDecimal.ZERO;
        }
        if (divergence.compareTo(FLAGGED_PERCENT) <= 0) {
            return BigDecimal.valueOf(30);
        }
        return WORST_PERCENT.subtract(divergence.min(WORST_PERCENT)).multiply(BigDecimal.valueOf(3));
    }

    private List<String> missing(MarketData data, List<Quote> usable, Triangulation prices, Volumes volumes, int score,
                                 List<Anomaly> anomalies) {
        List<String> missing = new ArrayList<>();
        if (usable.size() < 2) {
            missing.add("two usable prices (" + (usable.isEmpty() ? "none" : "only " + usable.get(0).source().label()) + " usable)");
        } else if (prices.divergencePercent().compareTo(REFUSED_PERCENT) > 0) {
            missing.add("prices within 2 % of each other (" + said(usable) + ")");
        }
        if (volumes.contradict()) {
            missing.add("volumes that do not contradict each other (" + volumes.said() + ")");
        }
        anomalies.stream().filter(anomaly -> anomaly.severity() == Severity.FATAL).forEach(anomaly -> missing.add(anomaly.description()));
        if (score < limits.minimumScore()) {
            missing.add("a data quality of at least " + limits.minimumScore() + " (it is " + score + ")");
        }
        if (!missing.isEmpty()) {
            data.failures().forEach(failure -> missing.add(failure.source().label() + " " + failure.question() + ": " + failure.detail()));
        }
        return missing;
    }

    private static List<String> labels(Set<Source> sources) {
        return sources.stream().map(Source::label).toList();
    }
}
