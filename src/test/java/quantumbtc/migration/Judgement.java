package quantumbtc.migration;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import quantumbtc.db.Sql;

/** A verdict of Quantum, written by the judge's own statements, for a trade that the judge would judge. */
final class Judgement {

    private Judgement() {
    }

    /** @return false when the trade is not open, or not Quantum's to judge; nothing was written then */
    static boolean of(Handle session, UUID trade, String status) {
        return of(session, List.of(trade), status) == 1;
    }

    /** How many of the trades were judged. */
    static int of(Handle session, List<UUID> trades, String status) {
        return session.inTransaction(handle -> {
            handle.execute(Sql.of("validation/make-verdicts"));
            handle.createUpdate("INSERT INTO verdicts (trade_id, known, old_status, status, reason, ambiguous, single_venue, ended_at) "
                    + "SELECT t.id, false, t.status, :status, 'seen', false, false, clock_timestamp() FROM btc_trades t WHERE t.id = ANY (:ids) AND t.status = 'ACTIVE' "
                    + "AND ((SELECT state = 'OFF' FROM quantum_ops.sync_control) OR quantum_ops.served_by_quantum(t.user_id) "
                    + "OR EXISTS (SELECT 1 FROM quantum_ops.generated_trades g WHERE g.trade_id = t.id))")
                    .bind("status", status).bindArray("ids", UUID.class, trades).execute();
            handle.createUpdate(Sql.of("validation/write-statuses")).bind("now", Clock.systemUTC().instant()).execute();
            return handle.createUpdate(Sql.of("validation/write-outcomes")).bind("now", Clock.systemUTC().instant())
                    .bind("until", Clock.systemUTC().instant()).execute();
        });
    }
}
