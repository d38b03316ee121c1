package quantumbtc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import quantumbtc.market.Candle;
import quantumbtc.testing.Markets;

class BacktestCommandTest {

    @TempDir
    private Path folder;
    private Path candles;

    @BeforeEach
    void write_candles() throws IOException {
        StringBuilder text = new StringBuilder("time,open,high,low,close,volume\n");
        for (Candle candle : Markets.walk(21, 1_800, 9_000, 0.006, 0)) {
            text.append(candle.start().getEpochSecond()).append(',').append(candle.open()).append(',').append(candle.high()).append(',')
                    .append(candle.low()).append(',').append(candle.close()).append(",1\n");
        }
        candles = Files.writeString(folder.resolve("walk_1h.csv"), text);
    }

    private String run(String... options) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new BacktestCommand());
        line.setOut(new PrintWriter(out));
        String[] all = java.util.stream.Stream.concat(java.util.stream.Stream.of("--candles", candles.toString()),
                java.util.stream.Stream.of(options)).toArray(String[]::new);
        assertThat(line.execute(all)).isZero();
        return out.toString();
    }

    @Test
    void the_table_the_json_and_the_csv_tell_the_same_and_a_second_run_too() throws IOException {
        Path csv = folder.resolve("trades.csv");
        String text = run("--every", "1d", "--out", csv.toString());
        JsonNode all = new ObjectMapper().readTree(run("--every", "1d", "--json")).at("/sections/0/all");
        List<String> lines = Files.readAllLines(csv);
        assertThat(all.get("trades").asInt()).isEqualTo(lines.size() - 1).isGreaterThan(30);
        assertThat(lines.stream().filter(line -> line.contains(",HIT,")).count()).isEqualTo(all.get("hit").asInt());
        assertThat(text).contains("trades                " + all.get("trades").asInt() + ": HIT " + all.get("hit").asInt() + ",")
                .contains("base rate", "expectancy", "Brier score", "calibration error", "profit factor", "buy and hold", "95 %");
        assertThat(run("--every", "1d")).isEqualTo(text);
    }

    @Test
    void what_is_cut_off_after_the_last_trade_does_not_change_any_trade() throws IOException {
        Path whole = folder.resolve("whole.csv");
        Path cut = folder.resolve("cut.csv");
        run("--every", "2d", "--to", "2020-02-20", "--out", whole.toString());
        List<String> lines = Files.readAllLines(candles);
        Files.write(candles, lines.subList(0, 1 + 24 * (50 + 7)));
        run("--every", "2d", "--to", "2020-02-20", "--out", cut.toString());
        assertThat(Files.readAllLines(cut)).isEqualTo(Files.readAllLines(whole));
    }

    @Test
    void a_fit_says_where_it_comes_from() throws IOException {
        Path fit = folder.resolve("calibration.properties");
        run("--every", "1d", "--to", "2020-03-01", "--fit", fit.toString());
        assertThat(Files.readString(fit)).contains("walk_1h.csv (SHA-256 ").contains("fitted.until=2020-03-01T00:00:00Z").contains("all.slope=");
    }

    @Test
    void a_span_without_time_is_refused_and_a_wrong_option_is_wrong_use() {
        assertThat(QuantumBtc.run("backtest", "--candles", candles.toString(), "--from", "2020-03-01", "--to", "2020-02-01"))
                .isEqualTo(QuantumBtc.REFUSED);
        assertThat(QuantumBtc.run("backtest", "--candles", "none.csv")).isEqualTo(QuantumBtc.REFUSED);
        assertThat(QuantumBtc.run("backtest", "--candles", candles.toString(), "--every", "soon")).isEqualTo(2);
    }
}
