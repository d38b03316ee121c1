package quantumbtc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest {

    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");
    private static final Duration FIVE = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void a_line_says_rows_speed_time_left_quarantine_and_why_it_is_slow() {
        ProgressLine line = new ProgressLine(START, 180_000, 900_000L, 61_200.4, Duration.ofSeconds(125), 3, "commits take 2.4 × idle", Duration.ZERO);
        assertThat(line.text(MINUTE)).isEqualTo("180,000 of 900,000 rows (20.0 %), 61,200 rows/s, 2 min 5 s left, 3 quarantined, "
                + "throttled: commits take 2.4 × idle");
    }

    @Test
    void what_is_unknown_is_left_out() {
        assertThat(new ProgressLine(START, 10, null, null, null, 0, null, Duration.ZERO).text(MINUTE)).isEqualTo("10 rows");
        assertThat(at(0, 0, 0L, Duration.ZERO).text(MINUTE)).startsWith("0 of 0 rows (100.0 %)");
    }

    @Test
    void without_a_terminal_a_line_is_printed_every_few_seconds_and_at_the_end() {
        try (ProgressPrinter printer = new ProgressPrinter(out, false, FIVE, MINUTE)) {
            for (int second = 0; second <= 12; second++) {
                printer.show(at(second, second * 10, 200L, Duration.ZERO));
            }
        }
        assertThat(lines()).extracting(line -> line.substring(0, line.indexOf(' '))).containsExactly("0", "50", "100", "120");
    }

    @Test
    void a_stall_and_its_end_are_said_at_once() {
        try (ProgressPrinter printer = new ProgressPrinter(out, false, Duration.ofHours(1), MINUTE)) {
            printer.show(at(0, 50, 200L, Duration.ZERO));
            printer.show(at(59, 50, 200L, Duration.ofSeconds(59)));
            printer.show(at(60, 50, 200L, Duration.ofSeconds(60)));
            printer.show(at(61, 50, 200L, Duration.ofSeconds(61)));
            printer.show(at(62, 60, 200L, Duration.ZERO));
        }
        assertThat(lines()).containsExactly("50 of 200 rows (25.0 %), 10 rows/s, 15 s left",
                "50 of 200 rows (25.0 %), STALLED: no progress for 1 min 0 s",
                "60 of 200 rows (30.0 %), 10 rows/s, 15 s left");
    }

    @Test
    void a_terminal_gets_a_bar() {
        try (ProgressPrinter printer = new ProgressPrinter(out, true, FIVE, MINUTE)) {
            printer.show(at(0, 150, 200L, Duration.ZERO));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("75%", "150/200");
    }

    private static ProgressLine at(int second, long done, Long total, Duration stalledFor) {
        return new ProgressLine(START.plusSeconds(second), done, total, 10.0, Duration.ofSeconds(15), 0, null, stalledFor);
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
