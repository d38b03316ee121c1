package quantumbtc.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import quantumbtc.App;
import quantumbtc.Settings;

/** Serves until it is told to stop; a stop lets requests under way end first. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Serves the endpoints and runs the timers until stopped.")
final class Serve implements Callable<Integer> {

    private static final long LONGEST_STOP_MS = 40_000;

    @Override
    public Integer call() throws InterruptedException {
        serve(Output.settings(), System.out);
        return QuantumBtc.DONE;
    }

    /** Returns when the process is told to stop. */
    static void serve(Settings settings, PrintStream out) throws InterruptedException {
        App app = App.start(settings, App.Mode.SERVE);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            close(app);
            stopped.countDown();
        }, "stop"));
        out.printf("quantum-btc serves http://%s:%d/api/docs, management http://%s:%d/health/ready%n",
                app.servers().host(), app.port(), app.servers().managementHost(), app.servers().managementPort());
        out.flush();
        stopped.await();
    }

    /** A stop that itself hangs must not keep the process: whoever sent the signal waits for its end. */
    private static void close(App app) {
        Thread closing = new Thread(app::close, "close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(LONGEST_STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
