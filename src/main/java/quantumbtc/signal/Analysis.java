package quantumbtc.signal;

import java.math.BigDecimal;
import java.util.List;
import quantumbtc.trade.Trigger;
import quantumbtc.trade.WavePattern;

/**
 * Everything computed on the way to one signal; the texts and the stored inputs are written from it alone.
 *
 * @param price      entry price, USD per BTC
 * @param chosen     the candidate that the trade is made of
 * @param asked      true when the user wanted this timeframe, whatever the others promise
 * @param candidates all of them, shortest timeframe first
 * @param passage    where the bootstrap drew from
 * @param baseRate   part of all past entries that the chosen geometry would have hit, 0 to 1; NaN without a past
 * @param similar    past windows like this one
 * @param reduced    true when the confidence was lowered because the sources disagree
 * @param confidence percent, as stated on the trade
 */
record Analysis(Chart chart, BigDecimal price, Trend trend, Candidate chosen, boolean asked, List<Candidate> candidates,
                FirstPassage passage, double baseRate, List<Trigger> similar, CollapseScore collapse, boolean reduced,
                int confidence) {

    int last() {
        return chart.size() - 1;
    }

    WavePattern pattern() {
        return WavePattern.ofScore(collapse.value());
    }
}
