package quantumbtc.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;

/** Planned maintenance: shown from an hour before until its end, and announced a day before. */
public final class Maintenance {

    private static final Logger log = LoggerFactory.getLogger(Maintenance.class);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int LONGEST_TEXT = 500;

    private final Jdbi jdbi;
    private final Clock clock;

    public Maintenance(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @throws Refused when the window is none, is over already or lasts longer than seven days, or nothing says what is done */
    public MaintenanceWindow plan(Instant from, Instant to, String what, String by) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new Refused("maintenance from " + from + " to " + to + " is no window of at most " + LONGEST.toDays()
                    + " days. Nothing was planned.");
        }
        if (!to.isAfter(clock.instant())) {
            throw new Refused("maintenance until " + to + " is over already. Nothing was planned.");
        }
        if (what.isBlank() || what.length() > LONGEST_TEXT) {
            throw new Refused("say what is done, in at most " + LONGEST_TEXT + " characters. Nothing was planned.");
        }
        MaintenanceWindow window = jdbi.withHandle(handle -> handle.createQuery(Sql.of("monitoring/plan-maintenance"))
                .bind("from", from).bind("to", to).bind("what", what.strip()).bind("by", by).bind("now", clock.instant())
                .map(ConstructorMapper.of(MaintenanceWindow.class)).one());
        log.info("maintenance {}: planned by {} from {} to {}", window.id(), by, from, to);
        return window;
    }

    /** The next first, then those of the last month. */
    public List<MaintenanceWindow> list() {
        return jdbi.withHandle(handle -> handle.createQuery(Sql.of("monitoring/list-maintenance")).bind("now", clock.instant())
                .map(ConstructorMapper.of(MaintenanceWindow.class)).list());
    }

    /** @throws Refused when there is none with this id that could be cancelled */
    public MaintenanceWindow cancel(long id, String by) {
        MaintenanceWindow window = jdbi.withHandle(handle -> handle.createQuery(Sql.of("monitoring/cancel-maintenance"))
                .bind("id", id).bind("by", by).bind("now", clock.instant()).map(ConstructorMapper.of(MaintenanceWindow.class)).findOne())
                .orElseThrow(() -> new Refused("there is no maintenance " + id + " that is still to come or under way. Nothing was changed."));
        log.info("maintenance {}: cancelled by {}", id, by);
        return window;
    }

    /** The one to be shown now. */
    Optional<MaintenanceWindow> shown(Handle handle) {
        return handle.createQuery(Sql.of("monitoring/find-maintenance")).bind("now", clock.instant())
                .map(ConstructorMapper.of(MaintenanceWindow.class)).findOne();
    }
}
