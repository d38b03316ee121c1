package quantumbtc.monitoring;

import java.util.List;

/**
 * Where a deployment stands between ATGE and Quantum BTC.
 *
 * @param phase    the phase of the next step, 1 to 5; 5 also when all is done
 * @param complete true when nothing but optional steps is left
 * @param says     one sentence
 * @param next     the command that does the next step; null when none is left or what is next is unknown
 * @param blockers what speaks against it; never null
 * @param wayBack  how what was done can be undone; null when there is nothing to undo
 * @param phases   all five
 */
public record PhaseOverview(int phase, boolean complete, String says, String next, List<String> blockers, String wayBack, List<Phase> phases) {

    /** @param state DONE when each step that is not optional is; else as its first step that is not */
    public record Phase(int number, String name, PhaseStep.State state, List<PhaseStep> steps) {
    }
}
