package quantumbtc.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import quantumbtc.rollout.RolloutChange;
import quantumbtc.rollout.RolloutStatus;
import quantumbtc.rollout.UserSystem;

/** {@code quantum-btc rollout}: which system serves which user. */
@Command(name = "rollout", mixinStandardHelpOptions = true, description = "Shows and changes which users are served by Quantum.")
final class RolloutCommand implements Runnable {

    /** What a user can be set to. */
    enum Choice { quantum, atge, auto }

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say one of: status, set, user, history.");
    }

    @Command(description = "Tells the percentage, the users and the gates.", mixinStandardHelpOptions = true)
    int status(@Mixin Output output) {
        output.print(Output.ask("rollout-status", null, RolloutStatus.class), RolloutCommand::text);
        return QuantumBtc.DONE;
    }

    @Command(description = "Changes the percentage. Up is refused (exit code 3) while a gate is not met, unless --why says a reason.",
            mixinStandardHelpOptions = true)
    int set(@Mixin Output output, @Parameters(paramLabel = "PERCENT", description = "0 to 100; usual are 25, 50 and 100.") int percent,
            @Option(names = "--why", description = "Reason to pass over gates; goes on record.") String why,
            @Option(names = "--who", description = "Who says so; default: the system's user.") String who) {
        Map<String, Object> request = new HashMap<>();
        request.put("percent", percent);
        request.put("why", why);
        request.put("by", who(who));
        output.print(Output.ask("rollout-set", request, RolloutStatus.class), RolloutCommand::text);
        return QuantumBtc.DONE;
    }

    @Command(description = "Sets one user's system, whatever the percentage; auto: by the percentage again.", mixinStandardHelpOptions = true)
    int user(@Mixin Output output, @Parameters(index = "0", paramLabel = "ID", description = "The user.") UUID id,
             @Parameters(index = "1", paramLabel = "SYSTEM", description = "quantum, atge or auto") Choice system,
             @Option(names = "--who", description = "Who says so; default: the system's user.") String who) {
        Map<String, Object> request = new HashMap<>();
        request.put("user", id);
        request.put("system", system == Choice.auto ? null : system.name().toUpperCase(Locale.ROOT));
        request.put("by", who(who));
        output.print(Output.ask("rollout-user", request, UserSystem.class), answer -> "user " + answer.userId() + " is served by "
                + answer.system() + (answer.overridden() ? ", set by hand" : ", by bucket " + answer.bucket()));
        return QuantumBtc.DONE;
    }

    @Command(description = "Tells every change, the refused ones too.", mixinStandardHelpOptions = true)
    int history(@Mixin Output output) {
        List<?> changes = Output.ask("rollout-history", null, List.class);
        output.print(changes, all -> {
            Table table = new Table("when", "subject", "from", "to", "outcome", "by", "why");
            all.stream().map(RolloutChange.class::cast).forEach(change -> table.row(change.changedAt(), change.subject(),
                    change.oldValue(), change.newValue(), change.outcome(), change.changedBy(), change.why() == null ? "" : change.why()));
            return all.isEmpty() ? "The rollout was never changed." : table.toString();
        });
        return QuantumBtc.DONE;
    }

    private static String who(String who) {
        return who == null ? System.getProperty("user.name") : who;
    }

    private static String text(RolloutStatus status) {
        Table gates = new Table("gate", "now", "limit", "ok");
        status.gates().forEach(gate -> gates.row(gate.name(), gate.value() == null ? "unknown" : gate.value().stripTrailingZeros().toPlainString() + " " + gate.unit(),
                gate.limit() + " " + gate.unit(), gate.ok() ? "yes" : "no"));
        return status.percent() + " %: " + status.usersOnQuantum() + " of " + status.users() + " users are served by Quantum, "
                + status.overrides() + " of all set by hand\n" + gates
                + "\n" + (status.mayMoveUp() ? "Every gate is open." : "The percentage can be raised only with a reason (--why).");
    }
}
