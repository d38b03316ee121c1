package quantumbtc.validation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import quantumbtc.trade.Direction;
import quantumbtc.trade.EntryZone;
import quantumbtc.trade.Target;

/**
 * A trade whose judging is not final, with everything that the judge needs and nothing else.
 *
 * @param targets     three, nearest first; the last one closes whatever is left of the position
 * @param stop        USD per BTC
 * @param generatedAt candles that start before are not looked at
 * @param expiresAt   candles that end after are not looked at
 * @param standing    what is known so far; never null
 */
public record OpenTrade(UUID id, Direction direction, EntryZone zone, List<Target> targets, BigDecimal stop,
                        Instant generatedAt, Instant expiresAt, Standing standing) {

    public OpenTrade {
        targets = List.copyOf(targets);
    }

    /** First instant whose candles still have to be looked at. */
    public Instant from() {
        Instant judged = standing.judgedUntil();
        return judged != null && judged.isAfter(generatedAt) ? judged : generatedAt;
    }

    /** True when stop, entry zone and first target lie in this order (for a short: in the opposite one). */
    public boolean levelsAgree() {
        BigDecimal first = targets.get(0).price();
        return direction == Direction.LONG
                ? stop.compareTo(zone.min()) < 0 && first.compareTo(zone.max()) > 0
                : stop.compareTo(zone.max()) > 0 && first.compareTo(zone.min()) < 0;
    }

    /** The same trade, further judged. */
    public OpenTrade with(Standing later) {
        return new OpenTrade(id, direction, zone, targets, stop, generatedAt, expiresAt, later);
    }
}
