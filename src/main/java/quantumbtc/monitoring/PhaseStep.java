package quantumbtc.monitoring;

import java.util.List;

/**
 * One step of a phase.
 *
 * @param state    never null
 * @param evidence what it is judged by; never null
 * @param command  what does it; null when it is done
 * @param blockers what speaks against doing it now, one sentence each; never null
 * @param optional the phases after it do not wait for it
 */
public record PhaseStep(String name, State state, String evidence, String command, List<String> blockers, boolean optional) {

    /** How a step stands. */
    public enum State {
        DONE,
        /** It can be done now. */
        NEXT,
        /** It is its turn, but something speaks against it. */
        BLOCKED,
        /** It is not done, and not its turn; or it is not needed. */
        OPEN,
        /** What it is judged by cannot be read. */
        UNKNOWN
    }

    PhaseStep as(State other) {
        return new PhaseStep(name, other, evidence, command, blockers, optional);
    }
}
