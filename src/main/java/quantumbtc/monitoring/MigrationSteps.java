package quantumbtc.monitoring;

import static quantumbtc.monitoring.PhaseSteps.absentOrNot;
import static quantumbtc.monitoring.PhaseSteps.done;
import static quantumbtc.monitoring.PhaseSteps.toDo;
import static quantumbtc.monitoring.PhaseSteps.optional;
import static quantumbtc.monitoring.PhaseSteps.unknown;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import quantumbtc.migration.SyncStatus;
import quantumbtc.monitoring.PhaseFacts.Quarantine;
import quantumbtc.monitoring.PhaseFacts.Run;
import quantumbtc.monitoring.PhaseFacts.Verified;

/** The steps until the migration is proved. */
record MigrationSteps(PhaseFacts facts) {

    private static final String RUN = "quantum-btc migrate run";
    private static final String VERIFY = "quantum-btc migrate verify";

    PhaseStep legacyTable() {
        String name = "find the legacy table";
        String command = "set migration.source-table, then: quantum-btc migrate";
        return facts.source().isUnknown() ? unknown(name, command, facts.source())
                : facts.source().isAbsent() ? toDo(name, "There is none.", command, List.of("There is no legacy table of the name that migration.source-table gives, and no trade_signals."))
                : facts.source().value().problem() != null ? toDo(name, facts.source().value().table(), command, List.of(facts.source().value().problem()))
                : done(name, facts.source().value().table());
    }

    PhaseStep backup() {
        String name = "back up";
        String command = "quantum-btc backup";
        return facts.backup().isUnknown() ? optional(unknown(name, command, facts.backup()))
                : facts.backup().isAbsent() ? optional(toDo(name, "No backup file of quantum-btc is on this machine.", command, List.of()))
                : optional(done(name, facts.backup().value()));
    }

    PhaseStep plan() {
        String name = "plan";
        String command = "quantum-btc migrate";
        return facts.run().isUnknown() ? unknown(name, command, facts.run())
                : facts.run().isAbsent() ? toDo(name, "A plan writes nothing, so it is on no record. When it names no blocker, go on with: " + RUN, command, List.of())
                : done(name, "A run was begun.");
    }

    PhaseStep copy() {
        String name = "copy the trades";
        if (facts.run().isUnknown() || facts.run().isAbsent()) {
            return absentOrNot(name, RUN, facts.run(), "No run was begun.");
        }
        Run run = facts.run().value();
        String evidence = String.format(Locale.ROOT, "Run %s is %s at step %s: %,d of %,d chunks are done, %,d trades.", run.id(),
                run.state().equals("RUNNING") && run.wanted().equals("PAUSE") ? "PAUSED" : run.state(), run.step(), run.chunksDone(), run.chunks(), run.rows());
        return switch (run.state()) {
            case "COMPLETED" -> run.chunksDone() < run.chunks() ? toDo(name, evidence, RUN, List.of()) : done(name, evidence);
            case "FAILED" -> toDo(name, evidence, RUN, List.of("The newest run failed: " + run.failure()));
            case "RUNNING" -> running(name, evidence, run);
            default -> toDo(name, evidence, RUN, List.of());
        };
    }

    private static PhaseStep running(String name, String evidence, Run run) {
        if (!run.alive()) {
            return toDo(name, evidence + " Its process was not heard of lately.", RUN, List.of());
        }
        return run.wanted().equals("PAUSE") ? toDo(name, evidence, "quantum-btc migrate resume", List.of("The run is paused."))
                : toDo(name, evidence, "quantum-btc migrate status", List.of("The run is at work."));
    }

    PhaseStep sync() {
        String name = "keep both systems alike";
        String command = "quantum-btc sync on";
        if (facts.sync().isUnknown() || facts.sync().isAbsent()) {
            return absentOrNot(name, command, facts.sync(), "There is no sync yet.");
        }
        SyncStatus sync = facts.sync().value();
        String evidence = "The sync is " + sync.state() + ", " + (sync.pending() == 0 ? "and no change waits." : sync.pending() + " changes wait, the oldest for "
                + (sync.lagSeconds() == null ? "an unknown time" : sync.lagSeconds().stripTrailingZeros().toPlainString() + " s") + ".");
        List<String> blockers = new ArrayList<>();
        if (sync.failure() != null) {
            blockers.add("The sync does not go on: " + sync.failure());
        }
        if (sync.state().equals("OFF")) {
            boolean over = facts.endpoints().value() != null && !facts.endpoints().value().enabled();
            return over ? done(name, evidence + " The old endpoints are disabled, so it is not needed.") : toDo(name, evidence, command, blockers);
        }
        if (!sync.capturing()) {
            blockers.add("The triggers on the legacy table are gone or disabled, so changes are not noted.");
            return toDo(name, evidence, command, blockers);
        }
        if (sync.state().equals("PAUSED")) {
            return toDo(name, evidence, "quantum-btc sync resume", blockers);
        }
        return blockers.isEmpty() ? done(name, evidence) : toDo(name, evidence, "quantum-btc sync status", blockers);
    }

    PhaseStep quarantine() {
        String name = "decide on rows in quarantine";
        String command = "quantum-btc migrate quarantine list";
        if (facts.quarantine().isUnknown() || facts.run().isAbsent() || facts.quarantine().isAbsent()) {
            return absentOrNot(name, command, facts.quarantine(), "No run was begun.");
        }
        Quarantine rows = facts.quarantine().value();
        String evidence = rows.rows() + " rows are in quarantine, " + rows.open() + " of them open.";
        return rows.open() == 0 ? done(name, evidence)
                : toDo(name, evidence, command, List.of(rows.open() + " rows wait to be repaired and retried, or accepted."));
    }

    PhaseStep conflicts() {
        String name = "decide on conflicts";
        String command = "quantum-btc sync conflicts";
        if (facts.sync().isUnknown() || facts.sync().isAbsent()) {
            return absentOrNot(name, command, facts.sync(), "There is no sync yet.");
        }
        long open = facts.sync().value().openConflicts();
        return open == 0 ? done(name, "No conflict is open.")
                : toDo(name, open + " conflicts are open.", command, List.of(open + " trades were changed by both systems and wait for a decision."));
    }

    PhaseStep verify() {
        String name = "verify every row";
        if (facts.verified().isUnknown() || facts.verified().isAbsent()) {
            return absentOrNot(name, VERIFY, facts.verified(), "It was not verified yet.");
        }
        Verified verified = facts.verified().value();
        String evidence = "The verification of " + verified.at() + " says " + verified.verdict() + ".";
        Run run = facts.run().value();
        if (run != null && (run.endedAt() == null || verified.at().isBefore(run.endedAt()))) {
            return toDo(name, evidence + " Rows were copied since.", VERIFY, List.of());
        }
        return switch (verified.verdict()) {
            case "CLEAN" -> done(name, evidence);
            case "DIFFERS" -> toDo(name, evidence, VERIFY, List.of(verified.differences() == 0 ? "A check of the schema failed; verify names it."
                    : verified.differences() + " rows were missing, extra or different; verify names them."));
            // What was open then may be decided by now: only another verification tells.
            default -> toDo(name, evidence, VERIFY, List.of());
        };
    }
}
