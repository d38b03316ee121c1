package quantumbtc.market.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * One answer of a source of the replay.
 *
 * @param json null when the answer is plain text
 */
record Page(JsonNode json, String text) {

    static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    static Page of(JsonNode json) {
        return new Page(json, null);
    }

    static Page ofText(String text) {
        return new Page(null, text);
    }

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    byte[] bytes() {
        return (json == null ? text : json.toString()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The same with every number written as text. */
    Page withNumbersAsText() {
        return json == null ? ofText("\"" + text + "\"") : of(texted(json));
    }

    private static JsonNode texted(JsonNode node) {
        if (node.isNumber()) {
            return TextNode.valueOf(node.asText());
        }
        if (node.isArray()) {
            ArrayNode copy = array();
            node.forEach(element -> copy.add(texted(element)));
            return copy;
        }
        if (node.isObject()) {
            ObjectNode copy = object();
            node.properties().forEach(entry -> copy.set(entry.getKey(), texted(entry.getValue())));
            return copy;
        }
        return node;
    }
}
