package quantumbtc.signal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Where a signal's random numbers begin: it follows from what is stored with the trade, so it can be found again. */
public final class Seed {

    private Seed() {
    }

    /** @param generatedAt cut to milliseconds, as {@code btc_trades.generated_at} has it */
    public static long of(UUID user, Instant generatedAt) {
        String text = user + " " + generatedAt.truncatedTo(ChronoUnit.MILLIS).toEpochMilli();
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII))).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
