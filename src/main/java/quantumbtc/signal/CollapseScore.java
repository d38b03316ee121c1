package quantumbtc.signal;

import java.util.List;
import quantumbtc.trade.Direction;
import quantumbtc.trade.Trigger;

/**
 * How likely the present movement goes on: 0.3 trend + 0.3 momentum + 0.2 (100 - volatility) + 0.2 pattern, each 0 to
 * 100 and seen in the trade's direction. Without past windows to compare with, the other three carry the whole weight.
 *
 * @param trend      100 times the agreement of the trend votes
 * @param momentum   RSI for a long, 100 - RSI for a short
 * @param volatility part of the past candles that were calmer than now, in percent
 * @param pattern    part of the similar past windows after which the price went the trade's way, in percent; null without any
 */
record CollapseScore(double trend, double momentum, double volatility, Double pattern) {

    static CollapseScore of(Chart chart, Trend trend, List<Trigger> similar, int lookback) {
        int last = chart.size() - 1;
        int first = Math.max(FirstPassage.WARM_UP, chart.size() - lookback);
        double[] volatility = chart.indicators.volatility();
        int calmer = 0;
        for (int i = first; i < last; i++) {
            if (volatility[i] < volatility[last]) {
                calmer++;
            }
        }
        double rsi = chart.indicators.rsi()[last];
        boolean up = trend.direction() == Direction.LONG;
        Double pattern = similar.isEmpty() ? null : 100.0
                * similar.stream().filter(one -> one.changePercent().signum() * trend.sign() > 0).count() / similar.size();
        return new CollapseScore(100 * Math.abs(trend.score()), up ? rsi : 100 - rsi,
                100.0 * calmer / Math.max(1, last - first), pattern);
    }

    double value() {
        double known = 0.3 * trend + 0.3 * momentum + 0.2 * (100 - volatility);
        return pattern == null ? known / 0.8 : known + 0.2 * pattern;
    }
}
