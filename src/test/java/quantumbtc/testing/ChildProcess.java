package quantumbtc.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantumbtc.App;

/** The migration in a process of its own, which a test can kill without warning. */
public final class ChildProcess implements AutoCloseable {

    private static final String READY = "ready";

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /** Starts it and returns once it is about to run the migration. */
    public static ChildProcess start(TestDatabase test, Map<String, String> settings) throws IOException {
        List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", System.getProperty("java.class.path")));
        words.addAll(List.of(ChildProcess.class.getName(), test.url()));
        settings.forEach((name, value) -> words.addAll(List.of(name, value)));
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        ChildProcess child = new ChildProcess(builder.start());
        BufferedReader out = new BufferedReader(new InputStreamReader(child.process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (!READY.equals(line)) {
            throw new IOException("the child said: " + line);
        }
        return child;
    }

    /** The same as {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** True when it ended by itself within the time. */
    public boolean ended(long milliseconds) throws InterruptedException {
        return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Entry of the child. */
    public static void main(String[] arguments) {
        try (TestDatabase test = TestDatabase.at(arguments[0]); App app = Commands.start(test, settings(arguments))) {
            System.out.println(READY);
            app.ask("migration-run", null, Object.class);
        }
        System.exit(0);
    }

    private static String[] settings(String[] arguments) {
        return List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
    }
}
