package quantumbtc.validation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;

/**
 * Lets one validation run at a time. A row with a heartbeat on the server's clock, so it works through a transaction
 * pooler and over many nodes; a run that was killed falls silent and is taken over.
 */
public final class ValidationLease {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String NO_TABLE = "42P01";
    private static final Set<String> STARTERS = Set.of("timer", "command", "rest");

    private final Database database;
    private final Clock clock;
    private final int leaseSeconds;

    /** @param leaseSeconds how long a run may be silent before another takes over */
    public ValidationLease(Database database, Clock clock, int leaseSeconds) {
        this.database = database;
        this.clock = clock;
        this.leaseSeconds = leaseSeconds;
    }

    /**
     * @param starter timer, command or rest; anything else counts as rest
     * @throws Refused when another validation is under way, or after a rollback; nothing was changed
     */
    public ValidationRun open(Object starter) {
        String who = STARTERS.contains(starter) ? (String) starter : "rest";
        ValidationRun run = new ValidationRun(UUID.randomUUID(), clock.instant());
        try {
            database.jdbi().useTransaction(handle -> {
                abandonSilentRun(handle);
                handle.createUpdate(Sql.of("validation/open-run"))
                        .bind("run_id", run.id()).bind("who", who).bind("process", process())
                        .bind("started_at", run.startedAt()).execute();
            });
        } catch (JdbiException e) {
            if (hasState(e, LOCK_NOT_AVAILABLE) || hasState(e, UNIQUE_VIOLATION)) {
                throw underWay("it is writing at this moment");
            }
            if (hasState(e, NO_TABLE)) {
                throw new Refused("there is nothing to judge: the Quantum tables are not in this database. Migrate or restore first.", e);
            }
            throw e;
        }
        return run;
    }

    private void abandonSilentRun(Handle handle) {
        handle.createQuery(Sql.of("validation/find-open-run")).bind("lease_seconds", leaseSeconds).mapToMap().findOne()
                .ifPresent(other -> {
                    if (!(Boolean) other.get("silent")) {
                        throw underWay("started by " + other.get("who") + " in " + other.get("process"));
                    }
                    handle.createUpdate(Sql.of("validation/abandon-run")).bind("run_id", other.get("run_id")).execute();
                });
    }

    private static Refused underWay(String detail) {
        return new Refused("a validation is already under way: " + detail + ". Nothing was changed; try again when it has ended.");
    }

    /** Says that the run is alive. */
    public void renew(ValidationRun run) {
        database.jdbi().useHandle(handle -> handle.createUpdate(Sql.of("validation/renew-lease")).bind("run_id", run.id()).execute());
    }

    int leaseSeconds() {
        return leaseSeconds;
    }

    /**
     * Keeps the run from being taken over until the transaction ends.
     *
     * @throws Refused when it was taken over already; the transaction is to be rolled back
     */
    static void hold(Handle handle, ValidationRun run) {
        handle.createQuery(Sql.of("validation/hold-run")).bind("run_id", run.id()).mapTo(UUID.class).findOne()
                .orElseThrow(() -> new Refused("validation " + run.id() + " was silent for too long and another took over. "
                        + "What it had not committed was not written."));
    }

    private static String process() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown host";
        }
        return host + " process " + ProcessHandle.current().pid();
    }

    private static boolean hasState(Throwable e, String state) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && state.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
