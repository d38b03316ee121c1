package quantumbtc.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Real Bitcoin prices by the minute: what Bitstamp traded from 25 November to 1 December 2013. */
public final class PriceHistory {

    private static final String TRADES = "/bitstamp_trades_from_20131125_usd.csv";

    /**
     * One minute with at least one trade.
     *
     * @param low   lowest price, hundredths of a USD
     * @param high  highest price, hundredths of a USD
     * @param close last price, hundredths of a USD
     */
    public record Minute(int low, int high, int close) {

        private Minute with(int price) {
            return new Minute(Math.min(low, price), Math.max(high, price), price);
        }
    }

    private final List<Minute> minutes;

    private PriceHistory(List<Minute> minutes) {
        this.minutes = List.copyOf(minutes);
    }

    /** Reads the trades from the classpath; a minute without a trade repeats the close before it. */
    public static PriceHistory read() {
        List<Minute> minutes = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PriceHistory.class.getResourceAsStream(TRADES), TRADES + " is not on the classpath"),
                StandardCharsets.US_ASCII))) {
            lines.readLine();
            long current = -1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",");
                long minute = Long.parseLong(fields[0]) / 60;
                int price = (int) Math.round(Double.parseDouble(fields[1]) * 100);
                if (minute == current) {
                    minutes.set(minutes.size() - 1, minutes.get(minutes.size() - 1).with(price));
                    continue;
                }
                for (long silent = current + 1; current >= 0 && silent < minute; silent++) {
                    int close = minutes.get(minutes.size() - 1).close();
                    minutes.add(new Minute(close, close, close));
                }
                minutes.add(new Minute(price, price, price));
                current = minute;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(TRADES + " cannot be read", e);
        }
        return new PriceHistory(minutes);
    }

    public int size() {
        return minutes.size();
    }

    /** After its last minute the history goes on with its first. */
    public Minute at(int minute) {
        return minutes.get(Math.floorMod(minute, minutes.size()));
    }
}
