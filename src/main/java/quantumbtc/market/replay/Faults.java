package quantumbtc.market.replay;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import quantumbtc.market.Source;

/** The faults that are switched on, by source. */
final class Faults {

    private final Clock clock;
    private final Map<Source, Set<Fault>> on = new EnumMap<>(Source.class);
    private final Map<Source, Instant> frozenAt = new EnumMap<>(Source.class);

    Faults(Clock clock) {
        this.clock = clock;
    }

    /** @throws IllegalArgumentException when the fault does not concern the source */
    synchronized void add(Source source, Fault fault) {
        if (!fault.concerns(source)) {
            throw new IllegalArgumentException(fault + " does not concern " + source);
        }
        on.computeIfAbsent(source, any -> EnumSet.noneOf(Fault.class)).add(fault);
        if (fault == Fault.FROZEN) {
            frozenAt.putIfAbsent(source, clock.instant());
        }
    }

    synchronized void clear() {
        on.clear();
        frozenAt.clear();
    }

    synchronized Set<Fault> of(Source source) {
        Set<Fault> faults = on.get(source);
        return faults == null ? Set.of() : EnumSet.copyOf(faults);
    }

    synchronized boolean has(Source source, Fault fault) {
        return on.getOrDefault(source, Set.of()).contains(fault);
    }

    /** When its price stopped; the given time when it did not. */
    synchronized Instant priceTime(Source source, Instant now) {
        return frozenAt.getOrDefault(source, now);
    }

    synchronized Map<Source, Set<Fault>> all() {
        Map<Source, Set<Fault>> copy = new EnumMap<>(Source.class);
        on.forEach((source, faults) -> copy.put(source, EnumSet.copyOf(faults)));
        return copy;
    }
}
