package quantumbtc.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;
import quantumbtc.db.Database;
import quantumbtc.db.DatabaseUrl;
import quantumbtc.db.EmbeddedServer;
import quantumbtc.db.Refused;

/** An embedded PostgreSQL server in a folder of its own, with fsync on. */
final class ThrowawayServer implements Place {

    private final Path folder;
    private EmbeddedServer server;

    /**
     * @param room bytes that the disk must have free; 0: not looked at
     * @throws Refused when it has less; nothing was written
     */
    ThrowawayServer(long room) throws IOException {
        folder = Files.createTempDirectory("quantum-btc-bench");
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < room) {
            Files.delete(folder);
            throw new Refused("the benchmark needs about " + (room >> 20) + " MB in " + folder.getParent() + ", free are "
                    + (free >> 20) + " MB. Choose another place by -Djava.io.tmpdir in JAVA_OPTS. Nothing was written.");
        }
    }

    private Path data() {
        return folder.resolve("postgres");
    }

    @Override
    public void start() {
        server = EmbeddedServer.startOrAttach(data());
    }

    @Override
    public DatabaseUrl url() {
        return server.url();
    }

    @Override
    public Double cpuSeconds() {
        return new ServerCpu(data()).seconds();
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            // A session of a way that was interrupted would keep the server running.
            try (Database database = new Database(server.url(), 1)) {
                database.jdbi().useHandle(handle -> handle.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        + "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"));
            }
            server.close();
        }
        FileSystemUtils.deleteRecursively(folder);
    }
}
