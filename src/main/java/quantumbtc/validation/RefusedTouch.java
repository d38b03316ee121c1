package quantumbtc.validation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A level that one venue passed while most venues stayed clear of it by more than 1 %: an anomaly, not a touch.
 *
 * @param at     start of the candle
 * @param level  USD per BTC: an edge of the entry zone, a target or the stop
 * @param seen   the price that passed it
 * @param venues the venues that had a candle then
 */
public record RefusedTouch(Instant at, BigDecimal level, BigDecimal seen, List<String> venues) {
}
