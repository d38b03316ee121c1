package quantumbtc.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Processor time that a PostgreSQL server and its sessions have used, ended ones included; read from /proc on Linux. */
final class ServerCpu {

    private static final double TICKS_A_SECOND = 100;

    private final Path dataFolder;

    ServerCpu(Path dataFolder) {
        this.dataFolder = dataFolder;
    }

    /** Seconds since the server started; null where the system does not tell. */
    Double seconds() {
        try {
            String pid = Files.readAllLines(dataFolder.resolve("postmaster.pid")).get(0).trim();
            // utime, stime, and the same of children that have ended.
            double own = ticks(pid, 13, 14, 15, 16);
            try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                List<String> ids = processes.map(path -> path.getFileName().toString()).filter(name -> name.matches("\\d+")).toList();
                for (String id : ids) {
                    own += pid.equals(parent(id)) ? ticks(id, 13, 14) : 0;
                }
            }
            return own / TICKS_A_SECOND;
        } catch (IOException e) {
            return null;
        }
    }

    private static String parent(String pid) {
        String[] fields = fields(pid);
        return fields.length == 0 ? null : fields[3];
    }

    private static double ticks(String pid, int... positions) {
        String[] fields = fields(pid);
        return fields.length == 0 ? 0 : Arrays.stream(positions).mapToLong(position -> Long.parseLong(fields[position])).sum();
    }

    /** Empty when the process has ended meanwhile. A name with spaces is cut out first. */
    private static String[] fields(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "stat")).replaceAll("\\(.*\\)", "name").split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }
}
