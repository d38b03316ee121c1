package quantumbtc.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;

/**
 * Who is signed in, where the deployment keeps a list of it: a token that is not in the list was signed out, and names
 * nobody any more although its time is not over. Without a list every token holds until it ends.
 */
public final class Sessions {

    private final Jdbi jdbi;
    private final String table;
    private final String column;

    /**
     * @param place table and column of the tokens' SHA-256 as lower-case hex, such as {@code sessions.token_hash}; a schema may precede them
     * @throws Refused when there is no such column
     */
    public Sessions(Jdbi jdbi, Optional<String> place) {
        this.jdbi = jdbi;
        List<String> names = place.map(text -> Arrays.asList(text.split("\\."))).orElse(List.of());
        this.table = names.stream().limit(Math.max(0, names.size() - 1)).map(Sessions::quoted).collect(Collectors.joining("."));
        this.column = names.isEmpty() ? null : quoted(names.get(names.size() - 1));
        if (column != null) {
            requireColumn(place.orElseThrow());
        }
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private void requireColumn(String place) {
        try {
            hold("");
        } catch (JdbiException e) {
            throw new Refused("setting jwt.sessions-column is " + place + "; it must name a text column that can be read, such as "
                    + "sessions.token_hash. Nothing was changed.", e);
        }
    }

    /** @throws Problem 401 when the token was signed out */
    void require(String token) {
        if (column != null && !hold(token)) {
            throw Problem.signedOut();
        }
    }

    private boolean hold(String token) {
        return jdbi.withHandle(handle -> handle.createQuery(Sql.of("http/is-signed-in")).define("table", table).define("column", column)
                .bind("hash", sha256(token)).mapTo(Boolean.class).one());
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
