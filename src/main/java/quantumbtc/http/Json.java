package quantumbtc.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** JSON as the endpoints read and write it: strict in what it takes, exact in numbers, ISO-8601 in times. */
public final class Json {

    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() { };

    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(BigDecimal.class, new Plain()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    /** Classes of answers by whether they have the field themselves. */
    private final Map<Class<?>, Boolean> saySuccess = new ConcurrentHashMap<>();

    /**
     * A request's body.
     *
     * @return the object's fields in order; empty for an empty body
     * @throws Problem 400 when it is no JSON object, or holds the character that PostgreSQL cannot store
     */
    public Map<String, Object> object(byte[] body) {
        if (body.length == 0) {
            return new LinkedHashMap<>();
        }
        try {
            JsonNode tree = mapper.readTree(body);
            if (!tree.isObject()) {
                throw Problem.badRequest("The body must be a JSON object.");
            }
            if (holdsNul(tree)) {
                throw Problem.badRequest("The body holds the character U+0000.");
            }
            return mapper.convertValue(tree, OBJECT);
        } catch (IOException | IllegalArgumentException e) {
            throw Problem.badRequest("The body is not valid JSON.");
        }
    }

    private static boolean holdsNul(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().indexOf('\0') >= 0;
        }
        for (var names = node.fieldNames(); names.hasNext(); ) {
            if (names.next().indexOf('\0') >= 0) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (holdsNul(child)) {
                return true;
            }
        }
        return false;
    }

    /** An answer: an object gets {@code success}, a list becomes {@code items}. */
    public String answer(Object value) {
        if (value == null) {
            return "{\"success\":true}";
        }
        String text = text(value);
        if (!text.startsWith("{")) {
            return "{\"success\":true,\"items\":" + text + "}";
        }
        if (saysSuccess(value)) {
            return text;
        }
        return "{\"success\":true" + (text.equals("{}") ? "" : ",") + text.substring(1);
    }

    private boolean saysSuccess(Object value) {
        return value instanceof Map<?, ?> map ? map.containsKey("success") : saySuccess.computeIfAbsent(value.getClass(),
                type -> mapper.getSerializationConfig().introspect(mapper.constructType(type)).findProperties().stream()
                        .anyMatch(property -> property.getName().equals("success")));
    }

    /** Without the zeros that only tell a column's scale. */
    private static final class Plain extends StdScalarSerializer<BigDecimal> {

        private Plain() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeNumber(value.stripTrailingZeros());
        }
    }

    /** A value as it is. */
    public String text(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON: " + e.getMessage(), e);
        }
    }
}
