package quantumbtc.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import quantumbtc.db.Refused;

/**
 * Reads a file of candles: CSV, or CSV in gzip when the name ends in {@code .gz}, with the columns
 * {@code time,open,high,low,close,volume}; time is the UTC epoch second of the candle's start, volume is in BTC.
 */
public final class CandleFile {

    private static final String HEADER = "time,open,high,low,close,volume";

    private CandleFile() {
    }

    /**
     * The step is the most frequent distance of two lines; the venue is the file name up to its first underscore.
     *
     * @return oldest first
     * @throws Refused when the file cannot be read, or a line is no candle; the message names the line
     */
    public static List<Candle> read(Path file) {
        List<String[]> rows = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(file);
             InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
             BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            String header = reader.readLine();
            if (!HEADER.equals(header)) {
                throw new Refused("candle file " + file + " begins with \"" + header + "\"; it must begin with \"" + HEADER + "\". Nothing was read.");
            }
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    rows.add(line.split(","));
                }
            }
        } catch (IOException e) {
            throw new Refused("candle file " + file + " cannot be read: " + e.getMessage() + ". Nothing was changed.", e);
        }
        return candles(file, rows);
    }

    private static List<Candle> candles(Path file, List<String[]> rows) {
        String venue = venue(file);
        List<Candle> candles = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            String[] row = rows.get(i);
            try {
                candles.add(new Candle(Instant.ofEpochSecond(Long.parseLong(row[0])), Duration.ofSeconds(1), new BigDecimal(row[1]),
                        new BigDecimal(row[2]), new BigDecimal(row[3]), new BigDecimal(row[4]), new BigDecimal(row[5]), venue));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new Refused("candle file " + file + ", line " + (i + 2) + " is no candle: " + e.getMessage() + ". Nothing was changed.", e);
            }
        }
        candles.sort(Comparator.comparing(Candle::start));
        Duration step = step(candles);
        return candles.stream().map(one -> new Candle(one.start(), step, one.open(), one.high(), one.low(), one.close(),
                one.volume(), one.venue())).toList();
    }

    private static Duration step(List<Candle> candles) {
        Map<Duration, Integer> counts = new HashMap<>();
        for (int i = 1; i < candles.size(); i++) {
            Duration apart = Duration.between(candles.get(i - 1).start(), candles.get(i).start());
            if (!apart.isZero()) {
                counts.merge(apart, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(Duration.ofHours(1));
    }

    private static String venue(Path file) {
        String name = file.getFileName().toString().split("[_.]")[0];
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
