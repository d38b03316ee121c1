package quantumbtc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PrintingTest {

    private record Report(BigDecimal price, Instant at, Duration took, String missing) {
    }

    @Test
    void a_table_aligns_text_to_the_left_and_numbers_to_the_right() {
        assertThat(new Table("Reason", "Rows").row("PRICE_NOT_POSITIVE", 20).row("→ all", 1_000).row("unknown", null)).hasToString("""
                Reason              Rows
                PRICE_NOT_POSITIVE    20
                → all               1000
                unknown                -
                """);
    }

    @Test
    void json_has_plain_numbers_and_iso_times_and_keeps_the_unknown() {
        Report report = new Report(new BigDecimal("1E+5"), Instant.parse("2026-01-15T12:00:00Z"), Duration.ofSeconds(90), null);
        assertThat(JsonPrinter.json(report)).isEqualTo("""
                {
                  "price" : 100000,
                  "at" : "2026-01-15T12:00:00Z",
                  "took" : "PT1M30S",
                  "missing" : null
                }""");
    }
}
