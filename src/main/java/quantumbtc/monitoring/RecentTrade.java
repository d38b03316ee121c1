package quantumbtc.monitoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** One of the newest trades, under the column names that clients of the dashboard know. Prices in USD per BTC. */
public record RecentTrade(UUID id, String symbol, @JsonProperty("entry_optimal") BigDecimal entryOptimal,
                          @JsonProperty("tp1_price") BigDecimal tp1Price, @JsonProperty("tp2_price") BigDecimal tp2Price,
                          @JsonProperty("tp3_price") BigDecimal tp3Price, @JsonProperty("stop_loss_price") BigDecimal stopLossPrice,
                          String timeframe, @JsonProperty("confidence_score") Integer confidenceScore, String status,
                          @JsonProperty("generated_at") Instant generatedAt, @JsonProperty("data_quality_score") Integer dataQualityScore) {
}
