package quantumbtc.db;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the numbered DDL of {@code schema/}. Each file runs in its own transaction under a short lock_timeout, so
 * that waiting for a lock never queues live writers behind us; a time-out is tried again with back-off and jitter.
 */
public final class Schema {

    private static final Logger log = LoggerFactory.getLogger(Schema.class);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final long FIRST_WAIT_MS = 250;
    private static final long LONGEST_WAIT_MS = 30_000;

    private final Database database;
    private final int lockTimeoutMs;
    private final int attempts;

    /**
     * @param lockTimeoutMs longest wait for one lock, milliseconds
     * @param attempts      how often in all, at least 1
     */
    public Schema(Database database, int lockTimeoutMs, int attempts) {
        this.database = database;
        this.lockTimeoutMs = lockTimeoutMs;
        this.attempts = attempts;
    }

    /** True when our tables are there, at whatever version. Writes nothing. */
    public boolean exists() {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT to_regclass('quantum_ops.flyway_schema_history') IS NOT NULL")
                .mapTo(Boolean.class).one());
    }

    /**
     * Brings the schema to the newest version. Safe to repeat.
     *
     * @return how many files were applied
     * @throws Refused when a lock could not be had; what was applied before stays, and a repeat goes on from there
     */
    public int apply() {
        Flyway flyway = flyway();
        for (int attempt = 1; ; attempt++) {
            try {
                MigrateResult result = flyway.migrate();
                return result.migrationsExecuted;
            } catch (FlywayException e) {
                if (!lockTimedOut(e)) {
                    throw e;
                }
                if (attempt >= attempts) {
                    throw new Refused("the schema could not be changed: a lock was not free within " + lockTimeoutMs
                            + " ms in " + attempts + " attempts. Steps already applied stay; run it again when the long "
                            + "transaction on users or the Quantum tables has ended.", e);
                }
                pause(attempt);
            }
        }
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:schema")
                .schemas("quantum_ops")
                .defaultSchema("quantum_ops")
                .createSchemas(true)
                .placeholders(java.util.Map.of("lock_timeout", lockTimeoutMs + "ms"))
                .baselineOnMigrate(false)
                .validateMigrationNaming(true)
                .load();
    }

    private void pause(int attempt) {
        long ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << Math.min(attempt, 10));
        long wait = ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1);
        log.info("schema: a lock was not free within {} ms; attempt {} of {} follows in {} ms", lockTimeoutMs, attempt + 1, attempts, wait);
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("the schema change was interrupted; steps already applied stay", e);
        }
    }

    private static boolean lockTimedOut(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
