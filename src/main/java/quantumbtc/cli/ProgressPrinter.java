package quantumbtc.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows progress: a bar on a terminal, else a line every few seconds, so that a log file stays readable.
 * A stall and its end are said at once either way.
 */
public final class ProgressPrinter implements AutoCloseable {

    private final PrintStream out;
    private final Duration every;
    private final Duration stallAfter;
    private final ProgressBar bar;
    private ProgressLine last;
    private Instant printedAt;
    private boolean stalled;

    /**
     * @param terminal   true for a bar; {@code System.console() != null} tells
     * @param every      time between lines when there is no bar
     * @param stallAfter setting migration.stall-seconds
     */
    public ProgressPrinter(PrintStream out, boolean terminal, Duration every, Duration stallAfter) {
        this.out = out;
        this.every = every;
        this.stallAfter = stallAfter;
        this.bar = terminal ? bar(out) : null;
    }

    private static ProgressBar bar(PrintStream out) {
        return new ProgressBarBuilder().setTaskName("migrate").setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(500)
                .setConsumer(new ConsoleProgressBarConsumer(out)).hideEta().build();
    }

    public void show(ProgressLine line) {
        last = line;
        boolean turned = line.isStalled(stallAfter) != stalled;
        stalled = line.isStalled(stallAfter);
        if (bar == null) {
            if (turned || printedAt == null || !line.at().isBefore(printedAt.plus(every))) {
                print();
            }
            return;
        }
        if (line.rowsTotal() != null) {
            bar.maxHint(line.rowsTotal());
        }
        bar.stepTo(line.rowsDone());
        bar.setExtraMessage(line.details(stallAfter));
    }

    private void print() {
        out.println(last.text(stallAfter));
        printedAt = last.at();
    }

    /** Ends the bar, or prints the last line if it was not printed. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        } else if (last != null && !last.at().equals(printedAt)) {
            print();
        }
    }
}
