package quantumbtc.market;

import java.util.List;

/**
 * Something in the market's data, or in a trade, that cannot be as it should; one row of {@code quantum_anomaly_logs}.
 *
 * @param type        a word such as PRICE_DIVERGENCE, at most 100 characters
 * @param description what was seen, with its numbers
 * @param affected    names of the sources or venues concerned
 * @param impact      what follows from it; never null, the column is NOT NULL
 */
public record Anomaly(String type, Severity severity, String description, List<String> affected, String impact) {

    public Anomaly {
        affected = List.copyOf(affected);
    }
}
