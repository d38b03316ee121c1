package quantumbtc.validation;

import java.util.List;

/** What was done to one shard; counts of trades and rows. */
record ShardResult(long validated, long hit, long notHit, long invalidated, long expired, long snapshots, long anomalies,
                   long failed, List<String> errors) {

    static final ShardResult NOTHING = new ShardResult(0, 0, 0, 0, 0, 0, 0, 0, List.of());

    ShardResult {
        errors = List.copyOf(errors);
    }

    ShardResult plus(ShardResult other) {
        return new ShardResult(validated + other.validated, hit + other.hit, notHit + other.notHit,
                invalidated + other.invalidated, expired + other.expired, snapshots + other.snapshots,
                anomalies + other.anomalies, failed + other.failed,
                java.util.stream.Stream.concat(errors.stream(), other.errors.stream()).limit(20).toList());
    }

    ShardResult with(long moreAnomalies, List<String> moreErrors) {
        return plus(new ShardResult(0, 0, 0, 0, 0, 0, moreAnomalies, 0, moreErrors));
    }
}
