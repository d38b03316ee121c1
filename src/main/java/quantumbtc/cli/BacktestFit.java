package quantumbtc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import quantumbtc.db.Refused;
import quantumbtc.signal.Calibration;
import quantumbtc.trade.Timeframe;
import quantumbtc.trade.TradeStatus;

/** Fits a calibration on the trades of a backtest and writes it with where it comes from. */
final class BacktestFit {

    private BacktestFit() {
    }

    static void write(Path target, List<BacktestTrade> trades, Path candles, Instant from, Instant until, Duration every,
                      long seed, int lookback) {
        List<Calibration.Observation> seen = trades.stream().filter(one -> one.judged().status() != TradeStatus.INVALIDATED)
                // What ends later would bring in prices from beyond the span.
                .filter(one -> !one.generated().trade().expiresAt().isAfter(until))
                .map(one -> new Calibration.Observation(Timeframe.of(one.judged().timeframe()).orElseThrow(), one.rawProbability(),
                        one.judged().status() == TradeStatus.HIT)).toList();
        if (seen.isEmpty()) {
            throw new Refused("no trade of the span was judged, so there is nothing to fit on. Nothing was written.");
        }
        try {
            Files.writeString(target, """
                    # Calibration of the confidence: p' = 1 / (1 + exp(-(intercept + slope * ln(p / (1 - p))))).
                    # Made by: quantum-btc backtest --fit, from %s (SHA-256 %s).
                    # One signal each %s h from %s until %s, seed %d, %d candles of history; outcomes by the hourly judge.
                    """.formatted(candles.getFileName(), sha256(candles), every.toHours(), from, until, seed, lookback)
                    + "fitted.until=" + until + "\n" + Calibration.fit(seen).text());
        } catch (IOException e) {
            throw new Refused("the calibration cannot be written to " + target + ": " + e.getMessage(), e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
