package quantumbtc.cli;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import quantumbtc.migration.Conflicts;
import quantumbtc.migration.SyncStatus;

/** {@code quantum-btc sync}: the sync of both systems while both live. */
@Command(name = "sync", mixinStandardHelpOptions = true, description = "Shows and steers the sync between the legacy table and Quantum.")
final class SyncCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say one of: status, apply, pause, resume, conflicts, resolve, on, off.");
    }

    @Command(description = "Tells how far it is.", mixinStandardHelpOptions = true)
    int status(@Mixin Output output) {
        return show(output, "sync-status");
    }

    @Command(description = "Applies every change that is noted now. The server does it by itself.", mixinStandardHelpOptions = true)
    int apply(@Mixin Output output) {
        return show(output, "sync-apply");
    }

    @Command(description = "Notes changes on, and applies none.", mixinStandardHelpOptions = true)
    int pause(@Mixin Output output) {
        return show(output, "sync-pause");
    }

    @Command(description = "Goes on applying changes.", mixinStandardHelpOptions = true)
    int resume(@Mixin Output output) {
        return show(output, "sync-resume");
    }

    @Command(description = "Notes changes from now on, and finds what was changed before.", mixinStandardHelpOptions = true)
    int on(@Mixin Output output) {
        return show(output, "sync-on");
    }

    @Command(description = "Applies what is noted, and notes nothing more.", mixinStandardHelpOptions = true)
    int off(@Mixin Output output) {
        return show(output, "sync-off");
    }

    @Command(description = "Shows trades that ATGE changed though Quantum owns them.", mixinStandardHelpOptions = true)
    int conflicts(@Mixin Output output, @Option(names = "--all", description = "Resolved ones, too.") boolean all,
                  @Option(names = "--before", description = "Id of the last one seen.") Long before,
                  @Option(names = "--limit", description = "1 to 1,000; default ${DEFAULT-VALUE}.", defaultValue = "100") int limit) {
        Map<String, Object> query = new HashMap<>();
        query.put("all", all);
        query.put("before", before);
        query.put("limit", limit);
        output.print(Output.ask("sync-conflicts", query, Conflicts.Page.class), SyncCommand::text);
        return QuantumBtc.DONE;
    }

    @Command(description = "Keeps one version of a trade in both systems.", mixinStandardHelpOptions = true)
    int resolve(@Mixin Output output, @Parameters(paramLabel = "ID", description = "Of the conflict.") long id,
                @Option(names = "--keep", required = true, paramLabel = "quantum|atge", description = "The version that holds.") String keep,
                @Option(names = "--by", description = "Who says so; default: the system's user.") String by) {
        Map<String, Object> query = new HashMap<>();
        query.put("id", id);
        query.put("keep", keep);
        query.put("by", by);
        output.print(Output.ask("sync-resolve", query, Conflicts.Row.class),
                row -> "Conflict " + row.id() + " of trade " + row.tradeId() + ": kept " + row.resolution());
        return QuantumBtc.DONE;
    }

    private static String text(Conflicts.Page page) {
        Table table = new Table("id", "trade", "kind", "state", "kept", "found");
        page.rows().forEach(row -> table.row(row.id(), row.tradeId(), row.kind(), row.state(), row.resolution(), row.foundAt()));
        return page.rows().isEmpty() ? "No conflict is open." : table + "Both versions of each: --json\n";
    }

    private static int show(Output output, String route) {
        SyncStatus status = Output.ask(route, null, SyncStatus.class);
        output.print(status, SyncCommand::text);
        return status.failure() == null ? QuantumBtc.DONE : QuantumBtc.FAILED;
    }

    private static String text(SyncStatus status) {
        StringBuilder text = new StringBuilder();
        line(text, "state", status.state() + (status.state().equals("OFF") || status.capturing() ? "" : ", but the triggers on the legacy table are gone or disabled"));
        line(text, "pending", String.format(Locale.ROOT, "%,d changes, the oldest that could be applied is %s s old", status.pending(), status.lagSeconds()));
        line(text, "conflicts", status.openConflicts() + " open");
        line(text, "carry", status.carryPending() + " trades of Quantum are not in the legacy table yet"
                + (status.carryFailures() == 0 ? "" : ", " + status.carryFailures() + " could not be written, the last because: " + status.carryFailure()));
        line(text, "verified", status.verifiedAt() == null ? "not yet" : status.verifiedAt() + ", " + status.settledDifferences() + " differences");
        if (status.failure() != null) {
            line(text, "FAILURE", status.failure());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-10s %s%n", name, value));
    }
}
