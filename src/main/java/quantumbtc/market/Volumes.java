package quantumbtc.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The 24-hour volumes side by side. CoinMarketCap and CoinGecko count the whole market in USD, each with its own choice
 * of venues, so they may differ by a factor; Kraken counts itself in BTC, and one venue cannot have traded more than
 * the whole market. They are compared, never averaged.
 *
 * @param compared  how many volumes could be compared with another
 */
record Volumes(int compared, boolean contradict, Set<Source> sources, String said) {

    private static final BigDecimal MARKET_FACTOR = BigDecimal.valueOf(3);
    private static final BigDecimal VENUE_FACTOR = new BigDecimal("1.1");

    static Volumes of(List<Quote> quotes) {
        List<Quote> markets = quotes.stream().filter(quote -> quote.volumeUsd24h() != null).toList();
        List<Quote> venues = quotes.stream().filter(quote -> quote.volumeBtc24h() != null).toList();
        Set<Source> sources = EnumSet.noneOf(Source.class);
        BigDecimal most = markets.stream().map(Quote::volumeUsd24h).max(BigDecimal::compareTo).orElse(null);
        BigDecimal least = markets.stream().map(Quote::volumeUsd24h).min(BigDecimal::compareTo).orElse(null);
        if (markets.size() > 1 && most.compareTo(least.multiply(MARKET_FACTOR)) > 0) {
            markets.forEach(quote -> sources.add(quote.source()));
        }
        for (Quote venue : venues) {
            if (most != null && usd(venue).compareTo(most.multiply(VENUE_FACTOR)) > 0) {
                sources.add(venue.source());
                markets.forEach(quote -> sources.add(quote.source()));
            }
        }
        int known = markets.size() + venues.size();
        int compared = known > 1 && !markets.isEmpty() ? known : 0;
        return new Volumes(compared, !sources.isEmpty(), sources, text(markets, venues));
    }

    /** True when at least two could be compared and none contradicts. */
    boolean agree() {
        return compared > 1 && !contradict;
    }

    private static BigDecimal usd(Quote venue) {
        return venue.volumeBtc24h().multiply(venue.price());
    }

    private static String text(List<Quote> markets, List<Quote> venues) {
        StringBuilder text = new StringBuilder();
        markets.forEach(quote -> text.append(quote.source().label()).append(' ').append(rounded(quote.volumeUsd24h())).append(" USD, "));
        venues.forEach(quote -> text.append(quote.source().label()).append(' ').append(rounded(quote.volumeBtc24h())).append(" BTC, "));
        return text.isEmpty() ? "none known" : text.substring(0, text.length() - 2);
    }

    private static String rounded(BigDecimal number) {
        return number.round(new MathContext(6)).toPlainString();
    }
}
