package quantumbtc.rollout;

/** The two systems. */
public enum ServedBy { QUANTUM, ATGE }
