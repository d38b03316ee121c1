package quantumbtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quantumbtc.testing.TestDatabase;

/** The route files as text: valid, and naming nothing that is not there. */
class RouteFilesTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern BEAN = Pattern.compile("#(?:bean:)?([A-Za-z][A-Za-z0-9]*)");
    private static final Pattern SETTING = Pattern.compile("\\{\\{\\??([^:}]+)(:[^}]*)?}}");
    private static final Set<String> LISTENERS = Set.of("from");
    private static JsonSchema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream in = RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(in);
        }
    }

    /** It is compiled into hundreds of megabytes, which the tests after this one need. */
    @AfterAll
    static void forgetSchema() {
        schema = null;
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
        }
    }

    private static JsonNode tree(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_route_file_is_valid_by_the_schema_of_the_language(Path file) throws IOException {
        assertThat(schema.validate(tree(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_route_file_starts_with_a_comment_and_its_routes_have_an_id_and_a_description(Path file) throws IOException {
        assertThat(Files.readString(file)).startsWith("# ");
        for (JsonNode route : tree(file).findValues("route")) {
            assertThat(route.path("id").asText()).as("id in %s", file).isNotBlank();
            assertThat(route.path("description").asText()).as("description of %s", route.path("id")).isNotBlank();
        }
    }

    @Test
    void ids_of_routes_are_unique() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path file : files()) {
            tree(file).findValues("route").forEach(route -> ids.add(route.path("id").asText()));
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void every_direct_name_has_its_route() throws IOException {
        Set<String> listening = new HashSet<>();
        Set<String> called = new TreeSet<>();
        for (Path file : files()) {
            walk("", tree(file), (key, node) -> {
                String name = direct(node);
                if (node.has("routeTemplateRef")) {
                    listening.add(node.path("routeId").asText());
                } else if (name != null) {
                    (LISTENERS.contains(key) ? listening : called).add(name);
                }
            });
        }
        called.removeAll(listening);
        assertThat(called).as("direct names without a route").isEmpty();
    }

    @Test
    void every_bean_that_a_route_names_is_wired() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path file : files()) {
            walk("", tree(file), (key, node) -> {
                if (node.isObject() && (key.equals("bean") || key.equals("method")) && node.has("ref")) {
                    named.add(node.get("ref").asText());
                }
                if (node.isTextual()) {
                    Matcher bean = BEAN.matcher(node.asText());
                    if (bean.matches()) {
                        named.add(bean.group(1));
                    }
                }
            });
        }
        try (TestDatabase database = TestDatabase.empty()) {
            Wiring wiring = new Wiring(Settings.defaults(), database.database(), Clock.systemUTC());
            wiring.addEndpoints("test");
            named.removeAll(wiring.beans().keySet());
        }
        assertThat(named).as("beans that are not wired").isEmpty();
    }

    @Test
    void every_setting_that_a_route_names_has_its_line() throws IOException {
        Properties settings = Settings.defaults().asProperties();
        for (Path file : files()) {
            Set<String> ofTemplates = new HashSet<>();
            walk("", tree(file), (key, node) -> {
                if (key.equals("parameters") && node.has("name")) {
                    ofTemplates.add(node.path("name").asText());
                }
            });
            Matcher setting = SETTING.matcher(Files.readString(file));
            while (setting.find()) {
                if (ofTemplates.contains(setting.group(1))) {
                    continue;
                }
                assertThat(settings).as("setting in %s", file).containsKey(setting.group(1));
            }
        }
    }

    @Test
    void every_routeConfigurationId_is_in_the_errors_file() throws IOException {
        Set<String> there = new HashSet<>();
        tree(Path.of("routes/errors.camel.yaml")).findValues("routeConfiguration").forEach(node -> there.add(node.path("id").asText()));
        for (Path file : files()) {
            for (JsonNode named : tree(file).findValues("routeConfigurationId")) {
                assertThat(there).as("in %s", file).contains(named.asText().split(","));
            }
        }
    }

    /** The name after direct: in any of the ways to write it; null when the node is no such endpoint. */
    private static String direct(JsonNode node) {
        String uri = node.isTextual() ? node.asText() : node.path("uri").asText("");
        if (uri.equals("direct")) {
            return node.path("parameters").path("name").asText();
        }
        // An object's uri is met again as a text of its own; only the object says whether it is a from.
        boolean counted = node.isObject() || !uri.contains(" ");
        return uri.startsWith("direct:") && counted ? uri.substring("direct:".length()).split("\\?")[0] : null;
    }

    /** Each node with the name of the field that holds it; a list's entries with the list's; {@code uri} with its owner's. */
    private static void walk(String key, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        visitor.accept(key, node);
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> walk(field.getKey().equals("uri") ? key : field.getKey(), field.getValue(), visitor));
        } else {
            node.forEach(child -> walk(key, child, visitor));
        }
    }
}
