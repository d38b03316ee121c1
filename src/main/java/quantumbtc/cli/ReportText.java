package quantumbtc.cli;

import java.util.List;
import java.util.Locale;
import quantumbtc.migration.ArchiveReport;
import quantumbtc.migration.BackupReport;
import quantumbtc.migration.RestoreReport;
import quantumbtc.migration.RollbackReport;
import quantumbtc.migration.TableRows;

/** Rollback, restore, archive and backup for people. */
final class ReportText {

    private ReportText() {
    }

    static String of(RollbackReport report) {
        StringBuilder text = new StringBuilder();
        if (report.outcome() == RollbackReport.Outcome.ROLLED_BACK) {
            text.append("ROLLED BACK in ").append(seconds(report.tookMs())).append(". Archive: ").append(report.archive())
                    .append("\nsha256 ").append(report.sha256()).append("\n\n").append(tables(report.dropped())).append('\n')
                    .append(report.carriedTrades()).append(" trades made by Quantum and ").append(report.carriedStatuses())
                    .append(" statuses given by it were written to the legacy table just now.\n")
                    .append(report.generatedTrades()).append(" trades made by Quantum and ").append(report.judgedTrades())
                    .append(" judged by it are in the archive only. Bring all back with: quantum-btc migrate restore FILE\n");
        }
        report.notes().forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }

    static String of(RestoreReport report) {
        return "RESTORED in " + seconds(report.tookMs()) + " from " + report.archive() + " (schema " + report.schemaVersion() + ")\n\n"
                + tables(report.restored());
    }

    static String of(ArchiveReport report) {
        return report.message() + "\n" + String.format(Locale.ROOT, "%s: %,d rows, hash %s%n%s: %,d rows, hash %s%n%,d written, %,d removed, %s",
                report.source(), report.sourceRows(), report.sourceHash(), report.archive(), report.archiveRows(), report.archiveHash(),
                report.written(), report.removed(), seconds(report.tookMs()));
    }

    static String of(BackupReport report) {
        return String.format(Locale.ROOT, "%s (%s, %,d bytes, %s)%nsha256 %s%n%s", report.file(), report.kind(), report.bytes(),
                seconds(report.tookMs()), report.sha256(), String.join("\n", report.notes()));
    }

    private static String tables(List<TableRows> tables) {
        Table table = new Table("table", "rows");
        tables.forEach(row -> table.row(row.table(), String.format(Locale.ROOT, "%,d", row.rows())));
        return table.toString();
    }

    private static String seconds(long milliseconds) {
        return String.format(Locale.ROOT, "%.1f s", milliseconds / 1_000.0);
    }
}
