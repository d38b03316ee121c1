package quantumbtc.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** HTTP/1 as it is on the wire, so that a test sees each header line and where a body really ends. */
public final class Wire {

    private Wire() {
    }

    /**
     * The head of a message.
     *
     * @param first   request or status line
     * @param headers lines as they came, in order
     */
    public record Head(String first, List<String> headers) {

        /** All values of a header, in order. */
        public List<String> all(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream().filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix)).map(line -> line.substring(prefix.length()).trim()).toList();
        }

        /** The first value; null when there is none. */
        public String get(String name) {
            List<String> all = all(name);
            return all.isEmpty() ? null : all.get(0);
        }

        public int status() {
            return Integer.parseInt(first.split(" ")[1]);
        }

        /** Name and values of every header but the given ones, names in lower case. */
        public Map<String, List<String>> without(String... names) {
            Map<String, List<String>> rest = new java.util.TreeMap<>();
            headers.forEach(line -> rest.computeIfAbsent(line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT), this::all));
            List.of(names).forEach(rest::remove);
            return rest;
        }
    }

    /** @param whole false when the connection ended before the body did */
    public record Answer(Head head, byte[] body, boolean whole) {

        public int status() {
            return head.status();
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Reads the lines before the empty one. @throws EOFException when the connection ends before */
    public static Head head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        if (lines.isEmpty()) {
            throw new EOFException("no head");
        }
        return new Head(lines.get(0), List.copyOf(lines.subList(1, lines.size())));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended within a head");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Reads one piece of a chunked body; empty at its end. */
    public static byte[] chunk(InputStream in) throws IOException {
        byte[] piece = exactly(in, Integer.parseInt(line(in), 16));
        line(in);
        return piece;
    }

    private static byte[] exactly(InputStream in, int bytes) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException(new String(read, StandardCharsets.ISO_8859_1));
        }
        return read;
    }

    /** The body that a head announces. */
    public static byte[] body(Head head, InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        copyBody(head, in, body);
        return body.toByteArray();
    }

    /** @return false when the connection ended before the body did; what came before is written */
    public static boolean copyBody(Head head, InputStream in, OutputStream to) throws IOException {
        if ("chunked".equals(head.get("Transfer-Encoding"))) {
            try {
                for (byte[] piece = chunk(in); piece.length > 0; piece = chunk(in)) {
                    to.write(piece);
                }
                return true;
            } catch (EOFException | java.net.SocketException cut) {
                return false;
            }
        }
        long left = head.get("Content-Length") == null ? 0 : Long.parseLong(head.get("Content-Length"));
        byte[] buffer = new byte[65_536];
        while (left > 0) {
            int read;
            try {
                read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            } catch (java.net.SocketException cut) {
                read = -1;
            }
            if (read < 0) {
                return false;
            }
            to.write(buffer, 0, read);
            left -= read;
        }
        return true;
    }

    /** Sends a request as it is and reads the answer; the request itself says how the connection ends. */
    public static Answer ask(int port, String head, byte[] body) {
        try (Socket socket = open(port)) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            return answer(socket.getInputStream(), head.startsWith("HEAD "));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(head, e);
        }
    }

    public static Answer answer(InputStream in, boolean bodiless) throws IOException {
        Head head = head(in);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (bodiless || head.status() == 204 || head.status() == 304) {
            return new Answer(head, new byte[0], true);
        }
        if (head.get("Content-Length") == null && head.get("Transfer-Encoding") == null) {
            in.transferTo(body);
            return new Answer(head, body.toByteArray(), true);
        }
        boolean whole = copyBody(head, in, body);
        return new Answer(head, body.toByteArray(), whole);
    }

    public static Socket open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Header lines of a request by name. */
    public static String request(String method, String path, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putIfAbsent("Host", "trades.example.org");
        all.putIfAbsent("Connection", "close");
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }
}
