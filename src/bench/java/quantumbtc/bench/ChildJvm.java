package quantumbtc.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs one way in a JVM with a heap of 256 MB, the program's own default, so that what it says about memory is proved. */
final class ChildJvm {

    static final String HEAP = "-Xmx256m";
    /** What the start script adds for a migration; the peers run as Java does by itself. */
    private static final List<String> AS_STARTED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private ChildJvm() {
    }

    /**
     * @param url has the password, so it goes by the environment and not by the command line, which everybody can list
     * @throws IllegalStateException when the way failed; its own words went to standard error
     */
    static Measure run(Contender contender, String url, boolean verify) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("nice", Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP));
        if (contender.isQuantum()) {
            command.addAll(AS_STARTED);
        }
        command.addAll(List.of("-Dlogback.configurationFile=bench-logback.xml", "-cp", System.getProperty("java.class.path"),
                Runner.class.getName(), contender.name(), Boolean.toString(verify)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DATABASE_URL", url);
        Process process = builder.start();
        String result = null;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Runner.MARK)) {
                    result = line.substring(Runner.MARK.length());
                }
            }
        }
        if (process.waitFor() != 0 || result == null) {
            throw new IllegalStateException(contender.letter() + " (" + contender.title() + ") failed with exit code " + process.exitValue());
        }
        return JsonMapper.builder().build().readValue(result, Measure.class);
    }
}
