package quantumbtc.cli;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import quantumbtc.App;
import quantumbtc.db.Refused;
import quantumbtc.db.Sql;

/** The command line. Exit codes: 0 done, 1 differs or failed, 2 wrong use, 3 refused for safety. */
@Command(name = "quantum-btc", mixinStandardHelpOptions = true, versionProvider = QuantumBtc.Version.class,
        description = "Moves an ATGE deployment onto Quantum BTC, serves trade signals and judges them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AlertsCommand.class,
            AtgeCommand.class,
            BacktestCommand.class,
            DemoCommand.class,
            MaintenanceCommand.class,
            MigrateCommand.class,
            PhasesCommand.class,
            StoreCommands.Backup.class,
            StoreCommands.Archive.class,
            RolloutCommand.class,
            Serve.class,
            SyncCommand.class,
            ValidateCommand.class,
            WarmUp.class,
        })
public final class QuantumBtc implements Runnable {

    static final int DONE = 0;
    static final int FAILED = 1;
    /** Refused for safety; a wrong setting, too. */
    public static final int REFUSED = 3;
    /** Undefined table, undefined schema. */
    private static final Set<String> TABLES_ABSENT = Set.of("42P01", "3F000");

    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"quantum-btc " + App.version()};
        }
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Runs one command and returns its exit code. */
    public static int run(String... arguments) {
        CommandLine line = new CommandLine(new QuantumBtc());
        line.setExecutionExceptionHandler((error, command, parsed) -> {
            boolean absent = TABLES_ABSENT.contains(String.valueOf(Sql.state(error)));
            command.getErr().println("quantum-btc: " + (absent ? "the Quantum tables are not in this database; migrate run makes them. Nothing was changed."
                    : message(error)));
            return absent || error instanceof Refused ? REFUSED
                    : error instanceof IllegalArgumentException ? CommandLine.ExitCode.USAGE : FAILED;
        });
        return line.execute(arguments);
    }

    private static String message(Throwable error) {
        if (!(error instanceof Refused) && Sql.isAway(error)) {
            return "the database does not answer any more. What was committed stays; repeat the command when it answers again.";
        }
        return error.getMessage() == null ? error.toString() : error.getMessage();
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
