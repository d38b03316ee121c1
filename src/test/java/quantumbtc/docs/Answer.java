package quantumbtc.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a command answered: with {@code curl -i} status line and headers, then JSON. It can be compared with one that a page
 * shows, and written as a page shows it.
 *
 * @param status  null when the command does not print it
 * @param headers by their name in lower case
 */
record Answer(String status, Map<String, String> headers, JsonNode body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SHOWN_HEADERS = List.of("Allow", "Location", "Retry-After", "WWW-Authenticate", "Trade-System", "Content-Type");
    /** Values that a page promises, where other texts are only examples. */
    private static final Set<String> WORDS = Set.of("state", "status", "verdict", "wanted", "kind", "rule", "system", "role", "resolution", "error");
    private static final String CUT = "…";
    private static final int WIDTH = 118;
    private static final int LONGEST_TEXT = 110;
    private static final int LONGEST_LIST = 2;

    /** @throws IllegalArgumentException when the text is no such answer */
    static Answer read(String text) {
        String status = null;
        Map<String, String> headers = new TreeMap<>();
        List<String> lines = new ArrayList<>(text.lines().map(String::stripTrailing).toList());
        if (text.startsWith("HTTP/")) {
            status = lines.remove(0);
            while (!lines.isEmpty() && !lines.get(0).isEmpty()) {
                String[] header = lines.remove(0).split(": ", 2);
                headers.put(header[0].toLowerCase(java.util.Locale.ROOT), header[1]);
            }
        }
        try {
            return new Answer(status, headers, JSON.readTree(String.join("\n", lines)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no answer of ours: " + text, e);
        }
    }

    /** The value at a path such as {@code rows.0.id}. */
    String value(String path) {
        JsonNode value = body.at("/" + path.replace('.', '/'));
        if (value instanceof MissingNode || value.isNull()) {
            throw new IllegalArgumentException("no " + path + " in " + body);
        }
        return value.asText();
    }

    /** What is otherwise than this answer, as shown on a page, promises. */
    List<String> differences(Answer actual) {
        List<String> found = new ArrayList<>();
        if (status != null && !status.equals(actual.status)) {
            found.add("status: " + status + ", not " + actual.status);
        }
        headers.forEach((name, value) -> {
            String real = actual.headers.get(name);
            if (real == null || !pattern(value).equals(pattern(real))) {
                found.add("header " + name + ": " + value + ", not " + real);
            }
        });
        compare("", "", body, actual.body, found);
        return found;
    }

    /** Numbers and ids are examples. */
    private static String pattern(String value) {
        return value.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID").replaceAll("\\d+", "N");
    }

    /** @param name of the field; null below a list, whose elements are examples */
    private static void compare(String path, String name, JsonNode shown, JsonNode actual, List<String> found) {
        if (shown.isNull() || actual.isNull()) {
            return;
        }
        if (shown.getNodeType() != actual.getNodeType()) {
            found.add(path + ": " + shown.getNodeType() + ", not " + actual.getNodeType());
        } else if (shown.isObject()) {
            compareFields(path, name, shown, actual, found);
        } else if (shown.isArray()) {
            compareElements(path, name, shown, actual, found);
        } else if (shown.isTextual() && name != null && WORDS.contains(name) && !says(shown.asText(), actual.asText())) {
            found.add(path + ": " + shown.asText() + ", not " + actual.asText());
        }
    }

    private static boolean says(String shown, String actual) {
        return shown.endsWith(CUT) ? pattern(actual).startsWith(pattern(shown.substring(0, shown.length() - CUT.length())).replaceFirst("N\\W*$", ""))
                : pattern(shown).equals(pattern(actual));
    }

    private static void compareFields(String path, String name, JsonNode shown, JsonNode actual, List<String> found) {
        Set<String> promised = names(shown);
        Set<String> given = names(actual);
        if (promised.remove(CUT)) {
            given.retainAll(promised);
        }
        // Counts by a word that the data has, such as {"ACTIVE":4}: which words there are, the data decides.
        if (promised.stream().allMatch(word -> word.matches("[A-Z_]+")) && given.stream().allMatch(word -> word.matches("[A-Z_]+"))) {
            return;
        }
        if (!promised.equals(given)) {
            found.add(path + ": the fields " + promised + ", not " + given);
            return;
        }
        promised.forEach(field -> compare(path + "." + field, name == null ? null : field, shown.get(field), actual.get(field), found));
    }

    private static void compareElements(String path, String name, JsonNode shown, JsonNode actual, List<String> found) {
        List<JsonNode> examples = new ArrayList<>();
        shown.forEach(element -> {
            if (!(element.isTextual() && element.asText().startsWith(CUT))) {
                examples.add(element);
            }
        });
        if (name != null && examples.isEmpty() != actual.isEmpty()) {
            found.add(path + ": " + (examples.isEmpty() ? "nothing, but there is something" : "something, but there is nothing"));
            return;
        }
        for (JsonNode element : actual) {
            List<List<String>> tries = examples.stream().map(example -> {
                List<String> differences = new ArrayList<>();
                compare(path + "[]", null, example, element, differences);
                return differences;
            }).toList();
            if (!tries.isEmpty() && tries.stream().noneMatch(List::isEmpty)) {
                found.addAll(tries.get(0));
                return;
            }
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The names of the answer's own fields. */
    Set<String> shape() {
        return names(body);
    }

    /** The same with the fields alone that say something new when the page had such an answer before. */
    Answer brief() {
        ObjectNode brief = JSON.createObjectNode();
        body.fields().forEachRemaining(field -> {
            if (WORDS.contains(field.getKey()) || field.getKey().equals("success")) {
                brief.set(field.getKey(), field.getValue());
            }
        });
        return new Answer(status, headers, brief.put(CUT, "as above"));
    }

    /** As a page shows it. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (status != null) {
            lines.add(status);
            SHOWN_HEADERS.stream().filter(name -> headers.containsKey(name.toLowerCase(java.util.Locale.ROOT)))
                    .forEach(name -> lines.add(name + ": " + headers.get(name.toLowerCase(java.util.Locale.ROOT))));
            lines.add("");
        }
        lines.addAll(shortened(body, "").lines().toList());
        return lines;
    }

    private static String shortened(JsonNode node, String indent) {
        String flat = flat(node);
        if (flat.length() + indent.length() <= WIDTH || !node.isContainerNode()) {
            return flat;
        }
        String inner = indent + " ";
        Collection<String> members = new ArrayList<>();
        if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                members.add(inner + quoted(field.getKey()) + ": " + shortened(field.getValue(), inner));
            }
            return "{\n" + String.join(",\n", members) + "\n" + indent + "}";
        }
        kept(node).forEach(element -> members.add(inner + shortened(element, inner)));
        return "[\n" + String.join(",\n", members) + "\n" + indent + "]";
    }

    private static String flat(JsonNode node) {
        if (node.isTextual()) {
            String text = node.asText();
            return quoted(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + CUT : text);
        }
        if (node.isArray()) {
            return kept(node).stream().map(Answer::flat).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node.isObject()) {
            List<String> members = new ArrayList<>();
            node.fields().forEachRemaining(field -> members.add(quoted(field.getKey()) + ": " + flat(field.getValue())));
            return "{" + String.join(", ", members) + "}";
        }
        return node.toString();
    }

    /** The first elements, and how many more there are. */
    private static List<JsonNode> kept(JsonNode list) {
        List<JsonNode> kept = new ArrayList<>();
        for (int i = 0; i < list.size() && (i < LONGEST_LIST || list.size() <= LONGEST_LIST + 1); i++) {
            kept.add(list.get(i));
        }
        if (kept.size() < list.size()) {
            kept.add(JSON.getNodeFactory().textNode(CUT + " " + (list.size() - kept.size()) + " more"));
        }
        return kept;
    }

    private static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }
}
