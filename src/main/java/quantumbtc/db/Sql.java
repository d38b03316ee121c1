package quantumbtc.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.postgresql.util.PSQLException;

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

    /**
     * Runs a statement that had to be built because it contains names found in the database. It is sent as it is:
     * a name may hold any character that a parameter parser would trip over.
     *
     * @throws IllegalStateException when the server refuses it; the cause carries its SQLSTATE
     */
    public static void run(Handle handle, String text) {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The server's SQLSTATE for a failure, wherever in the chain of causes it is; empty when there is none. */
    public static String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    /**
     * The server's message with its details, such as which objects depend on a table, in one line. Exceptions come without
     * details, as those may hold values of rows.
     */
    public static String detailed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException sql && sql.getServerErrorMessage() != null && sql.getServerErrorMessage().getDetail() != null) {
                return (sql.getMessage() + ". " + sql.getServerErrorMessage().getDetail()).replaceAll("\\s*\n\\s*", ", ") + ".";
            }
        }
        return failure.getMessage();
    }

    /** The first line of a failure's message, without the names of classes, which say nothing to an operator. */
    public static String firstLine(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return text.lines().findFirst().orElse("").replaceFirst("^(?:[a-zA-Z0-9_]+\\.)+\\w+: ", "");
    }

    /** True when a failure means that the database does not answer, or broke the connection, and not that it refused a statement. */
    public static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = String.valueOf(sql.getSQLState());
                // 57P: it is being shut down or started. The pool gives no state when it has no connection to give.
                if (sql instanceof SQLTransientConnectionException || state.startsWith("08") || state.startsWith("57P")) {
                    return true;
                }
            }
        }
        return false;
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
