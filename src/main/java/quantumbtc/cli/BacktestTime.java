package quantumbtc.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the command line writes times and spans. All times are UTC. */
final class BacktestTime {

    private BacktestTime() {
    }

    static Instant fullHour(Instant time) {
        Instant hour = time.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(time) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }

    /** A date, or an instant on a full hour. */
    static final class Point implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                Instant time = text.length() == 10 ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.parse(text);
                if (time.equals(fullHour(time))) {
                    return time;
                }
            } catch (DateTimeParseException e) {
                // Said below.
            }
            throw new TypeConversionException("'" + text + "' is neither a date such as 2017-01-01 nor a full hour such as 2017-01-01T06:00:00Z");
        }
    }

    /** Whole hours or days: 6h, 1d. */
    static final class Span implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("[1-9][0-9]{0,4}[hd]")) {
                throw new TypeConversionException("'" + text + "' is no span such as 6h or 1d");
            }
            long count = Long.parseLong(text.substring(0, text.length() - 1));
            return text.endsWith("h") ? Duration.ofHours(count) : Duration.ofDays(count);
        }
    }
}
