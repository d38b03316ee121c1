package quantumbtc.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quantumbtc.monitoring.AlertView;

/** {@code quantum-btc alerts}. */
@Command(name = "alerts", mixinStandardHelpOptions = true, description = "Lists the alerts, the open ones first.")
final class AlertsCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        List<?> alerts = Output.ask("monitoring-alerts", null, List.class);
        output.print(alerts, AlertsCommand::text);
        return QuantumBtc.DONE;
    }

    private static String text(List<?> alerts) {
        if (alerts.isEmpty()) {
            return "No alert is open, and none was.";
        }
        Table table = new Table("level", "rule", "about", "since", "until", "not told", "message");
        for (Object one : alerts) {
            AlertView alert = (AlertView) one;
            table.row(alert.level(), alert.rule(), alert.subject().isEmpty() ? null : alert.subject(), alert.firedAt(),
                    alert.resolvedAt() == null ? "open" : alert.resolvedAt(), alert.unsent(), alert.message());
        }
        return table.toString();
    }
}
