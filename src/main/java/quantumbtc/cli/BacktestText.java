package quantumbtc.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import quantumbtc.validation.CalibrationBin;
import quantumbtc.validation.Performance;
import quantumbtc.validation.Score;

/** The performance tables of a backtest for people. */
final class BacktestText {

    private final StringBuilder text = new StringBuilder();

    static String of(List<BacktestSection> sections, int refused) {
        BacktestText report = new BacktestText();
        sections.forEach(report::section);
        if (refused > 0) {
            report.line("%d generations were refused: too few candles, or none of the last hours.", refused);
        }
        return report.text.toString();
    }

    private void section(BacktestSection section) {
        Performance all = section.all();
        line("%s: %s to %s", section.name(), section.from(), section.until());
        line("  trades                %d: HIT %d, NOT_HIT %d, EXPIRED %d, INVALIDATED %d", all.trades(), all.hit(), all.notHit(),
                all.expired(), all.invalidated());
        if (all.trades() == 0) {
            line("");
            return;
        }
        line("  hit rate              %.1f %% (95 %%: %.1f to %.1f)", 100 * all.hitRate(), 100 * all.interval().low(), 100 * all.interval().high());
        line("                        trades that overlap in time are not independent, so the true interval is wider");
        line("  base rate             %s (random entries, same geometry in units of volatility)", percent(all.baseRate()));
        line("  expectancy            %s a trade of $1,000, after 0.1 %% fee and 0.1 %% slippage a side", dollars(all.expectancy()));
        line("  total profit          %s; profit factor %s; max drawdown %s", dollars(all.totalProfit()), number(all.profitFactor()), dollars(all.maxDrawdown()));
        line("  buy and hold          %s a trade over the same hours; the price changed %s over the whole span", dollars(all.buyAndHold()),
                section.heldWholePercent() == null ? "-" : String.format(Locale.ROOT, "%+.1f %%", section.heldWholePercent()));
        if (all.score() != null) {
            score(all.score());
        }
        timeframes(section.byTimeframe());
        line("");
    }

    private void score(Score score) {
        line("  Brier score           %.4f; of the base rate %s; of the hit rate known afterwards %.4f", score.brier(),
                score.brierBaseRate() == null ? "-" : String.format(Locale.ROOT, "%.4f", score.brierBaseRate()), score.brierConstant());
        line("  calibration error     %.2f percent points over %d trades", score.calibrationError(), score.trades());
        line("    confidence   trades   stated   came true");
        for (CalibrationBin bin : score.bins()) {
            if (bin.trades() > 0) {
                line("    %3d to %3d   %6d   %5.1f %%   %5.1f %%", bin.from(), bin.from() + 10, bin.trades(), bin.stated(), bin.cameTrue());
            }
        }
    }

    private void timeframes(Map<String, Performance> byTimeframe) {
        line("  timeframe   trades   hit rate   95 %% interval    base rate   expectancy   profit factor");
        byTimeframe.forEach((word, one) -> line("    %-7s   %6d   %6.1f %%   %5.1f to %5.1f   %9s   %10s   %13s", word, one.trades(),
                100 * one.hitRate(), 100 * one.interval().low(), 100 * one.interval().high(), percent(one.baseRate()),
                dollars(one.expectancy()), number(one.profitFactor())));
        List<Map.Entry<String, Performance>> ranked = byTimeframe.entrySet().stream().filter(one -> one.getValue().ranked())
                .sorted(Comparator.comparing(one -> -one.getValue().hitRate())).toList();
        line("  best timeframe        %s (none is ranked under %d trades)", ranked.size() < 2 ? "no ranking" : ranked.get(0).getKey(),
                Performance.FEWEST_FOR_RANKING);
    }

    private static String percent(Double rate) {
        return rate == null ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * rate);
    }

    private static String dollars(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%s$%,.2f", value < 0 ? "-" : "", Math.abs(value));
    }

    private static String number(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
