package quantumbtc.monitoring;

import java.util.ArrayList;
import java.util.List;
import quantumbtc.monitoring.PhaseOverview.Phase;
import quantumbtc.monitoring.PhaseStep.State;

/** Judges where a deployment stands from what was read of it, and from nothing else. */
final class PhaseRules {

    private PhaseRules() {
    }

    static PhaseOverview judge(PhaseFacts facts) {
        PhaseSteps steps = new PhaseSteps(facts);
        MigrationSteps migration = new MigrationSteps(facts);
        List<Phase> judged = List.of(
                new Phase(1, "Prepare", null, List.of(migration.legacyTable(), migration.backup(), migration.plan())),
                new Phase(2, "Migrate", null, List.of(migration.copy(), migration.sync())),
                new Phase(3, "Verify", null, List.of(migration.quarantine(), migration.conflicts(), migration.verify())),
                new Phase(4, "Roll out", null, steps.stages()),
                new Phase(5, "Retire ATGE", null, List.of(steps.drained(), steps.archive(), steps.name(), steps.endpoints())));
        List<Phase> phases = new ArrayList<>();
        PhaseStep turn = null;
        int at = 5;
        for (Phase phase : judged) {
            List<PhaseStep> stated = new ArrayList<>();
            for (PhaseStep step : phase.steps()) {
                boolean itsTurn = turn == null && !step.optional() && step.state() != State.DONE;
                stated.add(itsTurn ? step : step.state() == State.NEXT || step.state() == State.BLOCKED ? step.as(State.OPEN) : step);
                if (itsTurn) {
                    turn = step;
                    at = phase.number();
                }
            }
            phases.add(new Phase(phase.number(), phase.name(), whole(stated), stated));
        }
        return new PhaseOverview(at, turn == null, says(turn, phases.get(at - 1)), turn == null || turn.state() == State.UNKNOWN ? null : turn.command(),
                turn == null ? List.of() : turn.blockers(), steps.wayBack(), phases);
    }

    private static State whole(List<PhaseStep> steps) {
        List<State> needed = steps.stream().filter(step -> !step.optional()).map(PhaseStep::state).filter(state -> state != State.DONE).toList();
        return needed.isEmpty() ? State.DONE : needed.stream().filter(state -> state != State.OPEN).findFirst().orElse(State.OPEN);
    }

    private static String says(PhaseStep turn, Phase phase) {
        if (turn == null) {
            return "All five phases are done: Quantum serves everybody, and ATGE is archived and disabled.";
        }
        String where = "Phase " + phase.number() + " of 5, " + phase.name() + ": " + turn.name();
        return switch (turn.state()) {
            case BLOCKED -> where + " is next, and something blocks it.";
            case UNKNOWN -> where + " comes next, and how it stands is unknown.";
            default -> where + " is next.";
        };
    }
}
