package quantumbtc.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import quantumbtc.market.SourceFailure.Kind;

/** The body of one answer, read with suspicion: a missing value is null or a failure, never 0. */
final class Payload {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** No longer than any true number, and no exponent that could unfold into gigabytes. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?");
    private static final int SHOWN = 80;

    private final Feed feed;
    private final byte[] body;

    Payload(Feed feed, byte[] body) {
        this.feed = feed;
        this.body = body;
    }

    /** @throws SourceFailed EMPTY when nothing is in it, BAD_PAYLOAD when it is no JSON object or array */
    JsonNode json() {
        if (text().isEmpty()) {
            throw failed(Kind.EMPTY, "the answer is empty");
        }
        try {
            JsonNode root = JSON.readTree(body);
            if (!root.isContainerNode()) {
                throw failed(Kind.BAD_PAYLOAD, "no JSON object or array but " + shown(text()));
            }
            if (root.isEmpty()) {
                throw failed(Kind.EMPTY, "the answer has nothing in it");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw failed(Kind.BAD_PAYLOAD, "no JSON: " + shown(text()));
        } catch (IOException e) {
            throw failed(Kind.BAD_PAYLOAD, "the body cannot be read");
        }
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8).strip();
    }

    /** @throws SourceFailed MISSING_FIELD when absent or null, BAD_PAYLOAD when it cannot be true */
    BigDecimal needed(JsonNode node, String name, Bounds bounds) {
        BigDecimal number = number(node, name, bounds);
        if (number == null) {
            throw failed(Kind.MISSING_FIELD, name + " is missing");
        }
        return number;
    }

    /**
     * A number, written as a number or as text.
     *
     * @return null when the field is absent or null
     * @throws SourceFailed BAD_PAYLOAD when it is something else, not finite, or outside of the bounds
     */
    BigDecimal number(JsonNode node, String name, Bounds bounds) {
        if (node == null || node.isMissingNode() || node.isNull()) {
            return null;
        }
        String text = node.isNumber() || node.isTextual() ? node.asText().strip() : "";
        if (!NUMBER.matcher(text).matches()) {
            throw failed(Kind.BAD_PAYLOAD, name + " is no number: " + shown(node.toString()));
        }
        BigDecimal number = new BigDecimal(text);
        if (!bounds.allow(number)) {
            throw failed(Kind.BAD_PAYLOAD, name + " cannot be " + shown(text));
        }
        // Never 7E+4: the digits go into texts.
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    /** A whole number; a fraction is rounded half up. Null when absent. */
    Integer whole(JsonNode node, String name, Bounds bounds) {
        BigDecimal number = number(node, name, bounds);
        return number == null ? null : number.setScale(0, RoundingMode.HALF_UP).intValueExact();
    }

    /** Null when absent. */
    Instant seconds(JsonNode node, String name) {
        BigDecimal seconds = number(node, name, Bounds.EPOCH_SECONDS);
        return seconds == null ? null : Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    }

    /** Null when absent. */
    Instant millis(JsonNode node, String name) {
        BigDecimal thousand = new BigDecimal(1000);
        BigDecimal millis = number(node, name, new Bounds(Bounds.EPOCH_SECONDS.least().multiply(thousand), true,
                Bounds.EPOCH_SECONDS.most().multiply(thousand)));
        return millis == null ? null : Instant.ofEpochMilli(millis.longValue());
    }

    /** ISO-8601; null when absent. */
    Instant iso(JsonNode node, String name) {
        if (node == null || node.isMissingNode() || node.isNull()) {
            return null;
        }
        try {
            return Instant.parse(node.asText());
        } catch (DateTimeException e) {
            throw failed(Kind.BAD_PAYLOAD, name + " is no time: " + shown(node.toString()));
        }
    }

    SourceFailed failed(Kind kind, String detail) {
        return new SourceFailed(new SourceFailure(feed.source(), feed.question(), kind, detail, 200, null));
    }

    static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ");
        return clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN) + "…";
    }
}
