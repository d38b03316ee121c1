package quantumbtc.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import quantumbtc.signal.Chart;

/** Cuts a backtest's span where the calibration's own data ends, so that what it never saw is reported apart. */
final class BacktestSections {

    private BacktestSections() {
    }

    /** Where spans begin and end. */
    static List<Instant> edges(Instant from, Instant until, Instant fittedUntil) {
        return cuts(from, until, fittedUntil) ? List.of(from, fittedUntil, until) : List.of(from, until);
    }

    private static boolean cuts(Instant from, Instant until, Instant fittedUntil) {
        return fittedUntil != null && from.isBefore(fittedUntil) && fittedUntil.isBefore(until);
    }

    /** @param fittedUntil end of the data that the calibration was fitted on; null when there is none */
    static List<BacktestSection> of(List<BacktestTrade> trades, Chart chart, Instant from, Instant until, Instant fittedUntil) {
        List<BacktestSection> sections = new ArrayList<>();
        sections.add(BacktestSection.of("Whole span", from, until, trades, chart));
        if (cuts(from, until, fittedUntil)) {
            sections.add(BacktestSection.of("Where the calibration was fitted", from, fittedUntil, trades, chart));
            sections.add(BacktestSection.of("Never seen by the calibration", fittedUntil, until, trades, chart));
        }
        return sections;
    }
}
