package quantumbtc.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import quantumbtc.signal.Chart;
import quantumbtc.validation.JudgedTrade;
import quantumbtc.validation.Performance;

/**
 * The performance over one span of a backtest.
 *
 * @param from               trades generated from then on
 * @param until              and before then
 * @param heldWholePercent   change of the price over the span; null when a candle is missing at an end
 * @param byTimeframe        short to long
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record BacktestSection(String name, Instant from, Instant until, Performance all, Map<String, Performance> byTimeframe,
                       Double heldWholePercent) {

    static BacktestSection of(String name, Instant from, Instant until, List<BacktestTrade> trades, Chart chart) {
        List<JudgedTrade> own = trades.stream().map(BacktestTrade::judged)
                .filter(trade -> !trade.generatedAt().isBefore(from) && trade.generatedAt().isBefore(until)).toList();
        Chart first = chart.until(from);
        Chart last = chart.until(until);
        Double held = first.size() == 0 || last.size() == 0 ? null : 100 * (last.price() / first.price() - 1);
        return new BacktestSection(name, from, until, Performance.of(own), Performance.byTimeframe(own), held);
    }
}
