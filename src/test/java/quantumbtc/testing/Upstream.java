package quantumbtc.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers byte by byte what a test tells it to. */
public final class Upstream implements AutoCloseable {

    /** What is done with one request. The connection is kept for the next one, unless this closes the stream or throws. */
    public interface Behaviour {

        void answer(Wire.Head request, InputStream in, OutputStream out) throws Exception;
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<Wire.Head> requests = new CopyOnWriteArrayList<>();

    /** @param port 0 for a free one */
    public Upstream(int port) {
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.submit(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public Upstream on(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
        return this;
    }

    /** Answers these bytes, whatever is asked. */
    public Upstream on(String path, String answer) {
        return on(path, (request, in, out) -> {
            Wire.body(request, in);
            out.write(answer.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        });
    }

    /** Heads of all requests so far, in order. */
    public List<Wire.Head> requests() {
        return requests;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.submit(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more && !socket.isClosed()) {
                Wire.Head request = Wire.head(in);
                requests.add(request);
                behaviours.get(request.first().split(" ")[1].replaceFirst("\\?.*", "")).answer(request, in, socket.getOutputStream());
                socket.getOutputStream().flush();
                more = !"close".equalsIgnoreCase(request.get("Connection"));
            }
        } catch (Exception cut) {
            // The other side left, or the test wants the connection to break here.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
