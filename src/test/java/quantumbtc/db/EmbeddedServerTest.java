package quantumbtc.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {

    @TempDir
    private Path folder;

    @Test
    void keeps_its_data_and_its_promises() {
        Path data = folder.resolve("postgres");
        EmbeddedServer first = EmbeddedServer.startOrAttach(data);
        try (Database database = new Database(first.url(), 4)) {
            database.jdbi().useHandle(handle -> handle.execute("CREATE TABLE kept AS SELECT 42 AS answer"));
        }
        first.close();
        assertThat(Files.exists(data.resolve("postmaster.pid"))).isFalse();

        EmbeddedServer again = EmbeddedServer.startOrAttach(data);
        try (Database database = new Database(again.url(), 4)) {
            assertThat(one(database, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(one(database, "SHOW fsync")).isEqualTo("on");
            assertThat(one(database, "SHOW synchronous_commit")).isEqualTo("on");
        }
        again.close();
    }

    @Test
    void is_stopped_by_the_last_that_works_with_it() {
        Path data = folder.resolve("postgres");
        EmbeddedServer first = EmbeddedServer.startOrAttach(data);
        EmbeddedServer second = EmbeddedServer.startOrAttach(data);
        assertThat(second.url()).isEqualTo(first.url());
        try (Database other = new Database(second.url(), 4)) {
            first.close();
            assertThat(one(other, "SELECT 42")).isEqualTo("42");
        }
        second.close();
        assertThat(Files.exists(data.resolve("postmaster.pid"))).isFalse();
    }

    private static String one(Database database, String sql) {
        return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
    }
}
