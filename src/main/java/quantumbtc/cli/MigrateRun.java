package quantumbtc.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quantumbtc.App;
import quantumbtc.migration.MigrationStatus;
import quantumbtc.migration.NoSuchRun;

/** {@code quantum-btc migrate run}: copies everything, showing how far it is. */
@Command(name = "run", mixinStandardHelpOptions = true,
        description = "Copies the Bitcoin trades. Safe to repeat and to kill: it goes on where it was.")
final class MigrateRun implements Callable<Integer> {

    private static final Duration LINE_EVERY = Duration.ofSeconds(5);

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        return Output.with(app -> {
            MigrationStatus status = run(app, Clock.systemUTC());
            output.print(status, StatusText::of);
            return status.state().equals("COMPLETED") ? QuantumBtc.DONE : QuantumBtc.FAILED;
        });
    }

    /** Runs the migration to its end while showing progress on standard error. */
    static MigrationStatus run(App app, Clock clock) {
        CompletableFuture<MigrationStatus> work = CompletableFuture.supplyAsync(() -> app.ask("migration-run", null, MigrationStatus.class));
        Duration stall = Duration.ofSeconds(Output.settings().number("migration.stall-seconds", 5, 86_400));
        PrintStream err = System.err;
        try (ProgressPrinter printer = new ProgressPrinter(err, Terminal.isInteractive(), LINE_EVERY, stall)) {
            while (!work.isDone()) {
                if (!finishes(work)) {
                    show(app, printer, clock);
                }
            }
            if (!work.isCompletedExceptionally()) {
                printer.show(StatusText.progress(work.join(), clock));
            }
        }
        try {
            return work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static boolean finishes(CompletableFuture<?> work) {
        try {
            work.get(500, TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (java.util.concurrent.ExecutionException e) {
            return true;
        }
    }

    private static void show(App app, ProgressPrinter printer, Clock clock) {
        try {
            MigrationStatus status = app.ask("migration-status", null, MigrationStatus.class);
            if (status.state().equals("RUNNING")) {
                printer.show(StatusText.progress(status, clock));
            }
        } catch (NoSuchRun e) {
            // The run is not open yet: there is nothing to show.
            return;
        }
    }
}
