package quantumbtc.market;

import java.math.BigDecimal;
import java.util.List;

/**
 * How far the market's data can be trusted.
 *
 * @param score             0 to 100
 * @param passed            true when a signal may be made of it
 * @param medianPrice       USD per BTC over the usable prices; null when there is none
 * @param divergencePercent largest deviation from the median (three prices and more) or the spread (two); null with fewer
 * @param confidenceReduced true when the prices agree too little for full confidence
 * @param used              sources whose price counts: answered, fresh and moving
 * @param anomalies         what was found
 * @param missing           what a signal would have needed, as sentences; empty when passed
 */
public record Purity(int score, boolean passed, BigDecimal medianPrice, BigDecimal divergencePercent,
                     boolean confidenceReduced, List<Source> used, List<Anomaly> anomalies, List<String> missing) {

    public Purity {
        used = List.copyOf(used);
        anomalies = List.copyOf(anomalies);
        missing = List.copyOf(missing);
    }

    public boolean fatal() {
        return anomalies.stream().anyMatch(anomaly -> anomaly.severity() == Severity.FATAL);
    }
}
