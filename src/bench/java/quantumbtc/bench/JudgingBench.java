package quantumbtc.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quantumbtc.db.Database;
import quantumbtc.market.Candle;
import quantumbtc.market.CandleFile;
import quantumbtc.validation.JudgeComparison;
import quantumbtc.validation.OpenTrade;

/**
 * Judges a million open trades against an hour of one-minute candles and writes a snapshot of each, on a PostgreSQL of
 * its own with fsync on; beside it, a statement at a time for some of them, as the original does.
 */
@Command(name = "judging", mixinStandardHelpOptions = true, description = "Times the hourly validation of many open trades.")
final class JudgingBench implements Callable<Integer> {

    private static final int COMPARED = 5_000;
    private static final long SEED = 11;

    @Option(names = "--trades", description = "Open trades; default ${DEFAULT-VALUE}.", defaultValue = "1000000")
    private int trades;

    @Option(names = "--loop", description = "Trades judged a statement at a time; default ${DEFAULT-VALUE}.", defaultValue = "5000")
    private int loop;

    @Option(names = "--hours", description = "Validations that are timed; default ${DEFAULT-VALUE}.", defaultValue = "3")
    private int hours;

    @Option(names = "--candles", paramLabel = "FILE", description = "Times nothing: judges random trades over this candle file and compares the judge with a "
            + "slow, independent restatement of its rule.")
    private Path candles;

    @Override
    public Integer call() throws Exception {
        return candles == null ? time() : compare(CandleFile.read(candles));
    }

    private static int compare(List<Candle> candles) {
        List<OpenTrade> trades = JudgeComparison.trades(candles, COMPARED, new Random(SEED));
        boolean same = say("prices as they are", JudgeComparison.compare(trades, candles));
        return same & say("brought to 100,000 USD", JudgeComparison.compareAtHundredThousand(trades, candles)) ? 0 : 1;
    }

    private static boolean say(String what, JudgeComparison.Result result) {
        System.out.printf(Locale.ROOT, "%s: %,d trades, %,d equal, %,d differing; %s%n", what, result.trades(), result.equal(),
                result.trades() - result.equal(), result.outcomes());
        result.differing().forEach(System.out::println);
        return result.equal() == result.trades();
    }

    private int time() throws Exception {
        try (OpenTrades open = new OpenTrades(trades)) {
            say("first validation, all trades new", open.validate(1, 100));
            List<Double> seconds = new ArrayList<>();
            for (int hour = 2; hour < 2 + hours; hour++) {
                open.settle();
                seconds.add(say("validation " + hour + ", 60 candles", open.validate(hour, 600 * (hour - 1))));
            }
            open.settle();
            say("the same again, nothing new", open.validate(1 + hours, 600 * hours));
            seconds.sort(null);
            open.settle();
            double each = statementPerTrade(open.database());
            double median = seconds.get(seconds.size() / 2);
            System.out.printf(Locale.ROOT, "a statement at a time: %.3f ms a trade, %.0f s for %,d; median validation %.1f s: %.0f times as fast%n",
                    each, each * trades / 1_000, trades, median, each * trades / 1_000 / median);
            return median <= 15 && each * trades / 1_000 / median >= 70 ? 0 : 1;
        }
    }

    private static double say(String what, OpenTrades.Timed validation) {
        System.out.printf(Locale.ROOT, "%s: %.1f s; %s%n", what, validation.seconds(), validation.report().summary());
        return validation.seconds();
    }

    /** Read one, write its status and its snapshot, go on: what the original does for every trade. @return milliseconds each */
    private double statementPerTrade(Database database) throws SQLException {
        List<UUID> ids = database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT id FROM btc_trades WHERE status = 'ACTIVE' LIMIT :rows").bind("rows", loop).mapTo(UUID.class).list());
        try (Connection connection = database.dataSource().getConnection();
             PreparedStatement read = connection.prepareStatement("SELECT tp1_price, stop_loss_price FROM btc_trades WHERE id = ?");
             PreparedStatement update = connection.prepareStatement("UPDATE btc_trades SET status = 'ACTIVE', last_validated_at = now() WHERE id = ?");
             PreparedStatement insert = connection.prepareStatement("INSERT INTO btc_hourly_snapshots (trade_id, snapshot_at, price, deviation_from_prediction, "
                     + "phase_shift_detected) VALUES (?, '2030-01-01', 100000, 1.5, false)")) {
            long begun = System.nanoTime();
            for (UUID id : ids) {
                read.setObject(1, id);
                try (ResultSet row = read.executeQuery()) {
                    row.next();
                }
                update.setObject(1, id);
                update.executeUpdate();
                insert.setObject(1, id);
                insert.executeUpdate();
            }
            return (System.nanoTime() - begun) / 1e6 / ids.size();
        }
    }
}
