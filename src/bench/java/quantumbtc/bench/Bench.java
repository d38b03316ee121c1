package quantumbtc.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import quantumbtc.db.Refused;

/** The benchmarks' command line: {@code quantum-btc bench …}. Exit codes are those of the program. */
@Command(name = "quantum-btc bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Measures the program beside others on a PostgreSQL of its own.",
        subcommands = {MigrationBench.class, WriterBench.class, SyncBench.class, JudgingBench.class, ApiBench.class, PageBench.class})
public final class Bench implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Bench());
        line.setExecutionExceptionHandler((error, command, parsed) -> {
            command.getErr().println(error.getMessage());
            return error instanceof Refused ? 3 : 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
