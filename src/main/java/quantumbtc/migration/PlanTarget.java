package quantumbtc.migration;

import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;
import quantumbtc.migration.PlanReport.Target;
import quantumbtc.migration.PlanReport.TargetState;

/**
 * What of the migration's tables is there already, and whether the migration made it.
 *
 * @param strangers names in use that the migration did not make
 * @param missing   tables of ours that somebody dropped
 * @param notOwned  tables of ours that belong to another role, with it
 */
record PlanTarget(Target target, List<String> strangers, List<String> missing, List<String> notOwned) {

    private static final List<String> TABLES = Stream.of("btc_trades", "btc_hourly_snapshots", "quantum_anomaly_logs",
            "prediction_accuracy_database", "api_latency_reliability_logs", "quantum_migration_log").map(name -> "public." + name).toList();

    private record Found(String name, String owner, boolean owned) {
    }

    private record OpsSchema(boolean present, boolean filled, boolean history, boolean mayUse) {
    }

    static PlanTarget of(Handle handle) {
        OpsSchema ops = handle.createQuery(Sql.of("migration/plan-schema")).map((row, context) -> new OpsSchema(row.getBoolean("present"),
                row.getBoolean("filled"), row.getBoolean("history"), row.getBoolean("may_use"))).one();
        List<Found> found = handle.createQuery(Sql.of("migration/plan-target"))
                .map((row, context) -> new Found(row.getString("name"), row.getString("owner"), row.getBoolean("owned"))).list();
        List<String> names = found.stream().map(Found::name).toList();
        List<String> applied = ops.history() && ops.mayUse() ? applied(handle) : List.of();
        if (!applied.isEmpty()) {
            return new PlanTarget(new Target(TargetState.OURS, applied.get(applied.size() - 1), names), List.of(),
                    TABLES.stream().filter(table -> !names.contains(table)).toList(),
                    found.stream().filter(table -> !table.owned()).map(table -> table.name() + " (" + table.owner() + ")").toList());
        }
        List<String> strangers = Stream.concat(ops.filled() && !ops.history() ? Stream.of("schema quantum_ops") : Stream.empty(),
                names.stream()).toList();
        return new PlanTarget(new Target(strangers.isEmpty() ? TargetState.ABSENT : TargetState.FOREIGN, null, names),
                strangers, List.of(), ops.present() && !ops.mayUse() ? List.of("schema quantum_ops") : List.of());
    }

    /** Versions in the order that they were applied in; the first is the one that makes the six tables. */
    private static List<String> applied(Handle handle) {
        return handle.createQuery("SELECT version FROM quantum_ops.flyway_schema_history WHERE success AND version IS NOT NULL "
                + "ORDER BY installed_rank").mapTo(String.class).list();
    }
}
