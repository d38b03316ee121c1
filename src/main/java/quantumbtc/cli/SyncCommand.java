package quantumbtc.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
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
                + (status.carryFailures() == 0 ? "" : ", " + status.carryFailures() + " could not be written"));
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
