package quantumbtc.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import quantumbtc.cli.QuantumBtc;
import quantumbtc.monitoring.AlertRule;

/** What all pages have in common: their links lead somewhere, and the commands that they name are there. */
class DocsTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern COMMAND = Pattern.compile("\\./quantum-btc((?: +[^`|#\\n]*)?)");
    private static final Pattern ALERT = Pattern.compile("\\| `([a-z-]+)` \\| (CRITICAL|WARNING|INFO) \\| .+ \\| (\\d+) \\|");

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), docs.filter(page -> page.toString().endsWith(".md"))).sorted().toList();
        }
    }

    @Test
    void every_link_inside_the_project_leads_to_a_file_and_to_a_heading_of_it() throws IOException {
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                String target = link.group(1);
                if (target.matches("[a-z]+:.*")) {
                    continue;
                }
                String[] parts = target.split("#", 2);
                Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                assertThat(file).as(page + ": " + target).exists();
                if (parts.length > 1) {
                    assertThat(anchors(file)).as(page + ": " + target).contains(parts[1]);
                }
            }
        }
    }

    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream().filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')).toList();
    }

    @Test
    void every_command_and_option_that_a_page_names_is_there() throws IOException {
        int found = 0;
        for (Path page : pages()) {
            for (String line : Files.readAllLines(page)) {
                Matcher command = COMMAND.matcher(line);
                while (command.find()) {
                    check(page + ": " + line, command.group(1).trim());
                    found++;
                }
            }
        }
        assertThat(found).isGreaterThan(40);
    }

    private static void check(String where, String words) {
        CommandLine command = new CommandLine(new QuantumBtc());
        // The benchmark is the start script's own.
        if (words.startsWith("bench") || words.startsWith("…")) {
            return;
        }
        boolean path = true;
        for (String word : words.isEmpty() ? new String[0] : words.split("\\s+")) {
            if (path && command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else if (word.startsWith("--")) {
                path = false;
                assertThat(command.getCommandSpec().findOption(word)).as(where + ": " + word).isNotNull();
            } else if (path && !word.startsWith("…")) {
                path = false;
                assertThat(command.getCommandSpec().positionalParameters()).as(where + ": " + word).isNotEmpty();
            }
        }
    }

    @Test
    void the_page_of_commands_names_every_command() throws IOException {
        String page = Files.readString(Path.of("docs/commands.md"));
        List<String> leaves = new ArrayList<>();
        leaves("", new CommandLine(new QuantumBtc()), leaves);
        assertThat(leaves).hasSizeGreaterThan(30).allSatisfy(leaf -> assertThat(page).contains("`" + leaf));
    }

    private static void leaves(String path, CommandLine command, List<String> leaves) {
        command.getSubcommands().forEach((name, child) -> {
            if (child.getCommandSpec().usageMessage().hidden()) {
                return;
            }
            if (child.getSubcommands().isEmpty() || name.equals("migrate")) {
                leaves.add((path + " " + name).trim());
            }
            leaves(path + " " + name, child, leaves);
        });
    }

    @Test
    void every_help_text_says_what_the_command_does_and_what_each_option_is() {
        List<String> silent = new ArrayList<>();
        silent("quantum-btc", new CommandLine(new QuantumBtc()), silent);
        assertThat(silent).as("commands, options and parameters without a description").isEmpty();
    }

    private static void silent(String path, CommandLine command, List<String> silent) {
        CommandLine.Model.CommandSpec spec = command.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        if (spec.usageMessage().description().length == 0) {
            silent.add(path);
        }
        spec.options().stream().filter(option -> !option.hidden() && option.description().length == 0)
                .forEach(option -> silent.add(path + " " + option.longestName()));
        spec.positionalParameters().stream().filter(parameter -> parameter.description().length == 0)
                .forEach(parameter -> silent.add(path + " " + parameter.paramLabel()));
        command.getSubcommands().forEach((name, child) -> silent(path + " " + name, child, silent));
    }

    @Test
    void every_alert_has_its_place_in_the_operators_guide() throws IOException {
        String guide = Files.readString(Path.of("docs/what-if.md"));
        assertThat(AlertRule.values()).allSatisfy(rule -> assertThat(guide).contains(rule.level() + " " + rule.word()));
    }

    @Test
    void the_table_of_alerts_is_what_the_rules_are() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/monitoring.md"))) {
            Matcher row = ALERT.matcher(line);
            if (row.matches()) {
                rows.add(row.group(1) + " " + row.group(2) + " " + row.group(3));
            }
        }
        assertThat(rows).containsExactlyElementsOf(Arrays.stream(AlertRule.values())
                .map(rule -> rule.word() + " " + rule.level() + " " + rule.coolDown().toMinutes()).collect(Collectors.toList()));
        assertThat(new TreeSet<>(rows)).hasSameSizeAs(rows);
    }
}
