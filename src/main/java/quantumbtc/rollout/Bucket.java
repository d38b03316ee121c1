package quantumbtc.rollout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The bucket of a user, 0 to 99. It depends on the id alone, so every node and every later version gives the same; the
 * SQL function {@code quantum_ops.rollout_bucket} states it a second time.
 */
public final class Bucket {

    private static final String SALT = "quantum-btc rollout ";
    private static final int BUCKETS = 100;
    private static final int UNUSED_BITS = 4;

    private Bucket() {
    }

    public static int of(UUID user) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((SALT + user).getBytes(StandardCharsets.UTF_8));
            return (int) ((ByteBuffer.wrap(hash).getLong() >>> UNUSED_BITS) % BUCKETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }
}
