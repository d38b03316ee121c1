package quantumbtc.validation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import quantumbtc.market.Candle;
import quantumbtc.trade.Direction;
import quantumbtc.trade.Target;
import quantumbtc.trade.TradeStatus;

/**
 * The rule told a second time, from the specification alone: no shared code with the judge, no state between candles but
 * what has happened, every touch asked of every venue. For candles of one step.
 */
final class SlowJudge {

    record Answer(TradeStatus status, Instant entered, List<Instant> targets, Instant stopped, boolean ambiguous, boolean single, BigDecimal profit) {
    }

    private final OpenTrade trade;
    private final List<Candle> candles;
    private final boolean up;

    SlowJudge(OpenTrade trade, List<Candle> candles) {
        this.trade = trade;
        this.up = trade.direction() == Direction.LONG;
        this.candles = candles.stream().filter(c -> !c.start().isBefore(trade.generatedAt()) && !c.end().isAfter(trade.expiresAt()))
                .sorted(Comparator.comparing(Candle::start)).toList();
    }

    /** Did the price get up (or down) to the level in this span, by the majority of venues? */
    private boolean touched(List<Candle> span, BigDecimal level, boolean fromBelow) {
        boolean any = false;
        int clear = 0;
        for (Candle candle : span) {
            if (fromBelow) {
                any |= candle.high().compareTo(level) >= 0;
                clear += candle.high().compareTo(level.multiply(new BigDecimal("0.99"))) < 0 ? 1 : 0;
            } else {
                any |= candle.low().compareTo(level) <= 0;
                clear += candle.low().compareTo(level.multiply(new BigDecimal("1.01"))) > 0 ? 1 : 0;
            }
        }
        return any && 2 * (span.size() - clear) > span.size();
    }

    /** A first price that the majority contradicts is moved to the nearest one that it does not. */
    private BigDecimal believed(List<Candle> span, BigDecimal price) {
        List<BigDecimal> edges = new ArrayList<>();
        for (Candle candle : span) {
            edges.add(candle.high());
            edges.add(candle.low());
            edges.add(candle.high().divide(new BigDecimal("0.99"), 8, RoundingMode.FLOOR));
            edges.add(candle.low().divide(new BigDecimal("1.01"), 8, RoundingMode.CEILING));
        }
        BigDecimal highest = edges.stream().filter(edge -> touched(span, edge, true)).max(BigDecimal::compareTo).orElseThrow();
        BigDecimal lowest = edges.stream().filter(edge -> touched(span, edge, false)).min(BigDecimal::compareTo).orElseThrow();
        return price.compareTo(highest) > 0 ? highest : price.compareTo(lowest) < 0 ? lowest : price;
    }

    private boolean targetTouched(List<Candle> span, int target) {
        return touched(span, trade.targets().get(target).price(), up);
    }

    private boolean stopTouched(List<Candle> span) {
        return touched(span, trade.stop(), !up);
    }

    private boolean reached(BigDecimal price, BigDecimal level) {
        return up ? price.compareTo(level) >= 0 : price.compareTo(level) <= 0;
    }

    private boolean fallen(BigDecimal price, BigDecimal level) {
        return up ? price.compareTo(level) <= 0 : price.compareTo(level) >= 0;
    }

