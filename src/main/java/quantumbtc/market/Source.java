package quantumbtc.market;

/**
 * A service that market facts come from. The order is the order in which a value is taken when several give it:
 * CoinMarketCap, then CoinGecko, then Kraken.
 */
public enum Source {
    COINMARKETCAP("CoinMarketCap", true),
    COINGECKO("CoinGecko", true),
    KRAKEN("Kraken", true),
    BLOCKCHAIN("Blockchain.com", false),
    LUNARCRUSH("LunarCrush", false);

    private final String label;
    private final boolean givesPrice;

    Source(String label, boolean givesPrice) {
        this.label = label;
        this.givesPrice = givesPrice;
    }

    /** As proofs and logs write it. */
    public String label() {
        return label;
    }

    /** True when its price takes part in the triangulation. */
    public boolean givesPrice() {
        return givesPrice;
    }

    /** The name in settings and routes. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
