package quantumbtc.cli;

import java.io.Console;
import java.nio.file.Path;

/** Where the command was called from: a person at a terminal, or a script in some folder. */
final class Terminal {

    private Terminal() {
    }

    /** True when a person watches standard output. */
    static boolean isInteractive() {
        return System.console() != null;
    }

    /** @return what was typed; empty when nobody is there to type */
    static String ask(String question) {
        Console console = System.console();
        String typed = console == null ? null : console.readLine("%s", question);
        return typed == null ? "" : typed.trim();
    }

    /** A file as the caller means it: relative to the folder in which the start script was called. */
    static String path(String file) {
        return Path.of(System.getProperty("caller.directory", ".")).resolve(file).toAbsolutePath().normalize().toString();
    }
}
