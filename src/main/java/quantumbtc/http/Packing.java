package quantumbtc.http;

import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Message;

/** Compresses what is sent to those who take it so. */
final class Packing {

    /** Less than about one packet is not worth it. */
    private static final int LEAST = 1_400;

    private Packing() {
    }

    static boolean taken(HttpServerRequest request) {
        String accepted = request.getHeader("Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    /** Gives the message its body, compressed when that is worth it, and the headers that tell. */
    static void pack(String text, HttpServerRequest request, Message message) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        boolean packs = body.length >= LEAST && taken(request);
        message.setHeader("Vary", "Accept-Encoding");
        if (packs) {
            message.setHeader("Content-Encoding", "gzip");
        }
        message.setBody(packs ? packed(body) : body);
    }

    static byte[] packed(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 3 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
