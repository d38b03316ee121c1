package quantumbtc.migration;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quantumbtc.db.DatabaseUrl;

/**
 * A pg_dump program and the pg_restore beside it.
 *
 * @param program the file
 * @param major   its major version
 */
record PgDump(Path program, int major) {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final int MOST_OUTPUT = 1 << 24;

    /** Those that run, in the order of the path. */
    static List<PgDump> onPath(String searchPath) {
        if (searchPath == null) {
            return List.of();
        }
        List<PgDump> found = new ArrayList<>();
        for (String folder : searchPath.split(File.pathSeparator)) {
            Path program = Path.of(folder).resolve("pg_dump");
            if (!folder.isEmpty() && Files.isExecutable(program)) {
                try {
                    Matcher version = VERSION.matcher(output(new ProcessBuilder(program.toString(), "--version")));
                    if (version.find()) {
                        found.add(new PgDump(program, Integer.parseInt(version.group(1))));
                    }
                } catch (IOException e) {
                    // One that does not even tell its version is none.
                }
            }
        }
        return found;
    }

    /**
     * Dumps the whole database in the custom format, and has pg_restore read it back.
     *
     * @return the tables whose rows are in it
     * @throws IOException when either program fails; the message is theirs
     */
    List<String> run(DatabaseUrl url, Path file) throws IOException {
        ProcessBuilder dump = new ProcessBuilder(program.toString(), "--format=custom", "--no-password", "--file=" + file);
        Map<String, String> environment = dump.environment();
        // What the caller's environment says of another server must not lead the dump there.
        environment.keySet().removeIf(name -> name.startsWith("PG") && !name.equals("PGPASSFILE"));
        // The password goes by the environment: a command line can be read by everybody on the machine.
        environment.putAll(LibpqEnvironment.of(url));
        output(dump);
        Path restore = program.resolveSibling("pg_restore");
        List<String> tables = output(new ProcessBuilder(restore.toString(), "--list", file.toString())).lines()
                .filter(line -> line.contains(" TABLE DATA "))
                .map(line -> line.substring(line.indexOf(" TABLE DATA ") + " TABLE DATA ".length()).split(" "))
                .map(words -> words[0] + "." + words[1]).toList();
        if (tables.isEmpty() || Files.size(file) == 0) {
            throw new IOException("the dump holds no table");
        }
        return tables;
    }

    private static String output(ProcessBuilder command) throws IOException {
        command.environment().put("LC_ALL", "C");
        java.lang.Process process = command.redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            byte[] said = process.getInputStream().readNBytes(MOST_OUTPUT);
            int code = process.waitFor();
            String text = new String(said, StandardCharsets.UTF_8).trim();
            if (code != 0) {
                String program = Path.of(command.command().get(0)).getFileName().toString();
                throw new IOException(program + " ended with " + code + ": " + String.join(" ", Arrays.asList(text.split("\\s*\n\\s*"))));
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.command().get(0) + " was running", e);
        } finally {
            process.destroy();
        }
    }
}
