package quantumbtc.monitoring;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where alerts go: endpoint URIs by their hash, as a URI may hold a password that no table should have. */
public final class AlertEndpoints {

    private static final int HASH_LENGTH = 16;

    private final Map<String, String> uris = new LinkedHashMap<>();

    /** @param uris of Camel endpoints; none means that nobody is told */
    public AlertEndpoints(List<String> uris) {
        uris.forEach(uri -> this.uris.put(hash(uri), uri));
    }

    private static String hash(String uri) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(uri.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    List<String> hashes() {
        return List.copyOf(uris.keySet());
    }

    /** @throws IllegalArgumentException when it is none of them */
    String uri(String hash) {
        String uri = uris.get(hash);
        if (uri == null) {
            throw new IllegalArgumentException("alerts.endpoints has no endpoint " + hash);
        }
        return uri;
    }
}
