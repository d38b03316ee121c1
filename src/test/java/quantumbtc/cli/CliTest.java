package quantumbtc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantumbtc.testing.Legacy;

/** The command line as a script sees it: exit codes, JSON on standard output, messages on standard error. */
class CliTest {

    private static final int WRONG_USE = 2;

    @TempDir
    private Path folder;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private Legacy legacy;

    @BeforeEach
    void makeLegacyRows() {
        legacy = Legacy.with(1_000);
        System.setProperty("database.url", legacy.test().url());
        System.setProperty("data.directory", folder.toString());
        System.setProperty("caller.directory", folder.toString());
    }

    @AfterEach
    void putBack() {
        System.setOut(out);
        System.setErr(err);
        System.clearProperty("database.url");
        System.clearProperty("data.directory");
        System.clearProperty("caller.directory");
        legacy.close();
    }

    private int run(String... arguments) {
        said.reset();
        complained.reset();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            return QuantumBtc.run(arguments);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(said.toString(StandardCharsets.UTF_8));
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private String complaint() {
        return complained.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_whole_migration_by_script() throws Exception {
        legacy.row(2_000, "confidence_score = 101");
        assertThat(run("migrate", "--json", "--rows", "rows.csv")).as("%s", complained).isEqualTo(QuantumBtc.DONE);
        assertThat(json().path("rows").path("candidates").asLong()).isEqualTo(1_001);
        assertThat(Files.readAllLines(folder.resolve("rows.csv"))).containsExactly("id,reason,column",
                legacy.id(2_000) + ",OUT_OF_RANGE,confidence_score");
        assertThat(legacy.test().value("SELECT to_regclass('public.btc_trades') IS NULL", Boolean.class)).as("a plan writes nothing").isTrue();

        assertThat(run("migrate", "run", "--json")).as("%s", complained).isEqualTo(QuantumBtc.DONE);
        assertThat(json().path("rowsMigrated").asLong()).isEqualTo(1_000);
        assertThat(run("migrate", "--verify", "--json")).as("open quarantine").isEqualTo(QuantumBtc.FAILED);
        assertThat(json().path("verdict").asText()).isEqualTo("OPEN_QUARANTINE");
        assertThat(run("migrate", "quarantine", "retry")).as("%s", complained).isEqualTo(QuantumBtc.FAILED);
        assertThat(run("migrate", "quarantine", "accept", "--why", "known fault", "--reason", "OUT_OF_RANGE")).as("%s", complained).isEqualTo(QuantumBtc.DONE);
        assertThat(run("migrate", "verify")).as("%s", complained).isEqualTo(QuantumBtc.DONE);
        assertThat(text()).startsWith("CLEAN");

        assertThat(run("archive", "--json")).as("%s", complained).isEqualTo(QuantumBtc.DONE);
        assertThat(json().path("archiveRows").asLong()).isEqualTo(1_001);
        assertThat(run("backup", "--json")).as("%s", complained).isEqualTo(QuantumBtc.DONE);
        assertThat(Path.of(json().path("file").asText())).exists();

        assertThat(run("migrate", "rollback", "--confirm", "ROLLBACK", "--json")).as("%s", complained).isEqualTo(QuantumBtc.DONE);
        String archive = json().path("archive").asText();
        assertThat(run("migrate", "restore", archive, "--json")).as("%s", complained).isEqualTo(QuantumBtc.DONE);
        assertThat(run("migrate", "verify")).as("%s", complained).isEqualTo(QuantumBtc.DONE);
        assertThat(run("migrate", "--rollback", "--confirm", "ROLLBACK")).as("%s", complained).isEqualTo(QuantumBtc.DONE);
    }

    @Test
    void a_difference_is_exit_code_1() {
        assertThat(run("migrate", "run")).as("%s", complained).isEqualTo(QuantumBtc.DONE);
        legacy.test().execute("UPDATE btc_trades SET tp1_price = tp1_price + 1 WHERE id = '" + legacy.id(7) + "'");
        assertThat(run("migrate", "verify")).as("%s", complained).isEqualTo(QuantumBtc.FAILED);
        assertThat(text()).contains("DIFFERS", legacy.id(7).toString(), "tp1_price");
    }

    @Test
    void wrong_use_is_exit_code_2() {
        assertThat(run("migrate", "nonsense")).as("%s", complained).isEqualTo(WRONG_USE);
        assertThat(run("migrate", "quarantine")).as("%s", complained).isEqualTo(WRONG_USE);
        assertThat(run("migrate", "run")).isZero();
        assertThat(run("migrate", "quarantine", "accept", "--why", "no rows named")).as("%s", complained).isEqualTo(WRONG_USE);
        assertThat(complaint()).contains("reason or ids");
    }

    @Test
    void a_refusal_is_exit_code_3_and_says_why() {
        assertThat(run("migrate", "rollback", "--confirm", "rollback")).as("%s", complained).isEqualTo(QuantumBtc.REFUSED);
        assertThat(complaint()).contains("exact word ROLLBACK", "Nothing was changed");
        legacy.test().execute("CREATE TABLE btc_trades (id int)");
        assertThat(run("migrate")).as("%s", complained).isEqualTo(QuantumBtc.REFUSED);
        assertThat(text()).contains("BLOCKER", "btc_trades");
        assertThat(run("migrate", "run")).as("%s", complained).isEqualTo(QuantumBtc.REFUSED);
        assertThat(complaint()).contains("public.btc_trades exists and was not made by quantum-btc");
        assertThat(legacy.test().value("SELECT to_regnamespace('quantum_ops') IS NULL", Boolean.class)).as("nothing was made").isTrue();
    }

    @Test
    void a_status_before_the_first_run_is_a_plain_answer() {
        assertThat(run("migrate", "status")).as("%s", complained).isEqualTo(QuantumBtc.FAILED);
        assertThat(complaint()).contains("There is no migration run yet.");
        assertThat(run("migrate", "quarantine", "list")).as("%s", complained).isEqualTo(QuantumBtc.REFUSED);
    }
}
