package quantumbtc.market.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import quantumbtc.market.Candle;

/** A week of real Bitstamp trades (2013-11-25 to 12-01) that comes with the ta4j examples, as one-minute candles. */
final class BitstampWeek {

    private static final String RESOURCE = "/bitstamp_trades_from_20131125_usd.csv";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private BitstampWeek() {
    }

    static List<Candle> candles() {
        TreeMap<Instant, List<BigDecimal[]>> minutes = new TreeMap<>();
        try (InputStream in = BitstampWeek.class.getResourceAsStream(RESOURCE);
             BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.split(",");
                Instant minute = Instant.ofEpochSecond(Long.parseLong(columns[0]) / 60 * 60);
                minutes.computeIfAbsent(minute, any -> new ArrayList<>())
                        .add(new BigDecimal[] {new BigDecimal(columns[1]).stripTrailingZeros(), new BigDecimal(columns[2])});
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the prices in " + RESOURCE + " cannot be read", e);
        }
        List<Candle> candles = new ArrayList<>();
        minutes.forEach((start, trades) -> candles.add(candle(start, trades)));
        return candles;
    }

    private static Candle candle(Instant start, List<BigDecimal[]> trades) {
        BigDecimal high = trades.get(0)[0];
        BigDecimal low = high;
        BigDecimal volume = BigDecimal.ZERO;
        for (BigDecimal[] trade : trades) {
            high = high.max(trade[0]);
            low = low.min(trade[0]);
            volume = volume.add(trade[1]);
        }
        return new Candle(start, MINUTE, trades.get(0)[0], high, low, trades.get(trades.size() - 1)[0], volume, "Bitstamp");
    }
}
