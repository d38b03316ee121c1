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
            app.close();
            stopped.countDown();
        }, "stop"));
        out.printf("quantum-btc serves http://%s:%d/api/docs, management http://%s:%d/health/ready%n",
                app.servers().host(), app.port(), app.servers().managementHost(), app.servers().managementPort());
        out.flush();
        stopped.await();
    }
}
