package quantumbtc.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads ids strictly: Java's own reader takes {@code 1-1-1-1-1} for one. */
final class Uuids {

    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private Uuids() {
    }

    /** Empty when the text is null or no UUID in its usual form. */
    static Optional<UUID> parse(String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
