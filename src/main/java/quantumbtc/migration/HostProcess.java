package quantumbtc.migration;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Which process does the work, so that another can tell whether it still lives.
 *
 * @param host      never null
 * @param startedAt tells two processes apart that were given the same pid
 */
record HostProcess(String host, long pid, Instant startedAt) {

    static HostProcess current() {
        ProcessHandle handle = ProcessHandle.current();
        return new HostProcess(hostName(), handle.pid(), started(handle));
    }

    /** True when the process ran on this host and is no more. On another host nothing can be said. */
    boolean isGone() {
        if (!host.equals(hostName())) {
            return false;
        }
        return ProcessHandle.of(pid)
                .map(handle -> !handle.isAlive() || !started(handle).equals(startedAt))
                .orElse(true);
    }

    private static Instant started(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH).truncatedTo(ChronoUnit.MILLIS);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
