package quantumbtc.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import quantumbtc.migration.SyncStatus;
import quantumbtc.monitoring.PhaseFacts.Archived;
import quantumbtc.monitoring.PhaseStep.State;
import quantumbtc.rollout.RolloutGate;
import quantumbtc.rollout.RolloutStatus;

/** The steps from the first user served by Quantum to the end of ATGE, and the way back. */
record PhaseSteps(PhaseFacts facts) {

    private static final List<Integer> USUAL = List.of(25, 50, 100);

    static PhaseStep done(String name, String evidence) {
        return new PhaseStep(name, State.DONE, evidence, null, List.of(), false);
    }

    static PhaseStep toDo(String name, String evidence, String command, List<String> blockers) {
        return new PhaseStep(name, blockers.isEmpty() ? State.NEXT : State.BLOCKED, evidence, command, List.copyOf(blockers), false);
    }

    static PhaseStep unknown(String name, String command, Fact<?> fact) {
        return new PhaseStep(name, State.UNKNOWN, "unknown", command, List.of("It cannot be read: " + fact.cause()), false);
    }

    /** Says that it is not there, or that nobody knows. */
    static PhaseStep absentOrNot(String name, String command, Fact<?> fact, String absent) {
        return fact.isUnknown() ? unknown(name, command, fact) : toDo(name, absent, command, List.of());
    }

    static PhaseStep optional(PhaseStep step) {
        return new PhaseStep(step.name(), step.state(), step.evidence(), step.command(), step.blockers(), true);
    }

    List<PhaseStep> stages() {
        RolloutStatus rollout = facts.rollout().value();
        List<PhaseStep> stages = new ArrayList<>();
        for (int percent : rollout == null ? USUAL : rollout.stages()) {
            String name = "serve " + percent + " % of the users";
            String command = "quantum-btc rollout set " + percent;
            if (rollout == null) {
                stages.add(absentOrNot(name, command, facts.rollout(), "There is no rollout yet."));
                continue;
            }
            String evidence = rollout.percent() + " % is set: " + rollout.usersOnQuantum() + " of " + rollout.users() + " users are served by Quantum.";
            stages.add(rollout.percent() >= percent ? done(name, evidence) : toDo(name, evidence, command, gates(rollout)));
        }
        return stages;
    }

    private static List<String> gates(RolloutStatus rollout) {
        List<String> against = new ArrayList<>();
        rollout.gates().stream().filter(gate -> !gate.ok()).map(RolloutGate::says)
                .forEach(says -> against.add(Character.toUpperCase(says.charAt(0)) + says.substring(1) + "."));
        if (rollout.gates().stream().anyMatch(gate -> gate.value() == null)) {
            against.add("What is unknown gets measured while quantum-btc serve runs: by each validation (hourly, or quantum-btc validate) and each new trade.");
        }
        return against;
    }

    PhaseStep drained() {
        String name = "let the sync run empty";
        String command = "quantum-btc sync apply";
        if (facts.sync().isUnknown() || facts.sync().isAbsent()) {
            return absentOrNot(name, command, facts.sync(), "There is no sync yet.");
        }
        SyncStatus sync = facts.sync().value();
        String evidence = sync.pending() + " changes of ATGE wait, and " + sync.carryPending() + " trades of Quantum are not in the legacy table.";
        List<String> blockers = new ArrayList<>();
        if (sync.openConflicts() > 0) {
            blockers.add(sync.openConflicts() + " conflicts are open.");
        }
        if (sync.carryFailures() > 0) {
            blockers.add(sync.carryFailures() + " trades of Quantum were refused by the legacy table, the last because: " + sync.carryFailure());
        }
        return !everybodyIsServed() || sync.pending() > 0 || sync.carryPending() > 0 ? toDo(name, evidence, command, blockers)
                : blockers.isEmpty() ? done(name, evidence) : toDo(name, evidence, command, blockers);
    }

    private boolean everybodyIsServed() {
        return facts.rollout().value() != null && facts.rollout().value().percent() == 100;
    }

    PhaseStep archive() {
        String name = "archive the legacy table";
        String command = "quantum-btc archive";
        if (facts.archived().isUnknown() || facts.archived().isAbsent()) {
            return absentOrNot(name, command, facts.archived(), "It was not archived yet.");
        }
        Archived archived = facts.archived().value();
        String evidence = String.format(Locale.ROOT, "The archive of %s has %,d rows: %s.", archived.at(), archived.rows(), archived.verdict());
        return archived.verdict().equals("EQUAL") ? done(name, evidence) : toDo(name, evidence, command, List.of());
    }

    PhaseStep name() {
        String name = "give the legacy name to the view";
        String command = "quantum-btc archive --take-name";
        return optional(facts.nameTaken().isUnknown() ? unknown(name, command, facts.nameTaken())
                : Boolean.TRUE.equals(facts.nameTaken().value()) ? done(name, "The legacy name stands for the compat view.")
                : toDo(name, "The legacy name stands for the legacy table.", command, List.of()));
    }

    PhaseStep endpoints() {
        String name = "disable the old endpoints";
        String command = "quantum-btc atge disable";
        if (facts.endpoints().isUnknown() || facts.endpoints().isAbsent()) {
            return absentOrNot(name, command, facts.endpoints(), "They answer.");
        }
        return facts.endpoints().value().enabled() ? toDo(name, "They answer.", command, List.of())
                : done(name, "Disabled at " + facts.endpoints().value().changedAt() + " by " + facts.endpoints().value().by() + ".");
    }

    /** Null when there is nothing to undo. */
    String wayBack() {
        if (facts.run().value() != null) {
            return "Everything can be undone: quantum-btc migrate rollback --confirm ROLLBACK";
        }
        return facts.rollbackFile().value() == null ? null
                : "A rollback left " + facts.rollbackFile().value() + "; quantum-btc migrate restore FILE brings all of it back.";
    }
}
