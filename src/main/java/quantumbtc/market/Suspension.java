package quantumbtc.market;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import quantumbtc.db.Sql;

/** Whether generation is suspended. The database knows, so all nodes agree. */
public final class Suspension {

    /**
     * @param reason  type and description of the anomaly that suspended
     * @param endsAt  first instant at which signals may be generated again
     */
    public record Open(String reason, Instant endsAt) {
    }

    private final Jdbi jdbi;
    private final Clock clock;

    public Suspension(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The suspension that ends last; empty when there is none. One that is over is ended, and the end is logged. */
    public Optional<Open> current() {
        resume();
        return jdbi.withHandle(handle -> handle.createQuery(Sql.of("market/find-suspension"))
                .bind("now", clock.instant())
                .map((row, context) -> new Open(row.getString("anomaly_type") + ": " + row.getString("description"),
                        row.getObject("ends_at", java.time.OffsetDateTime.class).toInstant()))
                .findOne());
    }

    /** Logs the end of what is over. Safe on many nodes at once: the end is logged once. After a rollback there is nothing to end. */
    public void resume() {
        jdbi.useHandle(handle -> {
            if (handle.createQuery("SELECT to_regclass('public.quantum_anomaly_logs') IS NOT NULL").mapTo(Boolean.class).one()) {
                handle.createUpdate(Sql.of("market/end-suspensions")).bind("now", clock.instant()).execute();
            }
        });
    }

    /** @throws Suspended while a suspension is open */
    public void refuseWhileOpen() {
        current().ifPresent(open -> {
            throw new Suspended(open);
        });
    }
}
