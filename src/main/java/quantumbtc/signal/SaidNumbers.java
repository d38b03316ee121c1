package quantumbtc.signal;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quantumbtc.trade.Direction;
import quantumbtc.trade.Trade;

/** Compares what a text says with what was computed: each word with a digit in it must be one of ours. */
final class SaidNumbers {

    private static final Pattern WITH_DIGIT = Pattern.compile("[\\p{L}\\p{N}.,]*\\p{N}[\\p{L}\\p{N}.,]*");

    private SaidNumbers() {
    }

    /** What is wrong with the words; null when nothing is. */
    static String fault(String words, Trade trade) {
        Set<String> ours = in(trade.reasoning() + "\n" + trade.justification());
        for (String said : in(words)) {
            if (!ours.contains(said)) {
                return "\"" + said + "\" was not computed";
            }
        }
        String opposite = trade.direction() == Direction.LONG ? "short" : "long";
        return words.toLowerCase(Locale.ROOT).matches("(?s).*\\b" + opposite + " (position|trade|signal|entry|for)\\b.*")
                ? "it names the opposite direction" : null;
    }

    private static Set<String> in(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = WITH_DIGIT.matcher(text);
        while (matcher.find()) {
            found.add(normal(matcher.group()));
        }
        return found;
    }

    /** 9,450.50 and 9450.5 are the same number; a full stop or comma behind it belongs to the sentence. */
    private static String normal(String token) {
        String bare = token.replaceAll("^[.,]+|[.,]+$", "").toLowerCase(Locale.ROOT);
        String number = bare.replaceAll(",(?=\\d{3})", "");
        return number.matches("\\d+\\.\\d+") ? number.replaceAll("0+$", "").replaceAll("\\.$", "") : number;
    }
}
