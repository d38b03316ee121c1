package quantumbtc.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a JVM of its own, with the heap of the program's default. */
final class ServedProcess implements AutoCloseable {

    private final Process process;
    private final int port;

    /**
     * @param settings system properties, as {@code name=value}
     * @param says     the line that tells the port, which is its first group
     */
    ServedProcess(List<String> settings, Pattern says, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), ChildJvm.HEAP,
                "-Dlogback.configurationFile=bench-logback.xml", "-cp", System.getProperty("java.class.path")));
        settings.forEach(setting -> command.add("-D" + setting));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        port = port(says);
    }

    private int port(Pattern says) throws IOException {
        // Not closed: what the server says later has to go somewhere.
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher told = says.matcher(line);
            if (told.find()) {
                return Integer.parseInt(told.group(1));
            }
        }
        throw new IllegalStateException("the server ended before it listened");
    }

    int port() {
        return port;
    }

    double cpuSeconds() {
        return process.toHandle().info().totalCpuDuration().orElseThrow(
                () -> new IllegalStateException("this system does not tell a process's processor time")).toNanos() / 1e9;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
