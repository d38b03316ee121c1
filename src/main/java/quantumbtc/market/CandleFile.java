package quantumbtc.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import quantumbtc.db.Refused;

/** Reads candles from {@code time,open,high,low,close,volume}, time in epoch seconds of the start; {@code .gz} or plain. */
public final class CandleFile {

    private CandleFile() {
    }

    /**
     * Candles of the file, in its order; their step is the shortest distance between two.
     *
     * @param venue name of the venue that the file is of
     * @throws Refused when it cannot be read or a line is no candle; the message names the line
     */
    public static List<Candle> read(Path file, String venue) {
        try (InputStream in = Files.newInputStream(file);
             InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
             BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            List<String[]> rows = new ArrayList<>();
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                boolean heading = number == 1 && line.startsWith("time");
                if (!heading && !line.isBlank()) {
                    rows.add(columns(file, number, line));
                }
            }
            return candles(file, rows, venue);
        } catch (IOException e) {
            throw new UncheckedIOException("candle file " + file + " cannot be read", e);
        }
    }

    private static String[] columns(Path file, int number, String line) {
        String[] columns = line.split(",", -1);
        if (columns.length != 6) {
            throw new Refused("candle file " + file + ", line " + number + ": 6 columns are needed, not " + columns.length);
        }
        return columns;
    }

    private static List<Candle> candles(Path file, List<String[]> rows, String venue) {
        List<Candle> candles = new ArrayList<>(rows.size());
        try {
            Duration step = step(rows);
            for (String[] row : rows) {
                candles.add(new Candle(Instant.ofEpochSecond(Long.parseLong(row[0])), step, new BigDecimal(row[1]),
                        new BigDecimal(row[2]), new BigDecimal(row[3]), new BigDecimal(row[4]),
                        row[5].isBlank() ? null : new BigDecimal(row[5]), venue));
            }
        } catch (IllegalArgumentException e) {
            throw new Refused("candle file " + file + ", candle " + (candles.size() + 1) + ": " + e.getMessage(), e);
        }
        return candles;
    }

    private static Duration step(List<String[]> rows) {
        long least = Long.MAX_VALUE;
        for (int i = 1; i < rows.size(); i++) {
            long distance = Long.parseLong(rows.get(i)[0]) - Long.parseLong(rows.get(i - 1)[0]);
            least = distance > 0 ? Math.min(least, distance) : least;
        }
        return least == Long.MAX_VALUE ? Duration.ofHours(1) : Duration.ofSeconds(least);
    }
}
