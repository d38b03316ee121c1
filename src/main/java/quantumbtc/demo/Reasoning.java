package quantumbtc.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;

/** Words the reasoning of a signal the way ATGE's model did: 200 to 1,500 characters, quotes, line breaks and Unicode in it. */
final class Reasoning {

    private static final int SHORTEST = 200;
    private static final int LONGEST = 1_500;

    /** {@code %s} is a price of the signal. */
    private static final List<String> SENTENCES = List.of(
            "Price holds above %s after three higher lows; buyers defend every dip. ",
            "The order book is thin below %s, so a break there runs fast. ",
            "\"Don't fight the tape\" – momentum on the lower timeframes points the same way. ",
            "Volume rises into %s and falls on each pullback, which is what continuation looks like. ",
            "Resistance ≈ %s was tested twice; a third test usually decides. ",
            "Funding is neutral → no crowding on either side. ",
            "RSI(14) leaves the middle of its range; MACD's histogram grows for the 4th bar. ",
            "Risk: a close beyond %s invalidates the idea; don't average down.\n",
            "Volatility (σ) contracted for hours, and ranges expand after such phases. ",
            "Whales moved coins to cold storage, supply on venues shrinks – bullish if %s holds. ",
            "The 50-EMA crossed the 200-EMA on the hour; traders call it a 'golden cross' ✨. ",
            "Sentiment is stretched (\"to the moon 🚀\"), so take profit early near %s. ",
            "日足 shows the same structure; the 4h chart is cleaner. ",
            "News flow: C:\\reports\\btc says nothing new; the market trades on its own. ",
            "Targets are laddered at 40/30/30, the stop sits where the thesis is wrong.\n");

    private Reasoning() {
    }

    static String about(BigDecimal entry, BigDecimal target, BigDecimal stop, SplittableRandom random) {
        int length = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
        BigDecimal[] prices = {entry, target, stop};
        StringBuilder text = new StringBuilder(LONGEST + 200);
        while (text.length() < length) {
            String sentence = SENTENCES.get(random.nextInt(SENTENCES.size()));
            int gap = sentence.indexOf("%s");
            if (gap < 0) {
                text.append(sentence);
            } else {
                text.append(sentence, 0, gap).append('$').append(prices[random.nextInt(3)]).append(sentence, gap + 2, sentence.length());
            }
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        text.setLength(Math.max(end, SHORTEST));
        return text.toString();
    }
}
