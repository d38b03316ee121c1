package quantumbtc.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quantumbtc.migration.ArchiveReport;
import quantumbtc.migration.BackupReport;
import quantumbtc.migration.NameReport;

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

        @ArgGroup
        private Name name;

        /** What becomes of the legacy table's name. */
        static final class Name {

            @Option(names = "--take-name", required = true, description = "Archives, then gives the legacy table's name to an updatable view over the trades, so that old "
                    + "queries go on; the table stays beside it with all its rows. Refused (exit code 3) while users are served by ATGE.")
            private boolean taken;

            @Option(names = "--give-back-name", required = true, description = "Gives the name back to the legacy table.")
            private boolean givenBack;
        }

        @Override
        public Integer call() {
            if (name != null) {
                output.print(Output.ask("migration-archive-name", Map.of("name", name.taken ? "take" : "give-back"), NameReport.class), NameReport::message);
                return QuantumBtc.DONE;
            }
            ArchiveReport report = Output.ask("migration-archive", null, ArchiveReport.class);
            output.print(report, ReportText::of);
            return report.ok() ? QuantumBtc.DONE : QuantumBtc.FAILED;
        }
    }
}
