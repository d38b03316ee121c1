package quantumbtc.db;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where the database is: {@code postgres://user:password@host:port/db?sslmode=require}, as libpq writes it.
 *
 * @param jdbcUrl    the same place as the JDBC driver writes it, without user and password; never null
 * @param user       null when the URL names none
 * @param password   null when the URL names none; never printed
 * @param parameters connection properties of the driver; never null
 * @param pooler     true when a transaction pooler answers there (port 6543, or {@code pgbouncer=true}):
 *                   no session settings, no session locks, no named prepared statements
 */
public record DatabaseUrl(String jdbcUrl, String user, String password, Map<String, String> parameters, boolean pooler) {

    private static final int TRANSACTION_POOLER_PORT = 6543;
    private static final String PERCENT = "write special characters of the password as %XX";
    private static final Pattern HOSTS = Pattern.compile("((\\[[^\\]]*]|[^:,]*)(:\\d+)?(,|$))+");

    /** libpq's names, and what the JDBC driver calls the same thing. Names not listed are the same in both. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "target_session_attrs", "targetServerType",
            "channel_binding", "channelBinding",
            "gssencmode", "gssEncMode");

    /** Written by other clients into the same URL; the driver knows them not and refuses none. */
    private static final Map<String, String> TARGET_SESSION = Map.of(
            "read-write", "primary", "primary", "primary", "standby", "secondary",
            "prefer-standby", "preferSecondary", "any", "any", "read-only", "secondary");

    /** As {@link #parse(String, String)}, of the variable {@code DATABASE_URL}. */
    public static DatabaseUrl parse(String text) {
        return parse("DATABASE_URL", text);
    }

    /**
     * @param variable as it is named in errors
     * @param text     the URL; the schemes postgres, postgresql and jdbc:postgresql are taken
     * @throws Refused when it cannot be read; the message never contains the password
     */
    public static DatabaseUrl parse(String variable, String text) {
        try {
            return read(text);
        } catch (Unreadable e) {
            throw new Refused(variable + " cannot be read: " + e.getMessage()
                    + ". Expected postgres://user:password@host:port/db?sslmode=require. Nothing was changed.");
        }
    }

    private static DatabaseUrl read(String text) {
        String plain = text.trim();
        if (plain.startsWith("jdbc:")) {
            plain = plain.substring("jdbc:".length());
        }
        URI uri;
        try {
            uri = new URI(plain);
        } catch (URISyntaxException e) {
            throw new Unreadable("character " + (e.getIndex() + 1) + " is not allowed there; " + PERCENT);
        }
        if (!"postgres".equals(uri.getScheme()) && !"postgresql".equals(uri.getScheme())) {
            throw new Unreadable("the scheme must be postgres or postgresql");
        }
        String authority = uri.getRawAuthority();
        if (authority == null || authority.isEmpty()) {
            throw new Unreadable("it names no host");
        }
        // A password with one of / ? # in it would be cut there, and its beginning be taken for the host, which errors name.
        if (uri.getRawFragment() != null || (uri.getRawPath() + uri.getRawQuery()).contains("@")) {
            throw new Unreadable("/, ? or # comes before the @; " + PERCENT);
        }
        int at = authority.lastIndexOf('@');
        String hosts = authority.substring(at + 1);
        if (!HOSTS.matcher(hosts).matches()) {
            throw new Unreadable("what follows a host's colon is no port number");
        }
        String user = null;
        String password = null;
        if (at >= 0) {
            String[] credentials = authority.substring(0, at).split(":", 2);
            user = decoded(credentials[0]);
            password = credentials.length > 1 ? decoded(credentials[1]) : null;
        }
        String database = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("^/", "");
        Map<String, String> query = query(uri.getRawQuery());
        user = query.containsKey("user") ? query.remove("user") : user;
        password = query.containsKey("password") ? query.remove("password") : password;
        if (database.isEmpty() && user != null) {
            database = user;
        }
        boolean pooler = "true".equals(query.remove("pgbouncer")) || hosts.endsWith(":" + TRANSACTION_POOLER_PORT);
        return new DatabaseUrl("jdbc:postgresql://" + hosts + "/" + database, user, password,
                driverParameters(query, pooler), pooler);
    }

    private static Map<String, String> driverParameters(Map<String, String> query, boolean pooler) {
        Map<String, String> parameters = new TreeMap<>();
        query.forEach((name, value) -> {
            switch (name) {
                case "target_session_attrs" -> parameters.put("targetServerType", TARGET_SESSION.getOrDefault(value, "any"));
                case "sslrootcert" -> {
                    if ("system".equals(value)) {
                        parameters.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
                    } else {
                        parameters.put(name, value);
                    }
                }
                default -> parameters.put(DRIVER_NAMES.getOrDefault(name, name), value);
            }
        });
        if (pooler) {
            // The pooler hands each transaction to any server session: a statement prepared on one is unknown to the next.
            parameters.put("prepareThreshold", "0");
        }
        return parameters;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (raw == null) {
            return pairs;
        }
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                String[] both = pair.split("=", 2);
                pairs.put(decoded(both[0]), both.length > 1 ? decoded(both[1]) : "");
            }
        }
        return pairs;
    }

    private static String decoded(String raw) {
        // URLDecoder reads "+" as a space, which is right in a form and wrong in a password.
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Says why, without the URL. */
    private static final class Unreadable extends RuntimeException {

        Unreadable(String why) {
            super(why);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return (user == null ? "" : user + "@") + jdbcUrl.substring("jdbc:postgresql://".length());
    }
}
