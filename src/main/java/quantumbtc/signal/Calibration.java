package quantumbtc.signal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import quantumbtc.trade.Timeframe;

/**
 * Turns the bootstrap's probability into one that came true as often as it said: {@code p' = 1 / (1 + exp(-(a + b ln(p / (1 - p)))))},
 * with a and b of the timeframe where it had trades enough, else of all together. The shipped values were fitted by
 * {@code quantum-btc backtest --fit}; their file says on what.
 */
public final class Calibration {

    /** With fewer trades of a timeframe than this, the values of all timeframes are used. */
    static final int FEWEST = 300;
    private static final double EDGE = 0.01;
    private static final String SHIPPED = "/signal/calibration.properties";

    private final Line all;
    private final Map<Timeframe, Line> byTimeframe;
    private final Instant fittedUntil;

    /** Intercept and slope on the logit scale, and the trades they were fitted on. */
    record Line(double intercept, double slope, int trades) {

        double apply(double probability) {
            double clamped = Math.min(1 - EDGE, Math.max(EDGE, probability));
            return 1 / (1 + Math.exp(-(intercept + slope * Math.log(clamped / (1 - clamped)))));
        }
    }

    /** One past signal: what the bootstrap said, and whether the first target came first. */
    public record Observation(Timeframe timeframe, double raw, boolean hit) {
    }

    private Calibration(Line all, Map<Timeframe, Line> byTimeframe, Instant fittedUntil) {
        this.all = all;
        this.byTimeframe = byTimeframe;
        this.fittedUntil = fittedUntil;
    }

    /** Changes nothing; what a fit starts from. */
    public static Calibration none() {
        return new Calibration(new Line(0, 1, 0), Map.of(), null);
    }

    /** The values in the jar. */
    public static Calibration shipped() {
        try (InputStream in = Calibration.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is missing from the jar");
            }
            Properties values = new Properties();
            values.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<Timeframe, Line> lines = new EnumMap<>(Timeframe.class);
            for (Timeframe timeframe : Timeframe.values()) {
                if (values.containsKey(timeframe.label() + ".slope")) {
                    lines.put(timeframe, line(values, timeframe.label()));
                }
            }
            return new Calibration(line(values, "all"), lines, Instant.parse(values.getProperty("fitted.until")));
        } catch (IOException e) {
            throw new UncheckedIOException(SHIPPED + " cannot be read", e);
        }
    }

    private static Line line(Properties values, String name) {
        return new Line(Double.parseDouble(values.getProperty(name + ".intercept")),
                Double.parseDouble(values.getProperty(name + ".slope")),
                Integer.parseInt(values.getProperty(name + ".trades")));
    }

    /** @throws IllegalArgumentException when there is nothing to fit on */
    public static Calibration fit(List<Observation> observations) {
        if (observations.isEmpty()) {
            throw new IllegalArgumentException("no judged trade to fit the calibration on");
        }
        Map<Timeframe, Line> lines = new EnumMap<>(Timeframe.class);
        for (Timeframe timeframe : Timeframe.values()) {
            List<Observation> own = observations.stream().filter(one -> one.timeframe() == timeframe).toList();
            if (own.size() >= FEWEST) {
                lines.put(timeframe, Platt.fit(own));
            }
        }
        return new Calibration(Platt.fit(observations), lines, null);
    }

    /** @param raw probability by the bootstrap, 0 to 1 */
    public double probability(Timeframe timeframe, double raw) {
        return line(timeframe).apply(raw);
    }

    Line line(Timeframe timeframe) {
        return byTimeframe.getOrDefault(timeframe, all);
    }

    /** End of the data that it was fitted on; null when that is unknown. */
    public Instant fittedUntil() {
        return fittedUntil;
    }

    /** As the shipped file has it, without its provenance. */
    public String text() {
        StringBuilder text = new StringBuilder();
        append(text, "all", all);
        byTimeframe.forEach((timeframe, line) -> append(text, timeframe.label(), line));
        return text.toString();
    }

    private static void append(StringBuilder text, String name, Line line) {
        text.append(name).append(".intercept=").append(rounded(line.intercept())).append('\n')
                .append(name).append(".slope=").append(rounded(line.slope())).append('\n')
                .append(name).append(".trades=").append(line.trades()).append('\n');
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
