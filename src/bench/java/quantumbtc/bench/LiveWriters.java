package quantumbtc.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures what users of the old system feel: alone, while this program migrates, and while one statement does. */
final class LiveWriters {

    private static final int PER_SECOND = 200;
    private static final int SESSIONS = 16;
    private static final Duration ALONE = Duration.ofSeconds(20);

    private final Arena arena;

    LiveWriters(Arena arena) {
        this.arena = arena;
    }

    List<WriterResult> measure() throws IOException, InterruptedException {
        List<WriterResult> results = new ArrayList<>();
        arena.reset();
        // Connections and caches get warm outside of the measurement.
        during(() -> Thread.sleep(3_000));
        Latencies alone = during(() -> Thread.sleep(ALONE.toMillis()));
        results.add(new WriterResult("alone", alone, 1.0, ALONE.toSeconds()));
        for (Contender contender : List.of(Contender.B2, Contender.A)) {
            arena.reset();
            Measure[] measure = new Measure[1];
            Latencies latencies = during(() -> measure[0] = arena.run(contender, false));
            results.add(new WriterResult("during " + contender.letter() + ", " + contender.title(), latencies,
                    latencies.p99Ms() / alone.p99Ms(), measure[0].seconds()));
        }
        return results;
    }

    private Latencies during(Work work) throws IOException, InterruptedException {
        try (PacedWriter writer = new PacedWriter(arena.database(), PER_SECOND, SESSIONS)) {
            writer.start();
            work.run();
            return writer.stop();
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
