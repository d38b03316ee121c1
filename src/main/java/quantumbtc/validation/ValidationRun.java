package quantumbtc.validation;

import java.time.Instant;
import java.util.UUID;

/**
 * A validation under way; while its lease holds, nobody else judges.
 *
 * @param startedAt candles that end later are not looked at
 */
public record ValidationRun(UUID id, Instant startedAt) {
}
