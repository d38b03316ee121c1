package quantumbtc.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quantumbtc.App;
import quantumbtc.Settings;

/** Serves until it is told to stop; a stop lets requests under way end first. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Serves the endpoints and runs the timers until stopped.")
final class Serve implements Callable<Integer> {

    private static final long LONGEST_STOP_MS = 40_000;

    @Mixin
    private Output output;

    /** Where it listens. */
    private record Listening(String docs, String management) {

        private String text() {
            return "quantum-btc serves " + docs + ", management " + management;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        serve(Output.settings(), output, app -> { });
        return QuantumBtc.DONE;
    }

    /**
     * Returns when the process is told to stop.
     *
     * @param serving called once, when requests are answered
     */
    static void serve(Settings settings, Output output, Consumer<App> serving) throws InterruptedException {
        App app = App.start(settings, App.Mode.SERVE);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            close(app);
            stopped.countDown();
        }, "stop"));
        output.print(new Listening("http://" + app.servers().host() + ":" + app.port() + "/api/docs",
                "http://" + app.servers().managementHost() + ":" + app.servers().managementPort() + "/health/ready"), Listening::text);
        serving.accept(app);
        System.out.flush();
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
