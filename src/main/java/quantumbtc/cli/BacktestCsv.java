package quantumbtc.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import quantumbtc.db.Refused;
import quantumbtc.trade.Trade;
import quantumbtc.validation.Verdict;

/** Every trade of a backtest, one line each. */
final class BacktestCsv {

    private static final String HEADER = "generated_at,expires_at,direction,timeframe,entry_min,entry_max,entry_optimal,tp1,tp2,tp3,stop,"
            + "max_loss_percent,confidence,raw_probability,base_rate_before,wave_pattern,status,reason,entered_at,entry_price,tp1_at,tp2_at,"
            + "tp3_at,stop_at,exit_price,profit_usd,hold_usd,base_rate_random,ended_at,ambiguous";

    private BacktestCsv() {
    }

    /** @throws Refused when the file cannot be written */
    static void write(Path file, List<BacktestTrade> trades) {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(HEADER + "\n");
            for (BacktestTrade trade : trades) {
                writer.write(line(trade) + "\n");
            }
        } catch (IOException e) {
            throw new Refused("trades cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }

    private static String line(BacktestTrade one) {
        Trade t = one.generated().trade();
        Verdict v = one.verdict();
        List<Object> values = new ArrayList<>();
        add(values, t.generatedAt(), t.expiresAt(), t.direction(), t.timeframe(), t.entry().min(), t.entry().max(), t.entry().optimal());
        t.targets().forEach(target -> values.add(target.price()));
        add(values, t.stop(), t.maxLossPercent(), t.confidence(), one.rawProbability(), one.generated().inputs().get("baseRate"),
                t.wavePattern(), v.status(), v.reason(), v.standing().enteredAt(), v.standing().entryPrice(), v.standing().target1At(),
                v.standing().target2At(), v.standing().target3At(), v.stopAt(), v.exitPrice(), v.profitUsd(), one.judged().holdUsd(),
                one.judged().baseRate(), v.endedAt(), v.standing().ambiguous());
        return String.join(",", values.stream().map(value -> value == null ? "" : value.toString()).toList());
    }

    private static void add(List<Object> values, Object... more) {
        for (Object value : more) {
            values.add(value);
        }
    }
}
