package quantumbtc.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quantumbtc.monitoring.MaintenanceWindow;

/** {@code quantum-btc maintenance}: what is planned is shown from an hour before, and announced a day before. */
@Command(name = "maintenance", mixinStandardHelpOptions = true, description = "Plans, lists and cancels maintenance.",
        subcommands = {MaintenanceCommand.PlanOne.class, MaintenanceCommand.ListAll.class, MaintenanceCommand.Cancel.class})
final class MaintenanceCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say plan, list or cancel.");
    }

    private static String who() {
        return System.getProperty("user.name");
    }

    private static String text(MaintenanceWindow window) {
        return "maintenance " + window.id() + (window.cancelledAt() == null ? "" : ", cancelled") + ": " + window.what()
                + ", from " + window.startsAt() + " to " + window.endsAt();
    }

    /** {@code maintenance plan}. */
    @Command(name = "plan", mixinStandardHelpOptions = true, description = "Plans a maintenance.")
    static final class PlanOne implements Callable<Integer> {

        @Option(names = "--from", required = true, description = "When it begins, such as 2026-01-31T02:00:00Z.")
        private String from;

        @Option(names = "--to", required = true, description = "When it ends.")
        private String to;

        @Option(names = "--what", required = true, description = "What is done; everybody can read it.")
        private String what;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            Map<String, Object> plan = Map.of("from", time("--from", from), "to", time("--to", to), "what", what, "by", who());
            output.print(Output.ask("maintenance-plan", plan, MaintenanceWindow.class), MaintenanceCommand::text);
            return QuantumBtc.DONE;
        }

        private static Instant time(String option, String value) {
            try {
                return OffsetDateTime.parse(value).toInstant();
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(option + " is " + value + "; it must be a time such as 2026-01-31T02:00:00Z", e);
            }
        }
    }

    /** {@code maintenance list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists what is planned, and what was in the last month.")
    static final class ListAll implements Callable<Integer> {

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            List<?> windows = Output.ask("maintenance-list", null, List.class);
            output.print(windows, ListAll::text);
            return QuantumBtc.DONE;
        }

        private static String text(List<?> windows) {
            if (windows.isEmpty()) {
                return "No maintenance is planned.";
            }
            Table table = new Table("id", "from", "to", "announced", "cancelled", "what");
            for (Object one : windows) {
                MaintenanceWindow window = (MaintenanceWindow) one;
                table.row(window.id(), window.startsAt(), window.endsAt(), window.announcedAt(), window.cancelledAt(), window.what());
            }
            return table.toString();
        }
    }

    /** {@code maintenance cancel}. */
    @Command(name = "cancel", mixinStandardHelpOptions = true, description = "Cancels a maintenance that is to come or under way.")
    static final class Cancel implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "As the list has it.")
        private long id;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            Map<String, Object> which = Map.of("id", id, "by", who());
            output.print(Output.ask("maintenance-cancel", which, MaintenanceWindow.class), MaintenanceCommand::text);
            return QuantumBtc.DONE;
        }
    }
}
