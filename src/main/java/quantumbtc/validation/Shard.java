package quantumbtc.validation;

import java.time.Instant;
import java.util.UUID;

/**
 * A range of trade ids that is judged in one transaction.
 *
 * @param firstId        first id of the range
 * @param lastId         last id of the range
 * @param judgedUntil    candles that end by then were looked at; null when nothing was judged yet
 * @param snapshotsUntil newest hour that has its snapshots; null when none has
 */
record Shard(int number, UUID firstId, UUID lastId, Instant judgedUntil, Instant snapshotsUntil) {
}
