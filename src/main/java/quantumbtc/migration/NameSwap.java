package quantumbtc.migration;

import static quantumbtc.migration.LegacyTable.quote;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Database;
import quantumbtc.db.LockRetry;
import quantumbtc.db.Refused;
import quantumbtc.db.Schema;
import quantumbtc.db.Sql;

/**
 * Gives the legacy table's name to an updatable view over the trades, so that old queries go on, and back. The table keeps
 * all its rows, rights, keys and triggers beside it, under another name, and whatever is written to the view is written
 * to it too: giving the name back therefore loses nothing. Each way is one transaction.
 */
public final class NameSwap {

    private static final int ATTEMPTS = 5;
    private static final String OTHERS_DEPEND = "2BP01";
    private static final String AS_IT_WAS = "The name is as it was.";

    private final Database database;
    private final Schema schema;
    private final LockRetry locks;
    private final MigrationSettings settings;
    private final Archive archive;
    private final Sync sync;
    private final Clock clock;
    private final MigrationLog audit;

    public NameSwap(Database database, LockRetry locks, MigrationSettings settings, Archive archive, Sync sync, Clock clock) {
        this.database = database;
        this.schema = new Schema(database, locks);
        this.locks = locks;
        this.settings = settings;
        this.archive = archive;
        this.sync = sync;
        this.clock = clock;
        this.audit = new MigrationLog(database, clock);
    }

    /** For routes: name is take or give-back. */
    public NameReport change(Map<String, Object> request) {
        return switch (String.valueOf(request.get("name"))) {
            case "take" -> take();
            case "give-back" -> giveBack();
            default -> throw new IllegalArgumentException("name must be take or give-back");
        };
    }

    /** True when the view has the name. */
    public boolean isTaken() {
        return database.jdbi().withHandle(handle -> LegacyTable.findIfPresent(handle, settings.sourceTable())
                .map(table -> LegacyName.of(handle, table).isTaken(handle)).orElse(false));
    }

