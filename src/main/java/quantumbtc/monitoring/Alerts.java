package quantumbtc.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantumbtc.db.Sql;

/** Looks: measures, judges by the rules, and has what changed written down and told. */
public final class Alerts {

    private static final Logger log = LoggerFactory.getLogger(Alerts.class);
    /** Longer than a busy pool lets a caller wait would let a lost database go unnoticed. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Measuring measuring;
    private final AlertRules rules;
    private final AlertBook book;
    private final LostDatabase lost;
    private final Clock clock;

    /** @param node as alerts name it */
    public Alerts(Measuring measuring, AlertRules rules, AlertBook book, AlertEndpoints endpoints, String node, Clock clock) {
        this.measuring = measuring;
        this.rules = rules;
        this.book = book;
        this.lost = new LostDatabase(node, endpoints);
        this.clock = clock;
    }

    /** Safe on many nodes at once, and to repeat. */
    public void look() {
        try {
            Measures measures = measuring.now(PATIENCE);
            book.record(rules.judge(measures), measures.at());
            Instant now = clock.instant();
            lost.back(now).ifPresent(outage -> book.recordOutage(lost.node(), outage.message(), outage.firedAt(), now));
        } catch (DatabaseAway e) {
            lost.away(e.getMessage(), clock.instant());
        } catch (IllegalStateException | JdbiException e) {
            // The next look tries again; an error of a statement does not mean that the database is lost.
            log.error("alerts: this look failed: {}", Sql.firstLine(e));
        }
    }

    LostDatabase lost() {
        return lost;
    }

    /** True while this node knows that the database does not answer. */
    public boolean databaseLost() {
        return lost.view() != null;
    }

    /** Open ones first, then the newest others. While the database is away, what is in memory. */
    public List<AlertView> list() {
        List<AlertView> all = new ArrayList<>();
        AlertView own = lost.view();
        if (own != null) {
            all.add(own);
            return all;
        }
        all.addAll(book.list());
        return all;
    }
}
