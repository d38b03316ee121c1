package quantumbtc.validation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import quantumbtc.trade.Direction;
import quantumbtc.trade.Target;
import quantumbtc.trade.TradeStatus;

/**
 * One trade on its way through the candles. Everything here is seen as a long trade: the levels of a short have the
 * opposite sign, as have the slots it is given.
 */
final class Course {

    private static final BigDecimal HUNDRED = new BigDecimal("100");

    private final OpenTrade trade;
    private final BigDecimal zoneLow;
    private final BigDecimal zoneHigh;
    private final BigDecimal stop;
    private final BigDecimal[] targets = new BigDecimal[3];
    private final Instant[] targetAt = new Instant[3];
    private int reached;
    private Side side;
    private Instant enteredAt;
    private BigDecimal entry;
    private Instant stopAt;
    private BigDecimal restExit;
    private boolean ambiguous;
    private boolean singleVenue;
    private Instant endedAt;
    private Reason invalid;
    private RefusedTouch refused;

    Course(OpenTrade trade) {
        this.trade = trade;
        boolean isShort = trade.direction() == Direction.SHORT;
        zoneLow = seen(isShort ? trade.zone().max() : trade.zone().min());
        zoneHigh = seen(isShort ? trade.zone().min() : trade.zone().max());
        stop = seen(trade.stop());
        for (int i = 0; i < targets.length; i++) {
            targets[i] = seen(trade.targets().get(i).price());
        }
        Standing known = trade.standing();
        side = known.cameFrom();
        enteredAt = known.enteredAt();
        entry = known.entryPrice() == null ? null : seen(known.entryPrice());
        for (Instant at : new Instant[] {known.target1At(), known.target2At(), known.target3At()}) {
            if (at != null) {
                targetAt[reached++] = at;
            }
        }
        ambiguous = known.ambiguous();
        singleVenue = known.singleVenue();
    }

    /** Signed as this class sees prices; its own inverse. */
    private BigDecimal seen(BigDecimal price) {
        return trade.direction() == Direction.SHORT ? price.negate() : price;
    }

    boolean ended() {
        return endedAt != null;
    }

    void take(Slot slot) {
        noteRefused(slot);
        if (slot.disputed()) {
            return;
        }
        if (enteredAt == null) {
            lookForEntry(slot);
        } else {
            walk(slot);
        }
    }

    private void lookForEntry(Slot slot) {
        Side atOpen = sideOf(slot.open());
        if (side == null) {
            side = atOpen;
        }
        if (atOpen == Side.INSIDE || (side == Side.WINNING && atOpen == Side.LOSING)) {
            // A waiting order is filled at its own price also when the market jumps past it.
            enter(slot, side == Side.WINNING ? zoneHigh : slot.open());
            walk(slot);
            return;
        }
        // Jumped over on the way to the target: nobody could enter there, so wait for the price to come back.
        side = atOpen;
        if (side == Side.WINNING && slot.low().compareTo(zoneHigh) <= 0) {
            enter(slot, zoneHigh);
            comeDownInto(slot);
        } else if (side == Side.LOSING && slot.high().compareTo(zoneLow) >= 0) {
            enter(slot, zoneLow);
            comeUpInto(slot);
        }
    }

    private Side sideOf(BigDecimal price) {
        if (price.compareTo(zoneHigh) > 0) {
            return Side.WINNING;
        }
        return price.compareTo(zoneLow) < 0 ? Side.LOSING : Side.INSIDE;
    }

    private void enter(Slot slot, BigDecimal price) {
        enteredAt = slot.start();
        entry = price;
        singleVenue |= slot.singleVenue();
    }

    /** The way from above leads through the zone to the stop; a target of this candle may lie before the entry. */
    private void comeDownInto(Slot slot) {
        ambiguous |= nextTargetTouched(slot.high());
        if (stopTouched(slot)) {
            closeAtStop(slot, stop);
        }
    }

    /** The way from below leads through the zone to the target; the stop of this candle may lie before the entry. */
    private void comeUpInto(Slot slot) {
        if (stopTouched(slot)) {
            ambiguous = true;
            closeAtStop(slot, stop);
        } else {
            takeTargets(slot, slot.high());
        }
    }