    /**
     * Archives the legacy table, and when every row is there, gives its name to the view. Safe to repeat.
     *
     * @throws Refused when not every user is served by Quantum, the sync has not applied all, the archive is not equal, or
     *                 rights speak against it; the name is as it was
     */
    public NameReport take() {
        requireTables();
        LegacyName name = name();
        if (isTaken()) {
            return new NameReport(name.toString(), true, name.schema() + "." + name.other(), false, null, name + " is the compat view already. Nothing was changed.");
        }
        Instant startedAt = clock.instant();
        database.jdbi().useHandle(handle -> refuse(facts(handle, name), name, handle));
        ArchiveReport archived = archive.run();
        if (!archived.ok()) {
            throw new Refused("the name " + name + " was not taken: the archive of the legacy table is not complete. " + archived.message());
        }
        return recorded("take-name", startedAt, () -> {
            for (int attempt = 1; !takenOnce(name); attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new Refused("the name " + name + " was not taken: changes of ATGE come faster than the sync applies them. " + AS_IT_WAS);
                }
            }
            return new NameReport(name.toString(), true, name.schema() + "." + name.other(), true, archived, name + " is the compat view now; the legacy table goes on as "
                    + name.other() + " with all its rows." + (sync.status().state().equals("OFF")
                    ? " The sync is off: what old programs insert stays in the table until it is on." : ""));
        });
    }

    /** @return false when changes came in before the lock was had */
    private boolean takenOnce(LegacyName name) {
        sync.drain();
        return locks.run("name " + name, AS_IT_WAS, () -> database.jdbi().inTransaction(handle -> {
            SyncControl.hold(handle);
            locks.limit(handle);
            Sql.run(handle, "LOCK TABLE " + name.quoted() + " IN ACCESS EXCLUSIVE MODE");
            Facts facts = facts(handle, name);
            if (facts.sync().equals("ON") && facts.pending()) {
                return false;
            }
            refuse(facts, name, handle);
            Sql.run(handle, "ALTER TABLE " + name.quoted() + " RENAME TO " + quote(name.other()));
            LegacyTable table = LegacyTable.find(handle, name.schema() + "." + name.other());
            new NameView(name, table).make(handle, facts.rowPolicies());
            new NameTriggers(table, settings.symbols(), settings.maxTextBytes()).make(handle, name.quoted());
            return true;
        }));
    }

    /**
     * Gives the table its name back. Safe to repeat.
     *
     * @throws Refused when other objects depend on the view, or a lock was not free; the name is as it was
     */
    public NameReport giveBack() {
        requireTables();
        LegacyName name = name();
        if (!isTaken()) {
            return new NameReport(name.toString(), false, name.toString(), false, null, name + " is the legacy table already. Nothing was changed.");
        }
        return recorded("give-back-name", clock.instant(), () -> {
            if (sync.status().state().equals("ON")) {
                sync.applyAll();
            }
            locks.run("name " + name, AS_IT_WAS, () -> {
                database.jdbi().useTransaction(handle -> {
                    locks.limit(handle);
                    returns(handle, settings.sourceTable()).forEach(statement -> run(handle, statement));
                    run(handle, NameTriggers.dropTrigger(name.quoted()));
                    run(handle, NameTriggers.DROP_FUNCTIONS);
                });
                return null;
            });
            return new NameReport(name.toString(), false, name.toString(), true, null,
                    name + " is the legacy table again, with what was written under that name meanwhile.");
        });
    }

    /**
     * The statements that give the name back, in order; none when it is not taken. The view first: readers lock it first,
     * too. The triggers on the table and what they call are the caller's to drop.
     */
    static List<String> returns(Handle handle, String sourceTable) {
        return LegacyTable.locateName(handle, sourceTable).filter(name -> name.isTaken(handle))
                .map(name -> List.of("DROP VIEW " + name.quoted(), "ALTER TABLE " + name.quotedOther() + " RENAME TO " + quote(name.name()))).orElse(List.of());
    }

    private static void run(Handle handle, String statement) {
        try {
            Sql.run(handle, statement);
        } catch (IllegalStateException e) {
            if (OTHERS_DEPEND.equals(Sql.state(e))) {
                throw new Refused("other objects depend on the view that has the legacy name: " + Sql.detailed(e)
                        + " Change or drop those first. " + AS_IT_WAS, e);
            }
            throw e;
        }
    }

    private record Facts(boolean rowPolicies, boolean owned, String owner, boolean creates, boolean invoker, List<String> blind, int percent,
                         long onAtge, String sync, boolean pending, long conflicts) {
    }

    private static Facts facts(Handle handle, LegacyName name) {
        return handle.createQuery(Sql.of("migration/read-name-facts")).bind("table", name.quoted()).map((row, context) -> facts(row)).one();
    }

    private static Facts facts(ResultSet row) throws SQLException {
        return new Facts(row.getBoolean("row_policies"), row.getBoolean("owned"), row.getString("owner"), row.getBoolean("creates"), row.getBoolean("invoker"),
                List.of((String[]) row.getArray("blind").getArray()), row.getInt("percent"), row.getLong("on_atge"), row.getString("sync"),
                row.getBoolean("pending"), row.getLong("conflicts"));
    }

    private void refuse(Facts facts, LegacyName name, Handle handle) {
        String cause = facts.percent() < 100 ? "only " + facts.percent() + " % of the users are served by Quantum. Move up first: quantum-btc rollout set 100"
                : facts.onAtge() > 0 ? facts.onAtge() + " users are set to ATGE by hand. Set them to auto: quantum-btc rollout user ID auto"
                : facts.sync().equals("PAUSED") ? "the sync is paused. Let it go on: quantum-btc sync resume"
                : facts.conflicts() > 0 ? facts.conflicts() + " conflicts are open. Decide on them: quantum-btc sync conflicts"
                : !facts.owned() ? "the table belongs to " + facts.owner() + ", and only its owner may rename it. Grant " + facts.owner() + " to our role"
                : !facts.creates() ? "our role may make no view in schema " + name.schema()
                : name.isTooLong() ? "the name is too long to have " + name.other() + " beside it"
                : isThere(handle, name.quotedOther()) ? name.schema() + "." + name.other() + " exists. Rename it"
                : facts.rowPolicies() && !facts.invoker() ? "the table has row policies, and a view of this server's version would pass them over; PostgreSQL 15 or newer is needed"
                : facts.rowPolicies() && !facts.blind().isEmpty() ? "the table has row policies, and who reads it may not read btc_trades: " + String.join(", ", facts.blind())
                : null;
        if (cause != null) {
            throw new Refused("the name " + name + " was not taken: " + cause + ". " + AS_IT_WAS);
        }
    }

    private static boolean isThere(Handle handle, String relation) {
        return handle.createQuery("SELECT to_regclass(:name) IS NOT NULL").bind("name", relation).mapTo(Boolean.class).one();
    }

    private LegacyName name() {
        return database.jdbi().withHandle(handle -> LegacyName.of(handle, LegacyTable.find(handle, settings.sourceTable())));
    }

    private void requireTables() {
        boolean there = schema.exists() && database.jdbi().withHandle(handle -> isThere(handle, "quantum_ops.carry_failures"));
        if (!there) {
            throw new Refused("the legacy name belongs to the legacy table: the Quantum tables are absent or of an older version; migrate run makes them. Nothing was changed.");
        }
    }

    private NameReport recorded(String step, Instant startedAt, Supplier<NameReport> work) {
        try {
            NameReport report = work.get();
            audit.write(null, step, "COMPLETED", null, startedAt);
            return report;
        } catch (RuntimeException e) {
            audit.write(null, step, e instanceof Refused ? "REFUSED" : "FAILED", String.valueOf(e.getMessage()), startedAt);
            throw e;
        }
    }
}
