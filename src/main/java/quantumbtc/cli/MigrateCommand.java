package quantumbtc.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quantumbtc.migration.MigrationLog;
import quantumbtc.migration.MigrationStatus;
import quantumbtc.migration.PlanReport;
import quantumbtc.migration.RestoreReport;
import quantumbtc.migration.RollbackReport;
import quantumbtc.migration.VerifyReport;

/** {@code quantum-btc migrate}: without a further word a dry run that writes nothing. */
@Command(name = "migrate", mixinStandardHelpOptions = true, subcommands = {MigrateRun.class, QuarantineCommand.class},
        description = "Plans the migration (a dry run: it connects, counts and checks, and writes nothing).")
final class MigrateCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(names = "--rows", paramLabel = "FILE", description = "Write id and reason of every row that would be quarantined to this CSV file.")
    private String rowsFile;

    @ArgGroup
    private OldForms oldForms;

    /** Words of the user's guide that came before the sub-commands. */
    static final class OldForms {

        @Option(names = "--dry-run", description = "The same as no option.")
        private boolean dryRun;

        @Option(names = "--verify", description = "The same as: migrate verify")
        private boolean verify;

        @Option(names = "--rollback", description = "The same as: migrate rollback")
        private boolean rollback;
    }

    @Option(names = "--confirm", paramLabel = "WORD", hidden = true)
    private String confirm;

    @Override
    public Integer call() {
        if (oldForms != null && oldForms.verify) {
            return verify(output);
        }
        if (oldForms != null && oldForms.rollback) {
            return rollback(output, confirm);
        }
        PlanReport plan = Output.with(app -> {
            PlanReport report = app.ask("migration-plan", null, PlanReport.class);
            if (rowsFile != null && report.source() != null) {
                RejectedRowsFile.write(app.wiring().plan(), Path.of(Terminal.path(rowsFile)));
            }
            return report;
        });
        output.print(plan, PlanText::of);
        return plan.blockers().isEmpty() ? QuantumBtc.DONE : QuantumBtc.REFUSED;
    }

    @Command(description = "Proves row by row that the trades are what the mapping says, and checks the schema.", mixinStandardHelpOptions = true)
    int verify(@Mixin Output output) {
        VerifyReport report = Output.ask("migration-verify", null, VerifyReport.class);
        output.print(report, VerifyText::of);
        return report.ok() ? QuantumBtc.DONE : QuantumBtc.FAILED;
    }

    @Command(description = "Tells how far the newest run is.", mixinStandardHelpOptions = true)
    int status(@Mixin Output output, @Option(names = "--run", paramLabel = "ID", description = "Of another run than the newest.") UUID run) {
        return show(output, Output.ask("migration-status", run, MigrationStatus.class));
    }

    @Command(description = "Lets the open run rest after the chunks under way.", mixinStandardHelpOptions = true)
    int pause(@Mixin Output output) {
        return show(output, Output.ask("migration-pause", null, MigrationStatus.class));
    }

    @Command(description = "Lets a paused run go on.", mixinStandardHelpOptions = true)
    int resume(@Mixin Output output) {
        return show(output, Output.ask("migration-resume", null, MigrationStatus.class));
    }

    @Command(description = "Ends the open run; finished chunks stay, and migrate run goes on from there.", mixinStandardHelpOptions = true)
    int cancel(@Mixin Output output) {
        return show(output, Output.ask("migration-cancel", null, MigrationStatus.class));
    }

    @Command(description = "Gives the open run new limits.", mixinStandardHelpOptions = true)
    int throttle(@Mixin Output output,
                 @Option(names = "--factor", description = "Allowed latency of a small commit as a multiple of the idle one; 0: never throttled.") Double factor,
                 @Option(names = "--rows-per-second", description = "Upper bound of all workers together; 0: none.") Integer rowsPerSecond) {
        Map<String, Object> limits = new HashMap<>();
        limits.put("factor", factor);
        limits.put("rowsPerSecond", rowsPerSecond);
        return show(output, Output.ask("migration-throttle", limits, MigrationStatus.class));
    }

    @Command(description = "Takes everything back: archives what the migration made, then drops it.", mixinStandardHelpOptions = true)
    int rollback(@Mixin Output output,
                 @Option(names = "--confirm", paramLabel = "ROLLBACK", description = "The word ROLLBACK; else it is asked for on the terminal.") String word) {
        String typed = word != null ? word : Terminal.ask("Type ROLLBACK to archive and drop everything that the migration made: ");
        RollbackReport report = Output.ask("migration-rollback", Map.of("confirm", typed), RollbackReport.class);
        output.print(report, ReportText::of);
        return QuantumBtc.DONE;
    }

    @Command(description = "Brings back what a rollback archived.", mixinStandardHelpOptions = true)
    int restore(@Mixin Output output, @Parameters(paramLabel = "FILE", description = "The archive that rollback wrote.") String file) {
        RestoreReport report = Output.ask("migration-restore", Map.of("file", Terminal.path(file)), RestoreReport.class);
        output.print(report, ReportText::of);
        return QuantumBtc.DONE;
    }

    @Command(description = "Shows the audit log.", mixinStandardHelpOptions = true)
    int log(@Mixin Output output, @Option(names = "--run", paramLabel = "ID", description = "Of this run only.") UUID run,
            @Option(names = "--after", description = "Id of the last row seen.", defaultValue = "0") long after,
            @Option(names = "--limit", description = "1 to 1,000; default ${DEFAULT-VALUE}.", defaultValue = "100") int limit) {
        Map<String, Object> query = new HashMap<>();
        query.put("runId", run);
        query.put("after", after);
        query.put("limit", limit);
        List<?> rows = Output.ask("migration-log", query, List.class);
        output.print(rows, MigrateCommand::logText);
        return QuantumBtc.DONE;
    }

    private static String logText(List<?> rows) {
        Table table = new Table("id", "started", "step", "status", "migrated", "quarantined", "error");
        rows.stream().map(MigrationLog.Entry.class::cast).forEach(row -> table.row(row.id(), row.startedAt(), row.step(),
                row.migrationStatus(), row.recordsMigrated(), row.recordsQuarantined(), row.errorMessage()));
        return table.toString();
    }

    private static int show(Output output, MigrationStatus status) {
        output.print(status, StatusText::of);
        return QuantumBtc.DONE;
    }
}
