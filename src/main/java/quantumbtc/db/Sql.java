package quantumbtc.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Reads statements from {@code sql/<package>/<verb-noun>.sql} on the classpath; each file is one statement. */
public final class Sql {

    private static final ConcurrentHashMap<String, String> TEXTS = new ConcurrentHashMap<>();

    private Sql() {
    }

    /**
     * @param name package and file without ending, such as {@code migration/open-chunk}
     * @return the statement's text, without comment lines
     * @throws IllegalArgumentException when there is no such file
     */
    public static String of(String name) {
        return TEXTS.computeIfAbsent(name, Sql::read);
    }

    private static String read(String name) {
        String path = "/sql/" + name + ".sql";
        try (InputStream in = Sql.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no statement file " + path + " on the classpath");
            }
            // Comments are for readers: an apostrophe in one would look like a quote to the parser of named parameters.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.stripLeading().startsWith("--"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("statement file " + path + " cannot be read", e);
        }
    }
}
