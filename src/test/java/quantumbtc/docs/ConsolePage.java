package quantumbtc.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page of documentation with blocks of commands, each of them followed by what it answers. */
final class ConsolePage {

    private static final String BEGIN = "```console";
    private static final String END = "```";
    private static final String PROMPT = "$ ";

    /** A line of text as it is, or a command with its answer. */
    sealed interface Part {
    }

    record Text(String line) implements Part {
    }

    /** @param answer lines; empty when the page shows none */
    record Command(String line, List<String> answer) implements Part {
    }

    private final List<Part> parts;

    ConsolePage(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    static ConsolePage read(Path file) throws IOException {
        List<Part> parts = new ArrayList<>();
        boolean console = false;
        for (String line : Files.readAllLines(file)) {
            if (console && line.startsWith(PROMPT)) {
                parts.add(new Command(line.substring(PROMPT.length()), new ArrayList<>()));
            } else if (console && !line.equals(END)) {
                ((Command) parts.get(parts.size() - 1)).answer().add(line);
            } else {
                console = line.equals(BEGIN);
                parts.add(new Text(line));
            }
        }
        return new ConsolePage(parts);
    }

    List<Part> parts() {
        return parts;
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Text text) {
                lines.add(text.line());
            } else if (part instanceof Command command) {
                lines.add(PROMPT + command.line());
                lines.addAll(command.answer());
            }
        }
        Files.write(file, lines);
    }
}
