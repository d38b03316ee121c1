package quantumbtc.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quantumbtc.Settings;
import quantumbtc.db.Refused;
import quantumbtc.market.Candle;
import quantumbtc.market.CandleFile;
import quantumbtc.signal.Calibration;
import quantumbtc.signal.Chart;
import quantumbtc.signal.SignalGenerator;
import quantumbtc.validation.Timeline;

/** Generates and judges signals over a file of candles, and prints how they did. Needs no database. */
@Command(name = "backtest", mixinStandardHelpOptions = true,
        description = "Generates and judges signals over recorded candles and prints how they did, base rate and costs included.")
public final class BacktestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--candles", required = true, paramLabel = "FILE",
            description = "CSV, or CSV in gzip: time,open,high,low,close,volume. Given again for another venue, its candles are used in judging alone.")
    private List<Path> files;

    @Option(names = "--from", paramLabel = "TIME", converter = BacktestTime.Point.class,
            description = "First generation, such as 2017-01-01 or 2017-01-01T00:00:00Z; default: 30 days after the first candle.")
    private Instant from;

    @Option(names = "--to", paramLabel = "TIME", converter = BacktestTime.Point.class,
            description = "No generation from then on; default: a week before the last candle.")
    private Instant until;

    @Option(names = "--every", paramLabel = "SPAN", defaultValue = "6h", converter = BacktestTime.Span.class,
            description = "Between two generations, such as 6h or 1d; default ${DEFAULT-VALUE}.")
    private Duration every;

    @Option(names = "--seed", defaultValue = "1", description = "Of the random numbers; the same seed gives the same table. Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--history", paramLabel = "CANDLES", description = "Most candles that a signal's statistics look back on; default: the setting signal.history-candles.")
    private Integer history;

    @Option(names = "--fit", paramLabel = "FILE", description = "Begins without calibration, fits one on this span, and writes it there.")
    private Path fit;

    @Option(names = "--out", paramLabel = "FILE", description = "Where every trade is written as CSV.")
    private Path out;

    @Option(names = "--json", description = "Prints the table as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        List<Candle> candles = CandleFile.read(files.get(0));
        if (candles.isEmpty()) {
            throw new Refused("candle file " + files.get(0) + " has no candle. Nothing was written.");
        }
        List<Candle> judged = new ArrayList<>(candles);
        files.stream().skip(1).forEach(file -> judged.addAll(CandleFile.read(file)));
        Chart chart = Chart.of(candles);
        Timeline timeline = Timeline.of(judged);
        Instant first = from != null ? from : BacktestTime.fullHour(candles.get(0).start().plus(Duration.ofDays(30)));
        Instant last = until != null ? until : chart.end().minus(Duration.ofDays(7));
        if (!first.isBefore(last)) {
            throw new Refused("the span from " + first + " to " + last + " is empty. Nothing was written.");
        }
        Calibration calibration = fit == null ? Calibration.shipped() : Calibration.none();
        Instant fittedUntil = fit == null ? calibration.fittedUntil() : null;
        Backtest backtest = new Backtest(new SignalGenerator(calibration, lookback()), chart, timeline,
                new RandomEntries(chart, timeline, BacktestSections.edges(first, last, fittedUntil), seed), seed);
        List<BacktestTrade> trades = run(backtest, first, last);
        if (out != null) {
            BacktestCsv.write(out, trades);
        }
        if (fit != null) {
            BacktestFit.write(fit, trades, files.get(0), first, last, every, seed, lookback());
        }
        print(BacktestSections.of(trades, chart, first, last, fittedUntil), backtest.refused());
        return QuantumBtc.DONE;
    }

    private int lookback() {
        return history != null ? history
                : Settings.load(Path.of("."), System.getenv()).number("signal.history-candles", 120, 1_000_000);
    }

    private List<BacktestTrade> run(Backtest backtest, Instant first, Instant last) {
        try (ProgressBar bar = new ProgressBarBuilder().setTaskName("backtest").setUnit(" hours", 1).showSpeed()
                .setInitialMax(Duration.between(first, last).toHours()).setUpdateIntervalMillis(1_000)
                .setConsumer(new ConsoleProgressBarConsumer(System.err)).build()) {
            return backtest.run(first, last, every, bar::stepTo);
        }
    }

    private void print(List<BacktestSection> sections, int refused) {
        PrintWriter writer = spec.commandLine().getOut();
        writer.print(json ? BacktestJson.of(sections, refused) : BacktestText.of(sections, refused));
        writer.flush();
    }
}
