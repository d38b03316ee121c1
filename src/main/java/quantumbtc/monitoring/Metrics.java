package quantumbtc.monitoring;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import quantumbtc.validation.Interval;
import quantumbtc.validation.Score;

/**
 * The dashboard's numbers, each traceable to rows. What cannot be known is null, never 0. Money is for $1,000 a trade.
 *
 * @param asOf                    end of the last validation; null before the first
 * @param totalTrades             every issued trade
 * @param counts                  the same by where they stand
 * @param overallAccuracy         HIT among all that are over, percent
 * @param accuracyInterval        Wilson's 95 % interval of it, in percent, too; overlapping trades make the true one wider
 * @param totalProfitLoss         USD after costs, over profitTrades
 * @param profitTrades            how many trades the money rests on: judged here, entered, and closed at a known price
 * @param expectancy              mean of it a trade
 * @param profitFactor            gains over losses; null when nothing was lost
 * @param maxDrawdown             deepest fall of the running sum of profits, trades in the order of their ends; null also while an end is not summed up
 * @param averageConfidenceLosing percent, over NOT_HIT and EXPIRED
 * @param bestTimeframe           "N/A" unless at least two timeframes have 30 trades that are over
 * @param score                   Brier score and calibration by tenths of the stated confidence
 * @param baseRate                what a price without direction would have hit with the same distances, 0 to 1
 * @param buyAndHold              holding $1,000 of Bitcoin over the hours that were validated, after the same costs
 * @param dataQualityTrend        daily means of the last seven days, oldest first; days without data are absent
 * @param anomalyCount            of the last seven days
 */
public record Metrics(Instant asOf, long totalTrades, TradeCounts counts, Double overallAccuracy, Interval accuracyInterval,
                      BigDecimal totalProfitLoss, long profitTrades, Double expectancy, Double profitFactor, Double maxDrawdown,
                      Double averageConfidenceWinning, Double averageConfidenceLosing, String bestTimeframe, String worstTimeframe,
                      List<TimeframeAccuracy> timeframes, Score score, Double baseRate, BigDecimal buyAndHold,
                      List<RecentTrade> recentTrades, List<Double> dataQualityTrend, ApiReliability apiReliability, long anomalyCount) {
}
