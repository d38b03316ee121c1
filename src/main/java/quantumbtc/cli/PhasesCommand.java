package quantumbtc.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quantumbtc.monitoring.PhaseOverview;
import quantumbtc.monitoring.PhaseStep;

/** {@code quantum-btc phases}. */
@Command(name = "phases", mixinStandardHelpOptions = true,
        description = "Tells where the deployment stands in the five phases, what is next, and what blocks it.")
final class PhasesCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        output.print(Output.ask("phases", null, PhaseOverview.class), PhasesCommand::text);
        return QuantumBtc.DONE;
    }

    static String text(PhaseOverview overview) {
        StringBuilder text = new StringBuilder(overview.says()).append('\n');
        if (overview.next() != null) {
            text.append("Next: ").append(overview.next()).append('\n');
        }
        overview.blockers().forEach(blocker -> text.append("Blocked: ").append(blocker).append('\n'));
        int width = overview.phases().stream().flatMap(phase -> phase.steps().stream()).mapToInt(step -> name(step).length()).max().orElse(0);
        String line = "  %-" + width + "s  %-8s %s%n";
        for (PhaseOverview.Phase phase : overview.phases()) {
            text.append(String.format("%n%d %-" + width + "s  %s%n", phase.number(), phase.name(), word(phase.state())));
            for (PhaseStep step : phase.steps()) {
                text.append(String.format(line, name(step), word(step.state()), step.evidence()));
                if (step.state() != PhaseStep.State.DONE && step.command() != null) {
                    text.append(String.format(line, "", "", "-> " + step.command()));
                }
            }
        }
        return overview.wayBack() == null ? text.toString() : text + "\n" + overview.wayBack();
    }

    private static String name(PhaseStep step) {
        return step.name() + (step.optional() ? " (optional)" : "");
    }

    private static String word(PhaseStep.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
