package quantumbtc.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;

/**
 * The server and what our role may do there.
 *
 * @param versionNumber as server_version_num
 * @param startedAt     epoch seconds
 * @param dataDirectory null when our role may not know it
 */
record ServerFacts(int versionNumber, String version, String role, String database, String encoding, boolean replica, boolean readOnly,
                   boolean createOnDatabase, boolean createOnPublic, boolean authenticatedRole, long startedAt, String dataDirectory) {

    private static final int START_LINE = 2;

    static ServerFacts of(Handle handle) {
        return handle.createQuery(Sql.of("migration/plan-server"))
                .map((row, context) -> new ServerFacts(row.getInt("version_number"), row.getString("version"), row.getString("role"),
                        row.getString("database"), row.getString("encoding"), row.getBoolean("replica"), row.getBoolean("read_only"),
                        row.getBoolean("create_on_database"), row.getBoolean("create_on_public"), row.getBoolean("authenticated_role"),
                        row.getLong("started_at"), row.getString("data_directory")))
                .one();
    }

    /**
     * Free bytes on the server's disk; null when the server is elsewhere. A folder of the same name may exist on this
     * machine by chance, so the server's own start time in it has to agree.
     */
    Long freeBytes() {
        if (dataDirectory == null) {
            return null;
        }
        try {
            List<String> pidFile = Files.readAllLines(Path.of(dataDirectory, "postmaster.pid"));
            boolean sameServer = Math.abs(Long.parseLong(pidFile.get(START_LINE).trim()) - startedAt) <= 2;
            return sameServer ? Files.getFileStore(Path.of(dataDirectory)).getUsableSpace() : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
