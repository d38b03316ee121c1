package quantumbtc.migration;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quantumbtc.db.DatabaseUrl;

/** Says where the database is in the environment variables of PostgreSQL's own programs. */
final class LibpqEnvironment {

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("sslmode", "PGSSLMODE"),
            Map.entry("sslrootcert", "PGSSLROOTCERT"),
            Map.entry("sslcert", "PGSSLCERT"),
            Map.entry("sslkey", "PGSSLKEY"),
            Map.entry("sslNegotiation", "PGSSLNEGOTIATION"),
            Map.entry("channelBinding", "PGCHANNELBINDING"),
            Map.entry("gssEncMode", "PGGSSENCMODE"),
            Map.entry("connectTimeout", "PGCONNECT_TIMEOUT"),
            Map.entry("options", "PGOPTIONS"));

    private LibpqEnvironment() {
    }

    static Map<String, String> of(DatabaseUrl url) {
        Map<String, String> environment = new LinkedHashMap<>();
        String place = url.jdbcUrl().substring("jdbc:postgresql://".length());
        int slash = place.indexOf('/');
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String server : place.substring(0, slash).split(",")) {
            int colon = server.lastIndexOf(':');
            boolean hasPort = colon > server.lastIndexOf(']');
            hosts.add((hasPort ? server.substring(0, colon) : server).replaceAll("[\\[\\]]", ""));
            ports.add(hasPort ? server.substring(colon + 1) : "5432");
        }
        environment.put("PGHOST", String.join(",", hosts));
        environment.put("PGPORT", String.join(",", ports));
        environment.put("PGDATABASE", decoded(place.substring(slash + 1)));
        if (url.user() != null) {
            environment.put("PGUSER", url.user());
        }
        if (url.password() != null) {
            environment.put("PGPASSWORD", url.password());
        }
        url.parameters().forEach((name, value) -> {
            if (NAMES.containsKey(name)) {
                environment.put(NAMES.get(name), value);
            }
        });
        if (url.parameters().getOrDefault("sslfactory", "").endsWith("DefaultJavaSSLFactory")) {
            environment.put("PGSSLROOTCERT", "system");
        }
        return environment;
    }

    private static String decoded(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
