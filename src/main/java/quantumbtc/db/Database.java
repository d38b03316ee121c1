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
