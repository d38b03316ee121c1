package quantumbtc.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import quantumbtc.db.Database;
import quantumbtc.db.DatabaseUrl;
import quantumbtc.db.Schema;
import quantumbtc.testing.TestServers.Version;

/** A database of its own on a shared real server; dropped when closed. */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    /** The schema is made once a server and copied: quicker than to make it for each test. */
    private static final Map<Version, TestDatabase> TEMPLATES = new ConcurrentHashMap<>();

    private final EmbeddedPostgres server;
    private final String name;
    private final String url;
    private final Database database;

    private TestDatabase(EmbeddedPostgres server, String name, String url) {
        this.server = server;
        this.name = name;
        this.url = url;
        this.database = new Database(DatabaseUrl.parse(url), 12);
    }

    /** A database that another process made, and drops. */
    public static TestDatabase at(String url) {
        return new TestDatabase(null, null, url);
    }

    /** A copy of this one, which nobody may be connected to but this object. */
    public TestDatabase copy() {
        String copy = nextName();
        execute(server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        execute(server, "CREATE DATABASE " + copy + " TEMPLATE " + name);
        return of(server, copy);
    }

    private static String nextName() {
        return "test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    }

    private static TestDatabase of(EmbeddedPostgres server, String name) {
        return new TestDatabase(server, name, "postgres://postgres@127.0.0.1:" + server.getPort() + "/" + name);
    }

    /** Empty, on PostgreSQL 18. */
    public static TestDatabase empty() {
        return empty(Version.V18);
    }

    public static TestDatabase empty(Version version) {
        EmbeddedPostgres server = TestServers.server(version);
        String name = nextName();
        execute(server, "CREATE DATABASE " + name);
        return of(server, name);
    }

    /** With users, the legacy table under its default name, and the Quantum schema. */
    public static TestDatabase withSchema(Version version) {
        return TEMPLATES.computeIfAbsent(version, TestDatabase::template).copy();
    }

    /** As {@link #withSchema}, but made anew, for what depends on the server's roles as they are now. */
    public static TestDatabase withSchemaMadeNow(Version version) {
        TestDatabase test = empty(version);
        LegacySchema.create(test.database);
        test.schema().apply();
        return test;
    }

    private static TestDatabase template(Version version) {
        TestDatabase template = withSchemaMadeNow(version);
        template.database.close();
        return template;
    }

    public static TestDatabase withSchema() {
        return withSchema(Version.V18);
    }

    public Schema schema() {
        return new Schema(database, 2_000, 8);
    }

    public Database database() {
        return database;
    }

    /** As DATABASE_URL has it. */
    public String url() {
        return url;
    }

    /** Runs statements as they are. */
    public void execute(String sql) {
        try (Connection connection = database.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed: " + e.getMessage(), e);
        }
    }

    /** The one value of a query; null when it is NULL. */
    public <T> T value(String sql, Class<T> type) {
        try (Connection connection = database.dataSource().getConnection();
             Statement statement = connection.createStatement();
             ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getObject(1, type);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed: " + e.getMessage(), e);
        }
    }

    public long count(String table) {
        return value("SELECT count(*) FROM " + table, Long.class);
    }

    @Override
    public void close() {
        database.close();
        if (server == null) {
            return;
        }
        execute(server, "DROP DATABASE " + name + " WITH (FORCE)");
    }

    private static void execute(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed", e);
        }
    }
}
