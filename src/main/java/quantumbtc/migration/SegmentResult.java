package quantumbtc.migration;

import java.util.List;
import java.util.stream.Stream;
import quantumbtc.migration.VerifyReport.Difference;

/**
 * What one key range, or several together, came to. Counts are of rows.
 *
 * @param candidates  Bitcoin rows of the legacy table, without those carried back
 * @param quarantined candidates in quarantine
 * @param carriedBack trades of Quantum that also stand in the legacy table
 * @param migrated    rows of btc_trades that Quantum did not generate
 * @param judged      migrated rows that have an outcome
 * @param conflicting candidates with an open conflict
 * @param differences the first ones only
 */
record SegmentResult(long candidates, long quarantined, long carriedBack, long migrated, long judged,
                     long missing, long extra, long different, long conflicting, List<Difference> differences) {

    static final SegmentResult NOTHING = new SegmentResult(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    static SegmentResult differing(long missing, long extra, long different, List<Difference> differences) {
        return new SegmentResult(0, 0, 0, 0, 0, missing, extra, different, 0, differences);
    }

    SegmentResult plus(SegmentResult other) {
        return new SegmentResult(candidates + other.candidates, quarantined + other.quarantined, carriedBack + other.carriedBack,
                migrated + other.migrated, judged + other.judged, missing + other.missing, extra + other.extra,
                different + other.different, conflicting + other.conflicting, Stream.concat(differences.stream(), other.differences.stream()).toList());
    }
}
