package quantumbtc.monitoring;

/**
 * How many trades stand where. Together they are every trade that was ever issued and not deleted.
 *
 * @param judgedHere  of those that are over: judged from candles by this program
 * @param takenOver   of those that are over: their status was migrated from ATGE and carries no profit
 */
public record TradeCounts(long active, long hit, long notHit, long invalidated, long expired, long judgedHere, long takenOver) {

    long over() {
        return hit + notHit + invalidated + expired;
    }

    long all() {
        return active + over();
    }
}
