package quantumbtc.market.replay;

import java.util.EnumSet;
import java.util.Set;
import quantumbtc.market.Source;

/** What a source of the replay can be made to do wrong. */
public enum Fault {
    /** The connection is closed without an answer. */
    DOWN,
    /** The answer comes too late. */
    SLOW,
    /** HTTP 429 with Retry-After. */
    RATE_LIMITED,
    /** HTTP 200 around the service's own error. */
    ERROR_BODY,
    /** HTTP 200 with nothing in it. */
    EMPTY,
    /** The price stands still from now on, its timestamp moves. */
    FROZEN(Source.COINMARKETCAP, Source.COINGECKO, Source.KRAKEN),
    /** The source's own time stands a day back. */
    STALE,
    /** The price is 40 % higher here than elsewhere. */
    WICK(Source.COINMARKETCAP, Source.COINGECKO, Source.KRAKEN),
    /** The mempool is said to be empty. */
    MEMPOOL_ZERO(Source.BLOCKCHAIN),
    /** Every number is written as text. */
    STRINGS,
    /** The number that matters most is missing. */
    MISSING_FIELD,
    /** The number that matters most is 10 to the power of 30. */
    HUGE;

    private final Set<Source> sources;

    Fault(Source... sources) {
        this.sources = sources.length == 0 ? EnumSet.allOf(Source.class) : Set.of(sources);
    }

    /** False when the source has nothing that could go wrong in this way. */
    public boolean concerns(Source source) {
        return sources.contains(source);
    }
}
