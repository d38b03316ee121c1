package quantumbtc.signal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import quantumbtc.market.Assessment;
import quantumbtc.market.CandleRequest;
import quantumbtc.market.Candles;
import quantumbtc.trade.Generated;
import quantumbtc.trade.Timeframe;

/** Makes a signal at this moment: says which candles it needs, and what it is with them. */
public final class SignalNow {

    private static final Duration STEP = Duration.ofHours(1);

    private final SignalGenerator generator;
    private final Clock clock;
    private final int historyCandles;

    public SignalNow(SignalGenerator generator, Clock clock, int historyCandles) {
        this.generator = generator;
        this.clock = clock;
        this.historyCandles = historyCandles;
    }

    public CandleRequest history() {
        return new CandleRequest(clock.instant().minus(STEP.multipliedBy(historyCandles)), STEP);
    }

    /** @throws quantumbtc.market.HistoryTooShort when the candles are too few or too old */
    public Generated make(UUID user, Assessment assessment, Candles candles) {
        return make(user, assessment, candles, null);
    }

    /**
     * @param asked the timeframe that the user wants, such as 4h; null: the best is chosen
     * @throws quantumbtc.market.HistoryTooShort when the candles are too few or too old
     */
    public Generated make(UUID user, Assessment assessment, Candles candles, String asked) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return generator.generate(SignalInputs.of(assessment, candles, user, Seed.of(user, at), at,
                asked == null ? null : Timeframe.of(asked).orElseThrow(() -> new IllegalArgumentException("no timeframe is called " + asked))));
    }
}
