package quantumbtc.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import quantumbtc.App;
import quantumbtc.Settings;
import quantumbtc.db.Refused;

/** The whole program serving one or more databases in a process of its own, which a test can kill without warning. */
public final class ServingProcess implements AutoCloseable {

    private static final int TRIES = 40;
    private static final long BETWEEN_TRIES_MS = 250;

    private final Process process;
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private volatile boolean killed;

    private ServingProcess(Process process) {
        this.process = process;
    }

    /**
     * Returns at once; each database is served when it has a port.
     *
     * @param settings hold for every database; a value must not contain a line end
     * @param log      takes what the process logs
     */
    public static ServingProcess start(List<String> urls, Map<String, String> settings, Path log) throws IOException {
        List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp", System.getProperty("java.class.path"),
                ServingProcess.class.getName(), settings.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).collect(Collectors.joining("\n"))));
        words.addAll(urls);
        ServingProcess child = new ServingProcess(new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start());
        Thread reader = new Thread(child::read, "serving-process");
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    private void read() {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ");
                if (words.length == 3 && words[0].equals("serves")) {
                    ports.put(words[1], Integer.parseInt(words[2]));
                }
            }
        } catch (IOException e) {
            // It was killed.
            return;
        }
    }

    /** Where a database is served; null while it is not. */
    public Integer port(String url) {
        return process.isAlive() ? ports.get(url) : null;
    }

    /** True when it ended and nobody killed it. */
    public boolean gaveUp() {
        return !killed && !process.isAlive();
    }

    /** The same as {@code kill -9}. */
    public void kill() throws InterruptedException {
        killed = true;
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        killed = true;
        process.destroyForcibly();
    }

    /** Entry of the child. */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        Map<String, String> settings = Arrays.stream(arguments[0].split("\n")).map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        for (String url : List.of(arguments).subList(1, arguments.length)) {
            System.out.println("serves " + url + " " + serve(Settings.defaults().with(settings).with(Map.of("database.url", url))).port());
            System.out.flush();
        }
        // Its standard input ends when whoever started it does.
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(1);
    }

    /** As a supervisor would: started anew until the database answers. */
    private static App serve(Settings settings) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return App.start(settings, App.Mode.SERVE);
            } catch (Refused | IllegalStateException | org.jdbi.v3.core.JdbiException e) {
                if (attempt == TRIES) {
                    throw e;
                }
                Thread.sleep(BETWEEN_TRIES_MS);
            }
        }
    }
}
