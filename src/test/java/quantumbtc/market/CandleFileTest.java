package quantumbtc.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantumbtc.db.Refused;

class CandleFileTest {

    private static final String TEXT = """
            time,open,high,low,close,volume
            1483228800,966.3,969.9,964.1,965.0,28.5
            1483232400,965.0,966.0,960.0,961.2,10
            1483239600,961.2,962.0,961.0,961.5,0.1
            """;

    @TempDir
    private Path folder;

    @Test
    void a_plain_and_a_packed_file_give_the_same_candles_and_a_gap_stays_a_gap() throws IOException {
        Path plain = Files.writeString(folder.resolve("kraken_1h.csv"), TEXT);
        Path packed = folder.resolve("kraken_1h.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(TEXT.getBytes());
        }
        List<Candle> candles = CandleFile.read(plain);
        assertThat(candles).hasSize(3).isEqualTo(CandleFile.read(packed)).allSatisfy(candle -> {
            assertThat(candle.duration()).isIn(Duration.ofHours(1), Duration.ofHours(2));
            assertThat(candle.venue()).isEqualTo("Kraken");
        });
        assertThat(candles.get(2).start()).isEqualTo(Instant.parse("2017-01-01T03:00:00Z"));
    }

    @Test
    void a_line_that_is_no_candle_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("x.csv"), TEXT + "1483243200,1,2,3,4,5\n");
        assertThatThrownBy(() -> CandleFile.read(file)).isInstanceOf(Refused.class).hasMessageContaining("line 5");
        Path headless = Files.writeString(folder.resolve("y.csv"), "1483243200,1,2,3,4,5\n");
        assertThatThrownBy(() -> CandleFile.read(headless)).isInstanceOf(Refused.class).hasMessageContaining("must begin with");
        assertThatThrownBy(() -> CandleFile.read(folder.resolve("none.csv"))).isInstanceOf(Refused.class).hasMessageContaining("none.csv");
    }
}
