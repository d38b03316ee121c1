package quantumbtc.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import quantumbtc.App;
import quantumbtc.Settings;

/** Serves until it is told to stop; a stop lets requests under way end first. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Serves the endpoints and runs the timers until stopped.")
final class Serve implements Callable<Integer> {

    private static final long LONGEST_STOP_MS = 40_000;

    @Override
    public Integer call() throws InterruptedException {
        serve(Output.settings(), System.out, app -> { });
        return QuantumBtc.DONE;
    }

    /**
     * Returns when the process is told to stop.
     *
     * @param serving called once, when requests are answered
     */
    static void serve(Settings settings, PrintStream out, Consumer<App> serving) throws InterruptedException {
        App app = App.start(settings, App.Mode.SERVE);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            close(app);
            stopped.countDown();
        }, "stop"));
        out.printf("quantum-btc serves http://%s:%d/api/docs, management http://%s:%d/health/ready%n",
                app.servers().host(), app.port(), app.servers().managementHost(), app.servers().managementPort());
        serving.accept(app);
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
