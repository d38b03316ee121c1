package quantumbtc.signal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import quantumbtc.trade.Target;

/** The formulas that led to the trade, each with the numbers that went in. */
final class Justification {

    private Justification() {
    }

    static String of(Analysis a, List<Target> targets, BigDecimal stop) {
        Levels levels = a.chosen().levels();
        Odds odds = a.chosen().odds();
        CollapseScore collapse = a.collapse();
        Indicators is = a.chart().indicators;
        int last = a.last();
        StringBuilder text = new StringBuilder();
        line(text, "Volatility of one %s candle = ATR(48) / price / 1.596 = %.4f %%; typical move over %s = that x sqrt(%d) = %.3f %%.",
                a.chart().step().toString().substring(2).toLowerCase(Locale.ROOT), 100 * is.volatility()[last],
                levels.timeframe().label(), a.chart().steps(levels.timeframe().hours()), 100 * levels.move());
        line(text, "Trend score = 0.40 sign(EMA20 - EMA50) + 0.25 sign(close - EMA200) + 0.20 sign(MACD - signal) + 0.15 sign(RSI - 50) = %.2f,"
                        + " with EMA20 %.2f, EMA50 %.2f, EMA200 %.2f, MACD - signal %.2f, RSI(14) %.1f, ADX(14) %.1f: %s.",
                a.trend().score(), is.ema20()[last], is.ema50()[last], is.ema200()[last], is.macd()[last], is.rsi()[last],
                is.adx()[last], levels.direction());
        line(text, "Distances from %s: TP1 %s (%.3f %%), TP2 %s (%.3f %%), TP3 %s (%.3f %%), stop %s (%.3f %%).", a.price().toPlainString(),
                targets.get(0).price().toPlainString(), 100 * levels.tp1(), targets.get(1).price().toPlainString(), 100 * levels.tp2(),
                targets.get(2).price().toPlainString(), 100 * levels.tp3(), stop.toPlainString(), 100 * levels.stop());
        line(text, "First passage over %d bootstrap paths (blocks of %d candles, drawn from %d past blocks%s): TP1 before stop %.1f %%, "
                        + "stop first %.1f %%, neither %.1f %%.", FirstPassage.PATHS, a.passage().blockLength(), a.passage().blocks(),
                a.passage().sameTrend() ? " that began in the same trend" : "", 100 * odds.hit(), 100 * odds.notHit(), 100 * odds.expired());
        line(text, "Calibrated on past signals: %.1f %%%s; confidence %d %%.", 100 * a.chosen().confidence(),
                a.reduced() ? " x 0.9, as the sources differ by more than 1 %" : "", a.confidence());
        if (!Double.isNaN(a.baseRate())) {
            line(text, "Base rate: the same geometry, entered at any past time of this history, reached TP1 first in %.1f %%.", 100 * a.baseRate());
        }
        line(text, "Expected result for $1,000 after 0.4 %% costs: %s; %s is %s.", expectations(a), levels.timeframe().label(), whyChosen(a));
        line(text, "Collapse score = 0.3 x trend %.1f + 0.3 x momentum %.1f + 0.2 x (100 - volatility %.1f)%s = %.1f: %s.",
                collapse.trend(), collapse.momentum(), collapse.volatility(), collapse.pattern() == null ? ", divided by 0.8"
                        : String.format(Locale.ROOT, " + 0.2 x pattern %.1f", collapse.pattern()), collapse.value(), a.pattern());
        return text.toString().stripTrailing();
    }

    private static String whyChosen(Analysis a) {
        if (a.asked()) {
            return "what was asked for";
        }
        return a.chosen().odds().hit() >= Analyst.LEAST_HIT ? "the best of those whose TP1 comes first in at least 60 %"
                : "the one whose TP1 comes first most often";
    }

    private static String expectations(Analysis a) {
        StringBuilder text = new StringBuilder();
        for (Candidate candidate : a.candidates()) {
            text.append(text.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%s %+.2f USD (TP1 first %.1f %%)",
                    candidate.levels().timeframe().label(), candidate.odds().expected(), 100 * candidate.odds().hit()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
