package quantumbtc.signal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.bollinger.PercentBIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.Num;

/**
 * The indicators of a chart, one column each, computed once by ta4j and read by index.
 *
 * @param atr        average true range over 14 candles, USD
 * @param volatility typical move of one candle as a part of the price: average true range over 48 candles, divided by
 *                   the price and by 1.596, the expected range of a Brownian step of variance one
 * @param ema20      exponential average of the close over 20 candles, USD; likewise 50 and 200
 * @param rsi        relative strength index over 14 candles, 0 to 100
 * @param macd       MACD (12, 26) minus its signal line (9), USD
 * @param adx        average directional index over 14 candles, 0 to 100
 * @param percentB   place within the Bollinger bands (20, 2): 0 lower band, 1 upper band
 * @param swingHigh  newest confirmed swing high, USD; NaN before the first
 * @param swingLow   newest confirmed swing low, USD; NaN before the first
 */
record Indicators(double[] atr, double[] volatility, double[] ema20, double[] ema50, double[] ema200, double[] rsi,
                  double[] macd, double[] adx, double[] percentB, double[] swingHigh, double[] swingLow) {

    private static final double RANGE_OF_UNIT_STEP = 1.596;
    /** A swing stands out over this many candles on both sides. */
    private static final int SWING = 5;

    static Indicators of(long[] start, double[] open, double[] high, double[] low, double[] close, Duration step) {
        BarSeries series = new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).build();
        for (int i = 0; i < start.length; i++) {
            ZonedDateTime end = Instant.ofEpochSecond(start[i]).plus(step).atZone(ZoneOffset.UTC);
            series.addBar(step, end, DoubleNum.valueOf(open[i]), DoubleNum.valueOf(high[i]), DoubleNum.valueOf(low[i]),
                    DoubleNum.valueOf(close[i]), DoubleNum.valueOf(0));
        }
        if (start.length > 0) {
            // ta4j computes the newest bar of a series by another order of sums than the same bar once it is followed by
            // one. A bar that nobody reads follows, so that a cut chart gives its last candle the very same values.
            int last = start.length - 1;
            ZonedDateTime end = Instant.ofEpochSecond(start[last]).plus(step.multipliedBy(2)).atZone(ZoneOffset.UTC);
            series.addBar(step, end, DoubleNum.valueOf(close[last]), DoubleNum.valueOf(close[last]), DoubleNum.valueOf(close[last]),
                    DoubleNum.valueOf(close[last]), DoubleNum.valueOf(0));
        }
        ClosePriceIndicator closes = new ClosePriceIndicator(series);
        MACDIndicator macd = new MACDIndicator(closes, 12, 26);
        double[] range = column(new ATRIndicator(series, 48), start.length);
        double[] volatility = new double[start.length];
        for (int i = 0; i < start.length; i++) {
            volatility[i] = Math.max(range[i] / close[i] / RANGE_OF_UNIT_STEP, 1e-5);
        }
        double[] macdLine = column(macd, start.length);
        double[] signal = column(new EMAIndicator(macd, 9), start.length);
        for (int i = 0; i < start.length; i++) {
            macdLine[i] -= signal[i];
        }
        return new Indicators(column(new ATRIndicator(series, 14), start.length), volatility,
                column(new EMAIndicator(closes, 20), start.length), column(new EMAIndicator(closes, 50), start.length),
                column(new EMAIndicator(closes, 200), start.length), column(new RSIIndicator(closes, 14), start.length),
                macdLine, column(new ADXIndicator(series, 14), start.length),
                column(new PercentBIndicator(closes, 20, 2), start.length),
                swings(high, 1), swings(low, -1));
    }

    private static double[] column(Indicator<Num> indicator, int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            double value = indicator.getValue(i).doubleValue();
            values[i] = Double.isFinite(value) ? value : 0;
        }
        return values;
    }

    /**
     * A swing counts only once the candles behind it are there. ta4j's own swing indicators look at candles after the
     * index they are asked for, which in a backtest is the future.
     */
    private static double[] swings(double[] price, int sign) {
        double[] newest = new double[price.length];
        double last = Double.NaN;
        for (int i = 0; i < price.length; i++) {
            int middle = i - SWING;
            if (middle >= SWING && standsOut(price, middle, sign)) {
                last = price[middle];
            }
            newest[i] = last;
        }
        return newest;
    }

    private static boolean standsOut(double[] price, int middle, int sign) {
        for (int i = middle - SWING; i <= middle + SWING; i++) {
            if (i != middle && sign * price[i] >= sign * price[middle]) {
                return false;
            }
        }
        return true;
    }
}
