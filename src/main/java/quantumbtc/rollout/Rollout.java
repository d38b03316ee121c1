package quantumbtc.rollout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;

/**
 * Which system serves which user. The percentage is one row of the database that every node reads for each request, so a
 * change holds everywhere at once; a user who is served by Quantum at a percentage is so at every higher one.
 */
public final class Rollout {

    private static final Logger log = LoggerFactory.getLogger(Rollout.class);

    private final Database database;
    private final RolloutLimits limits;
    private final Runnable drain;
    private final Clock clock;

    /** @param drain applies what ATGE has written so far; called before users change their system */
    public Rollout(Database database, RolloutLimits limits, Runnable drain, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.drain = drain;
        this.clock = clock;
    }

    /** Reads and counts; changes nothing. */
    public RolloutStatus status() {
        List<RolloutGate> gates = gates();
        return database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("rollout/read-rollout"))
                .map((row, context) -> new RolloutStatus(row.getInt("percent"), limits.stages(), gates,
                        gates.stream().allMatch(RolloutGate::ok), row.getLong("users"), row.getLong("on_quantum"),
                        row.getLong("overrides"), row.getObject("changed_at", OffsetDateTime.class).toInstant())).one());
    }

    /** The conditions as they are now. */
    public List<RolloutGate> gates() {
        Instant now = clock.instant();
        return database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("rollout/measure-gates"))
                .bind("since", at(now.minus(limits.window()))).bind("verifiedSince", at(now.minus(limits.verifiedWithin())))
                .map((row, context) -> gates(row)).one());
    }

    private List<RolloutGate> gates(ResultSet row) throws SQLException {
        return List.of(
                RolloutGate.most("error rate", row.getBigDecimal("error_percent"), limits.errorPercent(), "percent"),
                RolloutGate.least("API reliability", row.getBigDecimal("reliability"), limits.reliability(), "percent"),
                RolloutGate.least("data quality", row.getBigDecimal("quality"), limits.quality(), "points"),
                RolloutGate.most("sync lag", row.getBigDecimal("lag_seconds"), limits.lagSeconds(), "seconds"),
                RolloutGate.most("verification differences", row.getBigDecimal("differences"), 0, "rows"));
    }

    /**
     * Changes the percentage. Down is always allowed; up needs every gate, or a reason that goes on record.
     *
     * @param percent 0 to 100
     * @param by      who asks; never null
     * @param why     empty: no gate may be passed over
     * @throws IllegalArgumentException when percent is out of its range
     * @throws Refused                  when a gate is not met and no reason is given; the percentage is as it was, and the
     *                                  refusal is on record
     */
    public RolloutStatus set(int percent, String by, Optional<String> why) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("the percentage must be from 0 to 100, not " + percent);
        }
        List<String> against = gates().stream().filter(gate -> !gate.ok()).map(RolloutGate::says).toList();
        if (!against.isEmpty() && why.filter(reason -> !reason.isBlank()).isEmpty() && refuseUp(percent, by, against)) {
            throw new Refused("the rollout was not raised to " + percent + " %: " + String.join("; ", against)
                    + ". Nothing was changed. A reason (why) passes the gates over and goes on record.");
        }
        drainFor(percent);
        database.jdbi().useTransaction(handle -> {
            int old = lock(handle);
            if (percent != old) {
                boolean overridden = percent > old && !against.isEmpty();
                write(handle, percent);
                note(handle, "percent", String.valueOf(old), String.valueOf(percent), overridden ? "OVERRIDDEN" : "CHANGED",
                        by, why.orElse(null), percent > old ? against : List.of());
            }
        });
        return status();
    }

    /** @return true when this would go up; the refusal is then on record */
    private boolean refuseUp(int percent, String by, List<String> against) {
        return database.jdbi().inTransaction(handle -> {
            int old = lock(handle);
            if (percent <= old) {
                return false;
            }
            note(handle, "percent", String.valueOf(old), String.valueOf(percent), "REFUSED", by, null, against);
            return true;
        });
    }

    /**
     * What ATGE wrote before the change belongs to ATGE: it is applied while its users are still ATGE's. When that fails,
     * nobody moves up; but the way down stays open, because what is not yet applied is ATGE's again.
     */
    private void drainFor(int percent) {
        try {
            drain.run();
        } catch (RuntimeException failed) {
            int now = database.jdbi().withHandle(handle ->
                    handle.createQuery("SELECT percent FROM quantum_ops.rollout WHERE id = 1").mapTo(Integer.class).one());
            if (percent > now) {
                throw failed;
            }
            log.warn("what ATGE wrote last is not applied yet; the rollout goes down all the same: {}", failed.toString());
        }
    }

    /** For routes: {@link #set} with percent, by and why. */
    public RolloutStatus change(Map<String, Object> request) {
        return set((Integer) request.get("percent"), (String) request.get("by"), Optional.ofNullable((String) request.get("why")));
    }

    /** For routes: {@link #user} with user, system (QUANTUM, ATGE or, by the percentage, null) and by. */
    public UserSystem assign(Map<String, Object> request) {
        return user((UUID) request.get("user"), Optional.ofNullable((String) request.get("system")).map(ServedBy::valueOf), (String) request.get("by"));
    }

    /** @param user need not be known: the answer depends on the id alone, unless it was set by hand */
    public UserSystem systemOf(UUID user) {
        return database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("rollout/read-system")).bind("user", user)
                .map((row, context) -> new UserSystem(user, row.getBoolean("on_quantum") ? ServedBy.QUANTUM : ServedBy.ATGE,
                        row.getInt("bucket"), row.getBoolean("overridden"))).one());
    }

    /**
     * Sets the system of one user.
     *
     * @param system empty: by the percentage again
     * @throws Refused when there is no such user; nothing was changed
     */
    public UserSystem user(UUID user, Optional<ServedBy> system, String by) {
        drain.run();
        database.jdbi().useTransaction(handle -> {
            lock(handle);
            if (!handle.createQuery("SELECT EXISTS (SELECT 1 FROM public.users WHERE id = ?)").bind(0, user).mapTo(Boolean.class).one()) {
                throw new Refused("there is no user " + user + ". Nothing was changed.");
            }
            String old = handle.createQuery("SELECT system FROM quantum_ops.rollout_overrides WHERE user_id = ?").bind(0, user)
                    .mapTo(String.class).findOne().orElse("AUTO");
            String wanted = system.map(Enum::name).orElse("AUTO");
            if (!old.equals(wanted)) {
                handle.execute("DELETE FROM quantum_ops.rollout_overrides WHERE user_id = ?", user);
                system.ifPresent(chosen -> handle.execute("INSERT INTO quantum_ops.rollout_overrides VALUES (?, ?, ?, ?)",
                        user, chosen.name(), by, at(clock.instant())));
                note(handle, "user " + user, old, wanted, "CHANGED", by, null, List.of());
            }
        });
        return systemOf(user);
    }

    /**
     * Goes back one stage when too many calls fail, if that is wanted and the last step is long enough ago.
     *
     * @return true when it did
     */
    public boolean stepBackIfNeeded() {
        RolloutGate errors = gates().get(0);
        if (!limits.stepBack() || errors.value() == null || errors.ok() || calls() < limits.stepBackCalls()) {
            return false;
        }
        drainFor(0);
        return database.jdbi().inTransaction(handle -> {
            // Under the lock: of many nodes one steps, and the others see that it has.
            int old = lock(handle);
            boolean cooling = handle.createQuery("SELECT EXISTS (SELECT 1 FROM quantum_ops.rollout_changes "
                            + "WHERE outcome = 'STEPPED_BACK' AND changed_at > ?)").bind(0, at(clock.instant().minus(limits.coolDown())))
                    .mapTo(Boolean.class).one();
            if (old == 0 || cooling) {
                return false;
            }
            write(handle, limits.below(old));
            note(handle, "percent", String.valueOf(old), String.valueOf(limits.below(old)), "STEPPED_BACK", "guard", null, List.of(errors.says()));
            return true;
        });
    }

    private long calls() {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM public.api_latency_reliability_logs WHERE called_at > ?")
                .bind(0, at(clock.instant().minus(limits.window()))).mapTo(Long.class).one());
    }

    /** The last 200, newest first. */
    public List<RolloutChange> history() {
        return database.jdbi().withHandle(handle -> handle.createQuery(Sql.of("rollout/list-changes"))
                .map((row, context) -> new RolloutChange(row.getLong("id"), row.getString("subject"), row.getString("old_value"),
                        row.getString("new_value"), row.getString("outcome"), row.getString("changed_by"), row.getString("why"),
                        Arrays.asList((String[]) row.getArray("gates").getArray()),
                        row.getObject("changed_at", OffsetDateTime.class).toInstant())).list());
    }

    private static int lock(Handle handle) {
        return handle.createQuery("SELECT percent FROM quantum_ops.rollout WHERE id = 1 FOR UPDATE").mapTo(Integer.class).one();
    }

    private void write(Handle handle, int percent) {
        handle.execute("UPDATE quantum_ops.rollout SET percent = ?, changed_at = ? WHERE id = 1", percent, at(clock.instant()));
    }

    private void note(Handle handle, String subject, String old, String now, String outcome, String by, String why, List<String> gates) {
        String json = handle.createQuery("SELECT to_jsonb(:gates)::text").bindArray("gates", String.class, gates).mapTo(String.class).one();
        handle.createUpdate(Sql.of("rollout/note-change")).bind("subject", subject).bind("oldValue", old).bind("newValue", now)
                .bind("outcome", outcome).bind("by", by).bind("why", why).bind("gates", json).bind("at", at(clock.instant())).execute();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
