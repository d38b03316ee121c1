package quantumbtc.trade;

import java.util.Map;

/**
 * A trade just made, with what it was made from; the second half becomes {@code quantum_ops.generated_trades}.
 *
 * @param seed   of the random numbers; the same inputs and seed give the same trade
 * @param inputs what entered the computation and its intermediate results, for tracing
 */
public record Generated(Trade trade, long seed, Map<String, Object> inputs) {

    public Generated withReasoning(String words) {
        return new Generated(trade.withReasoning(words), seed, inputs);
    }
}
