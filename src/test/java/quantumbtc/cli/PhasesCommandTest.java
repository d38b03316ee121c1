package quantumbtc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import quantumbtc.App;
import quantumbtc.monitoring.PhaseOverview;
import quantumbtc.monitoring.PhaseStep;
import quantumbtc.testing.Commands;
import quantumbtc.testing.Legacy;

class PhasesCommandTest {

    @Test
    void every_command_that_the_phases_name_is_one_of_the_program() {
        try (Legacy legacy = Legacy.with(10); App app = Commands.start(legacy.test())) {
            PhaseOverview overview = app.ask("phases", null, PhaseOverview.class);
            List<String> named = overview.phases().stream().flatMap(phase -> phase.steps().stream()).map(PhaseStep::command)
                    .filter(command -> command != null && command.startsWith("quantum-btc ")).toList();
            assertThat(named).contains("quantum-btc migrate run", "quantum-btc rollout set 25", "quantum-btc archive --take-name", "quantum-btc atge disable");
            for (String command : named) {
                String[] words = command.split(" ");
                assertThatCode(() -> new CommandLine(new QuantumBtc()).parseArgs(Arrays.copyOfRange(words, 1, words.length))).as(command).doesNotThrowAnyException();
            }
            assertThat(PhasesCommand.text(overview).lines().filter(line -> line.contains(" open ") || line.contains(" done ") || line.contains(" next "))
                    .map(line -> line.replaceAll("^(.*?)  (open|done|next).*$", "$1").length()).distinct()).as("one column").hasSize(1);
        }
    }
}
