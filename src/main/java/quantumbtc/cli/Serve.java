package quantumbtc.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import quantumbtc.App;
import quantumbtc.Settings;

/** Serves until it is told to stop; a stop lets requests under way end first. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Serves the endpoints and runs the timers until stopped.")
final class Serve implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        App app = App.start(Settings.load(Path.of(""), System.getenv()), App.Mode.SERVE);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            app.close();
            stopped.countDown();
        }, "stop"));
        spec.commandLine().getOut().printf("quantum-btc serves http://%s:%d/api/docs, management http://%s:%d/health/ready%n",
                app.servers().host(), app.port(), app.servers().managementHost(), app.servers().managementPort());
        spec.commandLine().getOut().flush();
        stopped.await();
        return QuantumBtc.DONE;
    }
}
