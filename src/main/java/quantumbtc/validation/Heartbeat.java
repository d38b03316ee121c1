package quantumbtc.validation;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews a run's lease from a thread of its own, as judging a shard may take longer than the lease. */
final class Heartbeat implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "validation-heartbeat");
        made.setDaemon(true);
        return made;
    });

    Heartbeat(ValidationLease lease, ValidationRun run) {
        long periodMs = Math.max(250, lease.leaseSeconds() * 1_000L / 4);
        thread.scheduleAtFixedRate(() -> {
            try {
                lease.renew(run);
            } catch (RuntimeException e) {
                log.atWarn().addKeyValue("runId", run.id()).log("validation {}: the lease could not be renewed and is tried again: {}", run.id(), e.getMessage());
            }
        }, 0, periodMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
