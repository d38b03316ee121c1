package quantumbtc.market;

import java.util.LinkedHashMap;
import java.util.Map;

/** Judges market data, keeps a record of what is wrong with it, and turns away what no signal may be made of. */
public final class MarketJudge {

    private final PurityRule rule;
    private final PriceMemory memory;
    private final AnomalyLog anomalies;
    private final PurityLimits limits;

    public MarketJudge(PurityRule rule, PriceMemory memory, AnomalyLog anomalies, PurityLimits limits) {
        this.rule = rule;
        this.memory = memory;
        this.anomalies = anomalies;
        this.limits = limits;
    }

    /** Writes each anomaly; a FATAL one suspends generation on all nodes before this returns. */
    public Assessment assess(MarketData data) {
        Purity purity = rule.judge(data, memory.frozen(data.quotes()));
        anomalies.write(purity.anomalies(), conditions(data, purity), null, data.gatheredAt());
        return new Assessment(data, purity);
    }

    /** @throws NotPure when no signal may be made of it */
    public Assessment requirePure(Assessment assessment) {
        if (!assessment.purity().passed()) {
            throw new NotPure(assessment.purity(), limits.minimumScore());
        }
        return assessment;
    }

    private static Map<String, Object> conditions(MarketData data, Purity purity) {
        Map<String, Object> prices = new LinkedHashMap<>();
        data.quotes().forEach(quote -> prices.put(quote.source().label(), quote.price()));
        Map<String, Object> conditions = new LinkedHashMap<>();
        conditions.put("prices", prices);
        conditions.put("medianPrice", purity.medianPrice());
        conditions.put("divergencePercent", purity.divergencePercent());
        conditions.put("score", purity.score());
        conditions.put("replayed", data.replayed());
        return conditions;
    }
}
