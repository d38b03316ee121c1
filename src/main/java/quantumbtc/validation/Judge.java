package quantumbtc.validation;

import java.time.Instant;
import java.util.List;
import quantumbtc.trade.Direction;

/**
 * Says how far a trade has come, from the high and low of every candle that lies wholly between its generation and its
 * expiry. Pure: the same candles give the same verdict, in one go or hour by hour.
 *
 * <p>The entry zone has to be touched first. From then on: the stop before the first target is NOT_HIT; the first
 * target is HIT at once, and stop, further targets or expiry close the rest of the position. Where the order within a
 * candle is unknown it is decided against the trade, and the verdict is marked ambiguous. A price that is already
 * beyond the stop when a candle opens is the price the stop is filled at; a target is never filled better than its price.
 */
public final class Judge {

    /**
     * @param timeline candles from the trade's {@code from()} on; earlier ones only tell the last price before expiry
     * @param until    no candle that ends by then is still to come; expiry is final once it is reached
     */
    public Verdict judge(OpenTrade trade, Timeline timeline, Instant until) {
        Course course = new Course(trade);
        if (!trade.levelsAgree()) {
            return course.contradiction(until);
        }
        List<Slot> slots = trade.direction() == Direction.LONG ? timeline.slots() : timeline.mirrored();
        Instant end = until.isBefore(trade.expiresAt()) ? until : trade.expiresAt();
        for (int i = timeline.firstFrom(trade.from()); i < slots.size() && !course.ended(); i++) {
            Slot slot = slots.get(i);
            if (!slot.start().isBefore(end)) {
                break;
            }
            if (!slot.end().isAfter(end)) {
                course.take(slot);
            }
        }
        if (!course.ended() && !until.isBefore(trade.expiresAt())) {
            course.expire(LastPrice.within(timeline, trade.generatedAt(), trade.expiresAt()));
        }
        return course.verdict(until);
    }
}
