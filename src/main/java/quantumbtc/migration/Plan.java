package quantumbtc.migration;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;
import quantumbtc.migration.PlanReport.RejectedRow;
import quantumbtc.migration.PlanReport.Rights;
import quantumbtc.migration.PlanReport.Rows;
import quantumbtc.migration.PlanReport.Server;
import quantumbtc.migration.PlanReport.Source;
import quantumbtc.migration.PlanReport.TargetState;
import quantumbtc.migration.PlanReport.Wait;

/** The dry run: connects, looks at everything that a migration would meet, and writes nothing. */
public final class Plan {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Database database;
    private final MigrationSettings settings;
    private final Clock clock;

    public Plan(Database database, MigrationSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @throws Refused when another session keeps the legacy table locked
     */
    public PlanReport plan() {
        return readOnly(handle -> plan(handle, true));
    }

    /**
     * What stands in the way, without counting a row; so it costs nothing to ask before each run.
     *
     * @return sentences; empty when the migration may begin
     */
    List<String> blockers() {
        return readOnly(handle -> plan(handle, false)).blockers();
    }

    /**
     * Every row that would be quarantined, by id; streamed, so that any number will do.
     *
     * @throws Refused when the legacy table cannot be read
     */
    public void eachRejected(Consumer<RejectedRow> each) {
        readOnly(handle -> {
            LegacyTable legacy = LegacyTable.find(handle, settings.sourceTable());
            counts(handle, legacy, users(handle), PlanTarget.of(handle)).eachRejected(each);
            return null;
        });
    }

    private <T> T readOnly(Function<Handle, T> work) {
        try {
            return database.jdbi().inTransaction(handle -> {
                ReadOnly.begin(handle);
                return work.apply(handle);
            });
        } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException cause && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                throw new Refused("the legacy table or users is locked by another session: " + cause.getMessage() + ". Nothing was changed.", e);
            }
            throw e;
        }
    }

    private PlanReport plan(Handle handle, boolean countRows) {
        PlanFindings findings = new PlanFindings();
        ServerFacts server = ServerFacts.of(handle);
        findings.server(server, database.url().pooler());
        PlanTarget target = PlanTarget.of(handle);
        findings.target(target, server);
        Optional<TableFacts> users = users(handle);
        findings.users(users);
        LegacyTable legacy = find(handle, findings);
        Optional<TableFacts> facts = legacy == null ? Optional.empty() : TableFacts.of(handle, legacy.schema(), legacy.name());
        facts.ifPresent(table -> findings.legacy(legacy, table));
        List<Wait> waits = waits(handle, Stream.of(users, facts).flatMap(Optional::stream).map(TableFacts::oid).toList());
        findings.waits(waits);
        Rows rows = null;
        PlanReport.Estimate estimate = null;
        if (countRows && facts.isPresent() && facts.get().readable()) {
            rows = counts(handle, legacy, users, target).count(clock.instant());
            findings.rows(rows);
            estimate = CopyEstimate.of(rows, facts.get().bytes(), settings.workers(), server.freeBytes());
            findings.estimate(estimate);
        }
        return new PlanReport(legacy == null ? null : source(legacy, facts), rows, target.target(), describe(server),
                rights(server, facts, users), estimate, waits, findings.blockers(), findings.warnings());
    }

    private LegacyTable find(Handle handle, PlanFindings findings) {
        try {
            return LegacyTable.find(handle, settings.sourceTable());
        } catch (Refused e) {
            findings.noSource(e.getMessage(), inItsPlace(handle));
            return null;
        }
    }

    /** Something of the legacy table's name that is no readable table: a view, a foreign table, or one without rights. */
    private Optional<TableFacts> inItsPlace(Handle handle) {
        String[] name = settings.sourceTable().split("\\.", 2);
        return name.length == 2 ? TableFacts.of(handle, name[0], name[1])
                : TableFacts.of(handle, "public", name[0]).or(() -> TableFacts.of(handle, "public", LegacyTable.OTHER_NAME));
    }

    private static Optional<TableFacts> users(Handle handle) {
        return TableFacts.of(handle, "public", "users");
    }

    private LegacyCounts counts(Handle handle, LegacyTable legacy, Optional<TableFacts> users, PlanTarget target) {
        boolean checkUsers = users.isPresent() && users.get().readable() && "uuid".equals(users.get().idType());
        return new LegacyCounts(handle, legacy, settings,
                new MappingRules(legacy, settings.maxTextBytes(), checkUsers, target.target().state() == TargetState.OURS));
    }

    private static List<Wait> waits(Handle handle, List<Long> tables) {
        return handle.createQuery(Sql.of("migration/plan-locks")).bindArray("tables", Long.class, tables)
                .map((row, context) -> new Wait(row.getObject("pid", Integer.class), row.getString("role"), row.getString("application"),
                        row.getString("state"), row.getObject("seconds", Long.class), row.getString("locks"))).list();
    }

    private static Source source(LegacyTable legacy, Optional<TableFacts> facts) {
        List<String> columns = new ArrayList<>();
        for (LegacyColumn column : LegacyColumn.values()) {
            String name = legacy.columns().get(column);
            columns.add(name + " " + legacy.types().get(name));
        }
        return new Source(legacy.toString(), columns, legacy.extraColumns(), facts.map(TableFacts::bytes).orElse(0L));
    }

    private Server describe(ServerFacts server) {
        return new Server(server.version(), server.database(), server.encoding(), database.url().pooler(), server.replica(),
                server.authenticatedRole());
    }

    private static Rights rights(ServerFacts server, Optional<TableFacts> legacy, Optional<TableFacts> users) {
        return new Rights(server.role(), server.createOnDatabase(), server.createOnPublic(),
                legacy.map(TableFacts::maySelect).orElse(false), legacy.map(TableFacts::mayTrigger).orElse(false),
                users.map(TableFacts::maySelect).orElse(false), users.map(TableFacts::mayReference).orElse(false),
                legacy.map(TableFacts::owner).orElse(null));
    }
}
