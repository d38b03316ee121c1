package quantumbtc.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The secret of the timers outside. Without a configured one nothing matches. */
public final class CronSecret {

    private final byte[] digest;

    public CronSecret(Optional<String> secret) {
        this.digest = secret.map(CronSecret::digest).orElse(null);
    }

    /** Takes the same time whatever is given, so that the secret cannot be guessed letter by letter. */
    public boolean matches(String given) {
        return digest != null && given != null && MessageDigest.isEqual(digest, digest(given));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
