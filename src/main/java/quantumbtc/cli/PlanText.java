package quantumbtc.cli;

import java.time.Duration;
import java.util.Locale;
import quantumbtc.migration.PlanReport;
import quantumbtc.migration.PlanReport.Rows;

/** A plan for people: what would happen, what would be left out and why, what stands in the way. */
final class PlanText {

    private PlanText() {
    }

    static String of(PlanReport plan) {
        StringBuilder text = new StringBuilder("DRY RUN: nothing was written.\n\n");
        if (plan.source() != null) {
            text.append("source    ").append(plan.source().table()).append(", ").append(megabytes(plan.source().bytes()))
                    .append("; columns that stay where they are: ")
                    .append(plan.source().extraColumns().isEmpty() ? "none" : String.join(", ", plan.source().extraColumns())).append('\n');
        }
        text.append("target    ").append(target(plan)).append('\n');
        text.append("server    PostgreSQL ").append(plan.server().version()).append(", database ").append(plan.server().database())
                .append(", role ").append(plan.rights().role()).append(plan.server().pooler() ? ", through a transaction pooler" : "").append('\n');
        if (plan.estimate() != null) {
            text.append(String.format(Locale.ROOT, "estimate  %s at %,d rows/s (%s); about %s on disk%n",
                    ProgressLine.human(Duration.ofSeconds(plan.estimate().seconds())), plan.estimate().rowsPerSecond(),
                    plan.estimate().assumption(), megabytes(plan.estimate().bytes())));
        }
        if (plan.rows() != null) {
            rows(text, plan.rows());
        }
        plan.waits().forEach(wait -> text.append(String.format("waits     for process %s (%s, %s s, locks: %s)%n",
                wait.pid(), wait.application(), wait.seconds(), wait.locks())));
        plan.warnings().forEach(warning -> text.append("warning   ").append(warning).append('\n'));
        plan.blockers().forEach(blocker -> text.append("BLOCKER   ").append(blocker).append('\n'));
        text.append(plan.blockers().isEmpty() ? "\nNext: quantum-btc migrate run\n" : "\nThe migration would be refused.\n");
        return text.toString();
    }

    private static String target(PlanReport plan) {
        return switch (plan.target().state()) {
            case ABSENT -> "not there yet; the migration makes it";
            case OURS -> "there, schema version " + plan.target().version();
            case FOREIGN -> "names in use by something else: " + String.join(", ", plan.target().found());
        };
    }

    private static void rows(StringBuilder text, Rows rows) {
        text.append(String.format(Locale.ROOT, "%n%,d rows: %,d Bitcoin, %,d others that stay. Of the Bitcoin rows %,d can be migrated "
                        + "(%,d are already), %,d would be quarantined.%n%n", rows.all(), rows.candidates(), rows.others(), rows.migratable(),
                rows.migrated(), rows.candidates() - rows.migratable()));
        Table symbols = new Table("symbol", "rows", "");
        rows.symbols().forEach(row -> symbols.row(word(row.word()), number(row.rows()), row.bitcoin()
                ? "Bitcoin" + (row.normalised() ? ", written differently" : "") : row.looksBitcoin() ? "looks like Bitcoin, but is not in the setting" : "stays"));
        Table statuses = new Table("status", "becomes", "rows", "");
        rows.statuses().forEach(row -> statuses.row(word(row.word()), row.becomes(), number(row.rows()), row.known() ? "" : "unknown word"));
        Table frames = new Table("timeframe", "rows", "");
        rows.timeframes().forEach(row -> frames.row(word(row.word()), number(row.rows()), row.usual() ? "" : "unusual; kept as it is"));
        text.append(symbols).append('\n').append(statuses).append('\n').append(frames).append('\n');
        if (!rows.rejections().isEmpty()) {
            Table rejections = new Table("quarantine", "rows", "for example");
            rows.rejections().forEach(row -> rejections.row(row.reason(), number(row.rows()),
                    row.first().isEmpty() ? "" : row.first().get(0).id() + " (" + row.first().get(0).column() + ")"));
            text.append(rejections).append('\n');
        }
        if (rows.overdue() > 0) {
            text.append(String.format(Locale.ROOT, "%,d active trades are past their time; the first validation after Quantum serves their users closes them.%n", rows.overdue()));
        }
    }

    private static String word(String word) {
        return word == null ? "NULL" : "'" + word + "'";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", bytes >> 20);
    }
}
