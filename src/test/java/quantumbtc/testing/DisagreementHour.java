package quantumbtc.testing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Six real hours in which venues disagreed. */
public enum DisagreementHour {
    /** A frozen feed whose timestamp moves: at 07:00 Coinbase still says the same. */
    FROZEN_FEED("2018-08-10T04:00:00Z", "Kraken", "6425.9", "Bitstamp", "6429.37", "Coinbase", "6556.25", "Bitfinex", "6428.7"),
    /** One venue 11 % off. */
    ONE_VENUE_OFF("2018-10-15T06:00:00Z", "Kraken", "6658.9", "Bitstamp", "6667.26", "Coinbase", "6657.08", "Bitfinex", "7419.3"),
    /** A flash crash on one venue. */
    FLASH_CRASH("2019-05-17T02:00:00Z", "Kraken", "7497.6", "Bitstamp", "7320.0", "Coinbase", "7484.69", "Bitfinex", "7526.1"),
    /** Real disagreement in a fast market. */
    FAST_MARKET("2020-03-12T10:00:00Z", "Kraken", "6066.6", "Bitstamp", "6334.44", "Coinbase", "6103.89"),
    /** Five percent between only two sources: no majority. */
    TWO_SOURCES("2021-01-07T18:00:00Z", "Kraken", "37032.9", "Bitstamp", "38938.35"),
    /** Kraken's high, while the price was about 1,832 there and elsewhere. */
    WICK("2017-05-18T06:00:00Z", "Kraken", "2589", "Coinbase", "1832");

    private final Instant start;
    private final Map<String, BigDecimal> prices = new LinkedHashMap<>();

    DisagreementHour(String start, String... venuesAndPrices) {
        this.start = Instant.parse(start);
        for (int i = 0; i < venuesAndPrices.length; i += 2) {
            prices.put(venuesAndPrices[i], new BigDecimal(venuesAndPrices[i + 1]));
        }
    }

    public Instant start() {
        return start;
    }

    /** By venue: the hour's close; of the wick's venue its high. */
    public Map<String, BigDecimal> prices() {
        return prices;
    }

    public BigDecimal price(String venue) {
        return prices.get(venue);
    }
}
