package quantumbtc.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/settings.md says what application.properties says, setting by setting, and both name exactly what the program reads.
 * The file is the source; {@code -Ddocs.write=true} writes the page's tables anew.
 */
class SettingsPageTest {

    private static final Path FILE = Path.of("application.properties");
    private static final Path PAGE = Path.of("docs/settings.md");
    private static final Pattern HEADING = Pattern.compile("# --- (.+?) -+");
    private static final Pattern SETTING = Pattern.compile("([a-z][a-z0-9.-]+)=(.*)");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:[.-][a-z0-9]+)+)\"");

    /** @param comment what stands above it, or above the settings that it shares a comment with */
    private record Setting(String section, List<String> names, List<String> values, String comment) {

        String row() {
            return "| " + joined(names) + " | " + joined(values) + " | " + comment.replace("|", "\\|") + " |";
        }

        private static String joined(List<String> words) {
            return words.stream().map(word -> word.isEmpty() ? "empty" : "`" + word.replace("|", "\\|") + "`").collect(Collectors.joining("<br>"));
        }
    }

    private static List<Setting> settings() throws IOException {
        List<Setting> settings = new ArrayList<>();
        String section = null;
        List<String> comment = new ArrayList<>();
        Setting open = null;
        for (String line : Files.readAllLines(FILE)) {
            Matcher heading = HEADING.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
                comment.clear();
            } else if (line.startsWith("# ")) {
                if (open != null) {
                    comment.clear();
                    open = null;
                }
                comment.add(line.substring(2));
            } else if (setting.matches()) {
                if (open == null) {
                    open = new Setting(section, new ArrayList<>(), new ArrayList<>(), String.join(" ", comment));
                    settings.add(open);
                }
                open.names().add(setting.group(1));
                open.values().add(setting.group(2));
            } else {
                open = null;
                comment.clear();
            }
        }
        return settings;
    }

    private static List<String> tables() throws IOException {
        List<String> lines = new ArrayList<>();
        String section = null;
        for (Setting setting : settings()) {
            if (!setting.section().equals(section)) {
                section = setting.section();
                lines.addAll(List.of("", "## " + section, "", "| setting | default | meaning |", "|---|---|---|"));
            }
            lines.add(setting.row());
        }
        return lines;
    }

    @Test
    void the_page_says_of_each_setting_what_the_file_says() throws IOException {
        List<String> introduction = Files.readAllLines(PAGE).stream().takeWhile(line -> !line.startsWith("## ")).collect(Collectors.toList());
        while (introduction.get(introduction.size() - 1).isBlank()) {
            introduction.remove(introduction.size() - 1);
        }
        introduction.addAll(tables());
        if (Boolean.getBoolean("docs.write")) {
            Files.write(PAGE, introduction);
        }
        assertThat(Files.readAllLines(PAGE)).isEqualTo(introduction);
    }

    @Test
    void each_has_a_comment_that_says_what_it_means_and_no_name_is_there_twice() throws IOException {
        List<Setting> settings = settings();
        assertThat(settings).allSatisfy(setting -> assertThat(setting.comment()).as(setting.names().toString()).hasSizeGreaterThan(12));
        assertThat(settings.stream().flatMap(setting -> setting.names().stream())).doesNotHaveDuplicates();
    }

    @Test
    void every_setting_is_read_somewhere() throws IOException {
        String program;
        try (Stream<Path> files = Stream.concat(Files.walk(Path.of("src/main/java")), Files.walk(Path.of("routes")))) {
            program = files.filter(Files::isRegularFile).map(SettingsPageTest::text).collect(Collectors.joining());
        }
        Set<String> read = new TreeSet<>();
        Matcher literal = LITERAL.matcher(program);
        while (literal.find()) {
            read.add(literal.group(1));
        }
        Matcher placeholder = Pattern.compile("\\{\\{([a-z0-9.-]+)}}").matcher(program);
        while (placeholder.find()) {
            read.add(placeholder.group(1));
        }
        for (Setting setting : settings()) {
            for (String name : setting.names()) {
                // Those of a source are put together of its name and what they are.
                assertThat(read.contains(name) || name.contains(".") && program.contains("+ \"" + name.substring(name.lastIndexOf('.')) + "\"")
                        || program.contains("(\"" + name + "\"")).as(name).isTrue();
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
