package quantumbtc.signal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import quantumbtc.trade.EntryZone;
import quantumbtc.trade.Target;
import quantumbtc.trade.Trigger;

/** The signal in plain sentences; every number in them was computed. */
final class Reasoning {

    private Reasoning() {
    }

    static String of(SignalInputs inputs, Analysis a, EntryZone zone, List<Target> targets, BigDecimal stop) {
        Levels levels = a.chosen().levels();
        Indicators is = a.chart().indicators;
        int last = a.last();
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s for %s: EMA20 is %s EMA50, the price is %s EMA200, RSI(14) is %.1f and ADX(14) %.1f. ",
                levels.direction(), levels.timeframe().label(), is.ema20()[last] >= is.ema50()[last] ? "above" : "below",
                a.chart().close[last] >= is.ema200()[last] ? "above" : "below", is.rsi()[last], is.adx()[last]));
        text.append(String.format(Locale.ROOT, "Enter between %s and %s; take 50 %% at %s, 30 %% at %s, 20 %% at %s; stop at %s. ",
                zone.min().toPlainString(), zone.max().toPlainString(), targets.get(0).price().toPlainString(),
                targets.get(1).price().toPlainString(), targets.get(2).price().toPlainString(), stop.toPlainString()));
        text.append(String.format(Locale.ROOT, "The first target is expected before the stop with %d %% confidence", a.confidence()));
        if (!Double.isNaN(a.baseRate())) {
            text.append(String.format(Locale.ROOT, "; with this geometry any past entry had %.1f %%", 100 * a.baseRate()));
        }
        text.append(String.format(Locale.ROOT, ". Expected result for $1,000 after costs: %+.2f USD", a.chosen().odds().expected()));
        text.append(a.chosen().odds().expected() > 0 ? ". " : ", so the costs outweigh what the statistics promise. ");
        if (!a.similar().isEmpty()) {
            text.append(String.format(Locale.ROOT, "Of the %d past windows most like this one, %d reached the first target first, %d the stop, %d neither. ",
                    a.similar().size(), count(a, Walk.End.HIT), count(a, Walk.End.NOT_HIT), count(a, Walk.End.EXPIRED)));
        }
        text.append("Wave pattern: ").append(a.pattern()).append('.');
        if (inputs.market().replayed()) {
            text.append(" The prices are a replay of old ones.");
        }
        return text.toString();
    }

    private static long count(Analysis a, Walk.End end) {
        return a.similar().stream().map(Trigger::followed).filter(end.name()::equals).count();
    }
}
