package quantumbtc.cli;

import java.util.Locale;
import quantumbtc.migration.VerifyReport;

/** A verification for people: the verdict first, then what it rests on. */
final class VerifyText {

    private static final int SHOWN = 20;

    private VerifyText() {
    }

    static String of(VerifyReport report) {
        StringBuilder text = new StringBuilder();
        text.append(switch (report.verdict()) {
            case CLEAN -> "CLEAN: every Bitcoin row of the legacy table is in btc_trades as the mapping says, or in quarantine and accepted.";
            case OPEN_QUARANTINE -> "OPEN QUARANTINE: every other row is as the mapping says; rows in quarantine wait to be retried or accepted.";
            case OPEN_CONFLICTS -> "OPEN CONFLICTS: every other row is as the mapping says; " + report.conflicts() + " trades have two versions: quantum-btc sync conflicts.";
            case DIFFERS -> "DIFFERS: see below.";
        }).append("\n\n");
        text.append(String.format(Locale.ROOT, "%,d candidates in %s = %,d migrated + %,d in quarantine (%,d open)%s%n",
                report.candidates(), report.sourceTable(), report.migrated(), report.quarantined(), report.openQuarantine(),
                report.checks().stream().allMatch(VerifyReport.Check::ok) || report.candidates() == report.migrated() + report.quarantined() ? "" : "   <-- does not add up"));
        text.append(String.format(Locale.ROOT, "%,d missing, %,d extra, %,d different; %,d made by Quantum, %,d judged by Quantum%n",
                report.missing(), report.extra(), report.different(), report.generated(), report.judged()));
        text.append(String.format(Locale.ROOT, "%,d key ranges compared in %,.1f s%n%n", report.segments(), report.milliseconds() / 1_000.0));
        if (!report.differences().isEmpty()) {
            Table table = new Table("id", "kind", "column", "expected", "actual");
            report.differences().stream().limit(SHOWN).forEach(row -> table.row(row.id(), row.kind(), row.column(), row.expected(), row.actual()));
            text.append(table).append(report.differences().size() > SHOWN ? "… more with --json\n\n" : "\n");
        }
        report.checks().forEach(check -> text.append(check.ok() ? "ok    " : "FAULT ").append(check.sentence()).append('\n'));
        report.notes().forEach(note -> text.append("note  ").append(note).append('\n'));
        return text.toString();
    }
}
