package quantumbtc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quantumbtc.migration.ArchiveReport;
import quantumbtc.migration.BackupReport;

/** Commands that keep a copy of what there is. */
final class StoreCommands {

    private StoreCommands() {
    }

    /** {@code quantum-btc backup}. */
    @Command(name = "backup", mixinStandardHelpOptions = true, description = "Writes a backup file of the database, by pg_dump where it is there.")
    static final class Backup implements Callable<Integer> {

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            output.print(Output.ask("migration-backup", null, BackupReport.class), ReportText::of);
            return QuantumBtc.DONE;
        }
    }

    /** {@code quantum-btc archive}. */
    @Command(name = "archive", mixinStandardHelpOptions = true,
            description = "Copies the legacy table into its archive and proves that both are equal.")
    static final class Archive implements Callable<Integer> {

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            ArchiveReport report = Output.ask("migration-archive", null, ArchiveReport.class);
            output.print(report, ReportText::of);
            return report.ok() ? QuantumBtc.DONE : QuantumBtc.FAILED;
        }
    }
}
