package quantumbtc.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A real PgBouncer in transaction mode before a test's database. */
public final class Pooler implements AutoCloseable {

    private final Process process;
    private final String url;

    private Pooler(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** True when the program is on the PATH, or where Debian puts it. */
    public static boolean isInstalled() {
        return program() != null;
    }

    private static Path program() {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(":"))
                .map(folder -> Path.of(folder, "pgbouncer")).filter(Files::isExecutable).findFirst().orElse(null);
    }

    public static Pooler before(TestDatabase test, Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String[] place = test.url().split("@")[1].split("[:/]");
        Path settings = Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%s user=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = 20
                """.formatted(place[1], port));
        List<String> words = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.addAll(List.of(program().toString(), "-q", settings.toString()));
        Process process = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile()).start();
        waitFor(port, process);
        return new Pooler(process, "postgres://postgres@127.0.0.1:" + port + "/" + place[2] + "?pgbouncer=true");
    }

    private static void waitFor(int port, Process process) throws InterruptedException {
        for (int i = 0; i < 100 && process.isAlive(); i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("pgbouncer does not answer");
    }

    /** As DATABASE_URL has it. */
    public String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
