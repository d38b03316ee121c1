package quantumbtc.bench;

import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import quantumbtc.db.Database;
import quantumbtc.db.DatabaseUrl;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;

/** A new database on a server that runs anyway. No other database of that server is touched. */
final class ThrowawayDatabase implements Place {

    private final DatabaseUrl server;
    private final String name = "quantum_btc_bench_" + UUID.randomUUID().toString().substring(0, 8);

    /** @param server any database of the server */
    ThrowawayDatabase(DatabaseUrl server) {
        this.server = server;
    }

    /** @throws Refused when the role may not create a database or order a checkpoint; nothing was created */
    @Override
    public void start() {
        try {
            execute("CHECKPOINT");
            execute("CREATE DATABASE " + name);
        } catch (JdbiException e) {
            throw new Refused("the benchmark needs a role that may create a database and order a checkpoint: " + Sql.firstLine(e.getCause())
                    + ". Nothing was created.", e);
        }
    }

    @Override
    public DatabaseUrl url() {
        String anyDatabase = server.jdbcUrl();
        return new DatabaseUrl(anyDatabase.substring(0, anyDatabase.lastIndexOf('/') + 1) + name, server.user(), server.password(),
                server.parameters(), server.pooler());
    }

    /** Other databases of the server use its processors, too. */
    @Override
    public Double cpuSeconds() {
        return null;
    }

    @Override
    public String name() {
        return "database " + name;
    }

    @Override
    public void close() {
        execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private void execute(String statement) {
        try (Database database = new Database(server, 1)) {
            database.jdbi().useHandle(handle -> handle.execute(statement));
        }
    }
}
