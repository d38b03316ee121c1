package quantumbtc.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.postgresql.PGConnection;

/**
 * The pool of connections to the one database that holds both the legacy and the Quantum tables.
 * Sessions run in UTC and give auto-commit connections; a bean that needs a transaction opens it.
 */
public final class Database implements AutoCloseable {

    private static final int FEWEST_CONNECTIONS = 4;

    private final DatabaseUrl url;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    /**
     * @param connections most connections at a time, at least 4
     * @throws Refused when nothing answers there within 10 s; the message names host and database, never the password
     */
    public Database(DatabaseUrl url, int connections) {
        // The driver gives each session the zone of the JVM; legacy times without a zone are UTC.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        this.url = url;
        HikariConfig config = new HikariConfig();
        config.setPoolName("quantum-btc");
        config.setJdbcUrl(url.jdbcUrl());
        config.setUsername(url.user());
        config.setPassword(url.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "quantum-btc");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // Details of an error hold values of rows, and errors are logged.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        url.parameters().forEach(config::addDataSourceProperty);
        this.pool = new HikariDataSource(config);
        this.jdbi = Jdbi.create(pool);
        // A message with the statement's values would carry users' data into logs and answers.
        this.jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        this.jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(false);
        answer();
    }

    private void answer() {
        try (Connection connection = pool.getConnection()) {
            connection.isValid(5);
        } catch (SQLException e) {
            pool.close();
            throw new Refused("database " + url + " does not answer: " + rootMessage(e) + ". Nothing was changed.", e);
        }
    }

    /**
     * The legacy table and ours must be in one database, since a row, its checkpoint and a noted change commit together.
     *
     * @param legacy where the legacy table is said to be
     * @throws Refused when that is another database, or does not answer
     */
    public void mustHold(DatabaseUrl legacy) {
        if (legacy.jdbcUrl().equals(url.jdbcUrl())) {
            return;
        }
        try (Database other = new Database(legacy, FEWEST_CONNECTIONS)) {
            if (!other.identity().equals(identity())) {
                throw new Refused("atge.database-url (" + legacy + ") and database.url (" + url + ") are two databases; the legacy table and "
                        + "the Quantum tables must be in one. Leave ATGE_DATABASE_URL empty, or set both to the same. Nothing was changed.");
            }
        }
    }

    private String identity() {
        return jdbi.withHandle(handle -> handle.createQuery(Sql.of("db/identify-database")).mapTo(String.class).one());
    }

    private static String rootMessage(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage();
    }

    public DataSource dataSource() {
        return pool;
    }

    /** Statements with named parameters and records, on connections of the same pool. */
    public Jdbi jdbi() {
        return jdbi;
    }

    public DatabaseUrl url() {
        return url;
    }

    /** The driver's own view of a pooled connection, for COPY. */
    public static PGConnection postgres(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class);
    }

    @Override
    public void close() {
        pool.close();
    }
}
