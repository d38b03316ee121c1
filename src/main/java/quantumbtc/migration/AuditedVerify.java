package quantumbtc.migration;

import java.time.Clock;
import java.time.Instant;

/** The verification together with its row in the audit log. */
public final class AuditedVerify {

    private final Verify verify;
    private final MigrationLog audit;
    private final Clock clock;

    public AuditedVerify(Verify verify, MigrationLog audit, Clock clock) {
        this.verify = verify;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws quantumbtc.db.Refused when there is nothing to verify */
    public VerifyReport verify() {
        Instant began = clock.instant();
        VerifyReport report = verify.verify();
        audit.write(null, "verify", report.verdict().name(), null, began, report.migrated(), report.quarantined(),
                "{\"missing\": " + report.missing() + ", \"extra\": " + report.extra() + ", \"different\": " + report.different() + "}");
        return report;
    }
}
