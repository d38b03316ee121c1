package quantumbtc.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quantumbtc.rollout.LegacyEndpoints;

/** {@code quantum-btc atge}: whether the old endpoints answer. */
@Command(name = "atge", mixinStandardHelpOptions = true, description = "Disables the old endpoints (410), or enables them again.")
final class AtgeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say one of: status, disable, enable.");
    }

    @Command(description = "Tells whether they answer.", mixinStandardHelpOptions = true)
    int status(@Mixin Output output) {
        output.print(Output.ask("atge-status", null, LegacyEndpoints.Status.class), AtgeCommand::text);
        return QuantumBtc.DONE;
    }

    @Command(description = "Archives the legacy table, and when every row is there, answers 410 under /api/atge from then on.",
            mixinStandardHelpOptions = true)
    int disable(@Mixin Output output, @Option(names = "--why", description = "Reason; goes on record.") String why) {
        return change(output, false, why);
    }

    @Command(description = "Lets them answer again.", mixinStandardHelpOptions = true)
    int enable(@Mixin Output output, @Option(names = "--why", description = "Reason; goes on record.") String why) {
        return change(output, true, why);
    }

    private static int change(Output output, boolean enabled, String why) {
        Map<String, Object> change = new HashMap<>();
        change.put("enabled", enabled);
        change.put("why", why);
        change.put("by", System.getProperty("user.name"));
        output.print(Output.ask("atge-change", change, LegacyEndpoints.Status.class), AtgeCommand::text);
        return QuantumBtc.DONE;
    }

    private static String text(LegacyEndpoints.Status status) {
        return "The old endpoints " + (status.enabled() ? "answer." : "are disabled: everything under /api/atge is answered 410.")
                + (status.by() == null ? "" : " Changed by " + status.by() + " at " + status.changedAt()
                + (status.why() == null ? "." : ": " + status.why()));
    }
}
