package quantumbtc.db;

import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Applies the numbered DDL of {@code schema/}. Each file runs in its own transaction under a short lock_timeout, so
 * that waiting for a lock never queues live writers behind us; a time-out is tried again with back-off and jitter.
 */
public final class Schema {

    private static final String STEPS_STAY = "Steps already applied stay; run it again when the long transaction on users "
            + "or the Quantum tables has ended.";

    private final Database database;
    private final LockRetry locks;

    /**
     * @param lockTimeoutMs longest wait for one lock, milliseconds
     * @param attempts      how often in all, at least 1
     */
    public Schema(Database database, int lockTimeoutMs, int attempts) {
        this(database, new LockRetry(lockTimeoutMs, attempts));
    }

    public Schema(Database database, LockRetry locks) {
        this.database = database;
        this.locks = locks;
    }

    /** True when our tables are there, at whatever version. Writes nothing. */
    public boolean exists() {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT to_regclass('quantum_ops.flyway_schema_history') IS NOT NULL")
                .mapTo(Boolean.class).one());
    }

    /** True when the program carries the DDL up to that version. */
    public boolean knows(String version) {
        MigrationVersion wanted = MigrationVersion.fromVersion(version);
        return Arrays.stream(flyway(MigrationVersion.LATEST).info().all()).anyMatch(file -> wanted.equals(file.getVersion()));
    }

    /**
     * Brings the schema to the newest version. Safe to repeat.
     *
     * @return how many files were applied
     * @throws Refused when a lock could not be had; what was applied before stays, and a repeat goes on from there
     */
    public int apply() {
        return apply(MigrationVersion.LATEST);
    }

    /** As {@link #apply()}, up to a version and no further. */
    public int apply(String version) {
        return apply(MigrationVersion.fromVersion(version));
    }

    /**
     * As {@link #apply()}, in a database that has the table which ours refer to.
     *
     * @throws Refused also when that table is missing; then nothing was changed
     */
    public int applyBeside(String table) {
        boolean there = database.jdbi().withHandle(handle -> handle.createQuery("SELECT to_regclass(:table) IS NOT NULL")
                .bind("table", table).mapTo(Boolean.class).one());
        if (!there) {
            throw new Refused("database " + database.url() + " has no table " + table + ": it holds no ATGE deployment. "
                    + "Nothing was changed.");
        }
        return apply();
    }

    private int apply(MigrationVersion version) {
        try {
            return locks.run("the schema could not be changed", STEPS_STAY, () -> flyway(version).migrate().migrationsExecuted);
        } catch (FlywayValidateException e) {
            throw new Refused("the Quantum tables in " + database.url() + " were made by another version of this program, which "
                    + "changed a step that was already applied. Nothing was changed. Use that version, or roll back with it and start anew.", e);
        }
    }

    private Flyway flyway(MigrationVersion version) {
        FluentConfiguration configuration = Flyway.configure();
        // With a lock of the session, a file and its row in the history commit together; with a lock of a transaction
        // they are two, and a kill between them leaves tables that the history does not know. A pooler only has the latter.
        configuration.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class).setTransactionalLock(database.url().pooler());
        return configuration
                .dataSource(database.dataSource())
                .locations("classpath:schema")
                .schemas("quantum_ops")
                .defaultSchema("quantum_ops")
                .createSchemas(true)
                .placeholders(Map.of("lock_timeout", locks.lockTimeoutMs() + "ms"))
                .baselineOnMigrate(false)
                .validateMigrationNaming(true)
                .target(version)
                .load();
    }
}
