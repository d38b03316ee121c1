package quantumbtc.validation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import quantumbtc.market.Candle;

/**
 * One-minute candles of a real week of Bitstamp trades, a hundredfold, so that the price crosses 100,000. A second venue
 * is made of every second trade; some minutes are missing and some have a wick on one venue, as really happens.
 */
final class RealMinutes {

    private RealMinutes() {
    }

    static List<Candle> ofTwoVenues(long seed) {
        TreeMap<Long, List<BigDecimal>> all = new TreeMap<>();
        TreeMap<Long, List<BigDecimal>> half = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                RealMinutes.class.getResourceAsStream("/bitstamp_trades_from_20131125_usd.csv"), StandardCharsets.US_ASCII))) {
            lines.readLine();
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",");
                long minute = Long.parseLong(cells[0]) / 60;
                BigDecimal price = new BigDecimal(cells[1]).movePointRight(2);
                all.computeIfAbsent(minute, key -> new ArrayList<>()).add(price);
                if (number++ % 2 == 0) {
                    half.computeIfAbsent(minute, key -> new ArrayList<>()).add(price.multiply(new BigDecimal("1.0015")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the real trades cannot be read", e);
        }
        List<Candle> candles = new ArrayList<>();
        Random random = new Random(seed);
        all.forEach((minute, prices) -> candles.add(candle(minute, prices, Bars.KRAKEN, random)));
        half.forEach((minute, prices) -> {
            if (random.nextInt(20) != 0) {
                candles.add(candle(minute, prices, Bars.OTHER, random));
            }
        });
        return candles;
    }

    private static Candle candle(long minute, List<BigDecimal> prices, String venue, Random random) {
        BigDecimal high = prices.stream().max(BigDecimal::compareTo).orElseThrow();
        BigDecimal low = prices.stream().min(BigDecimal::compareTo).orElseThrow();
        int dice = random.nextInt(200);
        high = dice == 0 ? high.multiply(new BigDecimal("1.03")) : high;
        low = dice == 1 ? low.multiply(new BigDecimal("0.97")) : low;
        return new Candle(Instant.ofEpochSecond(minute * 60), Duration.ofMinutes(1), prices.get(0), high, low,
                prices.get(prices.size() - 1), null, venue);
    }
}