    private void walk(Slot slot) {
        if (slot.open().compareTo(stop) <= 0) {
            closeAtStop(slot, slot.open());
            return;
        }
        takeTargets(slot, slot.open());
        if (!ended() && stopTouched(slot)) {
            ambiguous |= nextTargetTouched(slot.high());
            closeAtStop(slot, stop);
        } else if (!ended()) {
            takeTargets(slot, slot.high());
        }
    }

    private boolean stopTouched(Slot slot) {
        return slot.low().compareTo(stop) <= 0;
    }

    private boolean nextTargetTouched(BigDecimal price) {
        return reached < targets.length && price.compareTo(targets[reached]) >= 0;
    }

    private void takeTargets(Slot slot, BigDecimal price) {
        while (nextTargetTouched(price)) {
            targetAt[reached++] = slot.start();
            singleVenue |= slot.singleVenue();
        }
        if (reached == targets.length) {
            endedAt = slot.start();
            restExit = targets[reached - 1];
        }
    }

    private void closeAtStop(Slot slot, BigDecimal price) {
        stopAt = slot.start();
        endedAt = slot.start();
        restExit = price;
        singleVenue |= slot.singleVenue();
    }

    private void noteRefused(Slot slot) {
        if (refused != null) {
            return;
        }
        if (enteredAt != null) {
            noteRefusedAbove(slot, reached < targets.length ? targets[reached] : null);
            noteRefusedBelow(slot, stop);
        } else if (side == Side.WINNING) {
            noteRefusedBelow(slot, zoneHigh);
        } else if (side == Side.LOSING) {
            noteRefusedAbove(slot, zoneLow);
        }
    }

    private void noteRefusedAbove(Slot slot, BigDecimal level) {
        if (level != null && slot.highest().compareTo(level) >= 0 && (slot.high().compareTo(level) < 0 || slot.disputed())) {
            refused = new RefusedTouch(slot.start(), seen(level), seen(slot.highest()), slot.venues());
        }
    }

    private void noteRefusedBelow(Slot slot, BigDecimal level) {
        if (slot.lowest().compareTo(level) <= 0 && (slot.low().compareTo(level) > 0 || slot.disputed())) {
            refused = new RefusedTouch(slot.start(), seen(level), seen(slot.lowest()), slot.venues());
        }
    }

    /** @param lastPrice USD per BTC as the market wrote it; null when unknown */
    void expire(BigDecimal lastPrice) {
        endedAt = trade.expiresAt();
        if (enteredAt == null) {
            invalid = side == null ? Reason.NO_DATA : Reason.NOT_FILLED;
        } else if (lastPrice != null) {
            restExit = seen(lastPrice);
        }
    }

    Verdict contradiction(Instant until) {
        endedAt = trade.generatedAt();
        invalid = Reason.LEVELS_CONTRADICT;
        return verdict(until);
    }

    Verdict verdict(Instant until) {
        Reason reason = reason();
        BigDecimal exit = invalid == null && ended() && restExit != null ? weightedExit() : null;
        BigDecimal entryPrice = entry == null ? null : seen(entry);
        Instant before = trade.standing().judgedUntil();
        Standing standing = new Standing(before != null && before.isAfter(until) ? before : until, side, enteredAt,
                entryPrice, targetAt[0], targetAt[1], targetAt[2], ambiguous, singleVenue);
        return new Verdict(reason == null ? TradeStatus.ACTIVE : reason.status(), reason, standing, stopAt,
                exit, exit == null ? null : Profit.of(trade.direction(), entryPrice, exit), endedAt, refused);
    }

    private Reason reason() {
        if (invalid != null) {
            return invalid;
        }
        if (reached > 0) {
            return List.of(Reason.TARGET_1, Reason.TARGET_2, Reason.TARGET_3).get(reached - 1);
        }
        if (stopAt != null) {
            return Reason.STOP_FIRST;
        }
        return ended() ? Reason.TIME_OVER : null;
    }

    private BigDecimal weightedExit() {
        BigDecimal sum = BigDecimal.ZERO;
        int left = 100;
        for (int i = 0; i < reached && left > 0; i++) {
            Target target = trade.targets().get(i);
            int part = i == targets.length - 1 ? left : Math.min(left, target.allocation());
            sum = sum.add(target.price().multiply(BigDecimal.valueOf(part)));
            left -= part;
        }
        return sum.add(seen(restExit).multiply(BigDecimal.valueOf(left))).divide(HUNDRED, 8, RoundingMode.HALF_EVEN);
    }
}
