package quantumbtc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quantumbtc.validation.Summary;
import quantumbtc.validation.ValidationReport;

/** {@code quantum-btc validate}: judges all open trades now, as the hourly timer does. */
@Command(name = "validate", mixinStandardHelpOptions = true,
        description = "Judges all open trades by the candles since the last validation. Exit code 1 when one could not be judged, 3 when a validation is under way.")
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        ValidationReport report = Output.ask("trade-validate", "command", ValidationReport.class);
        output.print(report, ValidateCommand::text);
        return report.success() ? QuantumBtc.DONE : QuantumBtc.FAILED;
    }

    private static String text(ValidationReport report) {
        Summary summary = report.summary();
        String counts = summary.tradesValidated() + " open trades judged in " + summary.executionTime() + " ms: "
                + summary.tradesHit() + " HIT, " + summary.tradesNotHit() + " NOT_HIT, " + summary.tradesExpired() + " EXPIRED, "
                + summary.tradesInvalidated() + " INVALIDATED; " + summary.anomaliesDetected() + " anomalies";
        return report.errors() == null ? counts : counts + "\n" + String.join("\n", report.errors());
    }
}
