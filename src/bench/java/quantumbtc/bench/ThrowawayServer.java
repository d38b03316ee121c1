package quantumbtc.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import quantumbtc.db.Database;
import quantumbtc.db.DatabaseUrl;
import quantumbtc.db.EmbeddedServer;
import quantumbtc.db.Refused;

/** An embedded PostgreSQL server in a folder of its own, with fsync on. */
final class ThrowawayServer implements Place {

    private static final long BYTES_A_ROW = 8_000;
    private static final long BYTES_OF_A_SERVER = 4_000_000_000L;

    private final Path folder;
    private final EmbeddedServer server;

    /** @throws Refused when the disk has too little room for so many legacy rows; nothing was written */
    ThrowawayServer(int rows) throws IOException {
        folder = Files.createTempDirectory("quantum-btc-bench");
        requireRoom(rows);
        server = EmbeddedServer.startOrAttach(data());
    }

    private void requireRoom(int rows) throws IOException {
        long needed = BYTES_OF_A_SERVER + BYTES_A_ROW * rows;
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed) {
            Files.delete(folder);
            throw new Refused("the benchmark needs about " + (needed >> 20) + " MB in " + folder.getParent() + ", free are "
                    + (free >> 20) + " MB. Choose another place by -Djava.io.tmpdir in JAVA_OPTS. Nothing was written.");
        }
    }

    private Path data() {
        return folder.resolve("postgres");
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
    public void close() throws IOException {
        // A session of a way that was interrupted would keep the server running.
        try (Database database = new Database(server.url(), 1)) {
            database.jdbi().useHandle(handle -> handle.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    + "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"));
        }
        server.close();
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
