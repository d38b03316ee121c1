package quantumbtc.signal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import quantumbtc.market.HistoryTooShort;
import quantumbtc.trade.EntryZone;
import quantumbtc.trade.Generated;
import quantumbtc.trade.Target;
import quantumbtc.trade.Timeframe;
import quantumbtc.trade.Trade;
import quantumbtc.trade.TradeStatus;

/**
 * Makes a trade from candles and market data. Pure: nothing but the inputs enters, so the same inputs and seed give the
 * same trade, and what happens after {@code generatedAt} cannot change it. {@code stop < entry < TP1 < TP2 < TP3},
 * mirrored for a short.
 */
public final class SignalGenerator {

    private static final int[] ALLOCATIONS = {50, 30, 20};
    /** Half the entry zone's width as a part of the average true range, and at most as a part of the way to TP1. */
    private static final double ZONE_OF_RANGE = 0.5;
    private static final double ZONE_OF_TARGET = 0.4;
    private static final BigDecimal CENTS_FROM = BigDecimal.valueOf(1_000);

    private final Analyst analyst;

    /** @param lookback most candles that enter the statistics, counted back from the newest */
    public SignalGenerator(Calibration calibration, int lookback) {
        this.analyst = new Analyst(calibration, lookback);
    }

    /**
     * @throws HistoryTooShort when there are too few candles, or none of the present
     * @throws IllegalArgumentException when the market data was not pure enough; the caller has to refuse before
     */
    public Generated generate(SignalInputs inputs) {
        if (!inputs.purity().passed() || inputs.purity().medianPrice() == null) {
            throw new IllegalArgumentException("market data of purity " + inputs.purity().score() + " gives no signal: "
                    + String.join(" ", inputs.purity().missing()));
        }
        Instant at = inputs.generatedAt().truncatedTo(ChronoUnit.MILLIS);
        Analysis analysis = analyst.analyse(inputs.chart(), rounded(inputs.purity().medianPrice(), inputs.purity().medianPrice()),
                inputs.purity().confidenceReduced(), inputs.seed(), at, inputs.asked());
        return new Generated(trade(inputs, analysis, at), inputs.seed(), Trace.of(inputs, analysis));
    }

    private static Trade trade(SignalInputs inputs, Analysis analysis, Instant at) {
        Levels levels = analysis.chosen().levels();
        BigDecimal price = analysis.price();
        Timeframe timeframe = levels.timeframe();
        double half = Math.min(ZONE_OF_RANGE * analysis.chart().indicators.atr()[analysis.last()] / price.doubleValue(),
                ZONE_OF_TARGET * levels.tp1());
        EntryZone zone = new EntryZone(away(price, -half), away(price, half), price);
        List<Target> targets = List.of(target(price, levels, levels.tp1(), 0), target(price, levels, levels.tp2(), 1),
                target(price, levels, levels.tp3(), 2));
        BigDecimal stop = away(price, -levels.sign() * levels.stop());
        return new Trade(id(inputs, at), inputs.userId(), "BTC", zone, targets, stop,
                price.subtract(stop).abs().multiply(BigDecimal.valueOf(100)).divide(price, 2, RoundingMode.HALF_UP),
                timeframe.label(), timeframe.hours(), analysis.confidence(), Reasoning.of(inputs, analysis, zone, targets, stop),
                Justification.of(analysis, targets, stop), analysis.pattern().name(), inputs.purity().score(),
                Proofs.of(inputs.market()), analysis.similar().stream().limit(5).toList(), TradeStatus.ACTIVE, at,
                at.plus(Duration.ofHours(timeframe.hours())), null);
    }

    private static Target target(BigDecimal price, Levels levels, double distance, int number) {
        return new Target(away(price, levels.sign() * distance), ALLOCATIONS[number]);
    }

    private static BigDecimal away(BigDecimal price, double part) {
        return rounded(price.multiply(BigDecimal.valueOf(1 + part)), price);
    }

    /** To cents, as exchanges quote it; finer when a cent would be a visible part of the price. */
    private static BigDecimal rounded(BigDecimal value, BigDecimal price) {
        return value.setScale(price.compareTo(CENTS_FROM) >= 0 ? 2 : 8, RoundingMode.HALF_EVEN);
    }

    /** Follows from user, time and seed, so that a repeated computation is recognised as the same trade. */
    private static UUID id(SignalInputs inputs, Instant at) {
        return UUID.nameUUIDFromBytes((inputs.userId() + " " + at + " " + inputs.seed()).getBytes(StandardCharsets.UTF_8));
    }
}
