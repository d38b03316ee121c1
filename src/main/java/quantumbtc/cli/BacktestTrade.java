package quantumbtc.cli;

import quantumbtc.trade.Generated;
import quantumbtc.validation.JudgedTrade;
import quantumbtc.validation.Verdict;

/** One trade of a backtest: as it was made, as it ended, and what the performance counts of it. */
record BacktestTrade(Generated generated, Verdict verdict, JudgedTrade judged) {

    double rawProbability() {
        return (double) generated.inputs().get("rawProbability");
    }
}