    Answer answer(Instant until) {
        Instant entered = null;
        BigDecimal fill = null;
        String came = null;
        List<Instant> hits = new ArrayList<>();
        Instant stopped = null;
        BigDecimal stoppedAt = null;
        boolean ambiguous = false;
        boolean single = false;
        BigDecimal nearEdge = up ? trade.zone().max() : trade.zone().min();
        BigDecimal farEdge = up ? trade.zone().min() : trade.zone().max();
        for (List<Candle> span : spans()) {
            if (span.get(0).end().isAfter(until) || stopped != null || hits.size() == 3) {
                continue;
            }
            BigDecimal open = believed(span, span.get(0).open());
            boolean wholeCandle = true;
            boolean targetsCount = true;
            if (entered == null) {
                String now = !reached(open, nearEdge) || open.compareTo(nearEdge) == 0
                        ? (fallen(open, farEdge) && open.compareTo(farEdge) != 0 ? "stop side" : "inside") : "target side";
                if (came == null) {
                    came = now;
                }
                if (now.equals("inside")) {
                    fill = came.equals("target side") ? nearEdge : open;
                } else if (now.equals("stop side") && came.equals("target side")) {
                    fill = nearEdge;
                } else {
                    came = now;
                    wholeCandle = false;
                    if (now.equals("target side")) {
                        if (!touched(span, nearEdge, !up)) {
                            continue;
                        }
                        fill = nearEdge;
                        targetsCount = false;
                    } else {
                        if (!touched(span, farEdge, up)) {
                            continue;
                        }
                        fill = farEdge;
                    }
                }
                entered = span.get(0).start();
                single |= span.size() == 1;
            }
            if (wholeCandle && fallen(open, trade.stop())) {
                stopped = span.get(0).start();
                stoppedAt = open;
                single |= span.size() == 1;
                continue;
            }
            while (wholeCandle && hits.size() < 3 && reached(open, trade.targets().get(hits.size()).price())) {
                hits.add(span.get(0).start());
                single |= span.size() == 1;
            }
            if (hits.size() == 3) {
                continue;
            }
            boolean target = targetTouched(span, hits.size());
            if (stopTouched(span)) {
                boolean certain = wholeCandle ? !target : !targetsCount && !target;
                ambiguous |= !certain;
                stopped = span.get(0).start();
                stoppedAt = trade.stop();
                single |= span.size() == 1;
            } else if (!targetsCount) {
                ambiguous |= target;
            } else {
                while (hits.size() < 3 && targetTouched(span, hits.size())) {
                    hits.add(span.get(0).start());
                    single |= span.size() == 1;
                }
            }
        }
        boolean over = !until.isBefore(trade.expiresAt());
        TradeStatus status = !hits.isEmpty() ? TradeStatus.HIT : stopped != null ? TradeStatus.NOT_HIT : !over ? TradeStatus.ACTIVE
                : entered == null ? TradeStatus.INVALIDATED : TradeStatus.EXPIRED;
        BigDecimal rest = stoppedAt != null ? stoppedAt : hits.size() == 3 ? trade.targets().get(2).price() : over ? lastClose() : null;
        return new Answer(status, entered, hits, stopped, ambiguous, single, entered == null || rest == null ? null : profit(fill, hits.size(), rest));
    }

    private List<List<Candle>> spans() {
        List<List<Candle>> spans = new ArrayList<>();
        for (Candle candle : candles) {
            if (spans.isEmpty() || !spans.get(spans.size() - 1).get(0).start().equals(candle.start())) {
                spans.add(new ArrayList<>());
            }
            spans.get(spans.size() - 1).add(candle);
        }
        return spans;
    }

    private BigDecimal lastClose() {
        if (candles.isEmpty() || candles.get(candles.size() - 1).end().isBefore(trade.expiresAt().minus(Duration.ofHours(1)))) {
            return null;
        }
        Instant last = candles.get(candles.size() - 1).start();
        List<Candle> span = candles.stream().filter(c -> c.start().equals(last)).toList();
        return believed(span, span.get(0).close());
    }

    /** Part by part: what it cost to buy, what the sale brought, fees and slippage on both. */
    private BigDecimal profit(BigDecimal fill, int reachedTargets, BigDecimal rest) {
        BigDecimal sum = BigDecimal.ZERO;
        int left = 100;
        for (int i = 0; i < reachedTargets; i++) {
            Target target = trade.targets().get(i);
            sum = sum.add(part(fill, target.price(), target.allocation()));
            left -= target.allocation();
        }
        return left > 0 ? sum.add(part(fill, rest, left)) : sum;
    }

    private BigDecimal part(BigDecimal fill, BigDecimal exit, int percent) {
        BigDecimal stake = new BigDecimal("10").multiply(BigDecimal.valueOf(percent));
        BigDecimal worth = stake.multiply(exit).divide(fill, MathContext.DECIMAL128);
        BigDecimal gain = up ? worth.subtract(stake) : stake.subtract(worth);
        return gain.subtract(stake.add(worth).multiply(new BigDecimal("0.002")));
    }
}
