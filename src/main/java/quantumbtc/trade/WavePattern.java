package quantumbtc.trade;

/** What the market's wave seems to do next; the words of {@code btc_trades.wave_pattern_collapse}. */
public enum WavePattern {
    /** Collapse score above 70: the movement goes on. */
    CONTINUATION,
    /** Collapse score below 30: the movement turns. */
    BREAK,
    /** Neither. */
    UNCERTAIN;

    /** @param score collapse score, 0 to 100 */
    public static WavePattern ofScore(double score) {
        return score > 70 ? CONTINUATION : score < 30 ? BREAK : UNCERTAIN;
    }
}
