package quantumbtc.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Compares both systems with what was acknowledged to their writers, when nothing is under way any more. */
final class MovedDeployment {

    private static final Map<String, String> WORDS = Map.of("HIT", "completed_success", "NOT_HIT", "completed_failure", "EXPIRED", "expired",
            "INVALIDATED", "incomplete_data");

    private final List<String> wrong = new ArrayList<>();
    private final RandomWriter writer;
    private final RandomQuantum quantum;
    private final Map<UUID, Map<String, Object>> legacy;
    private final Map<UUID, Map<String, Object>> trades;
    private final Map<UUID, Map<String, Object>> outcomes;
    private final Map<UUID, Map<String, Object>> conflicts;
    private final Map<UUID, Map<String, Object>> quarantine;
    private final Map<UUID, Map<String, Object>> deleted;

    private MovedDeployment(Handle handle, RandomWriter writer, RandomQuantum quantum) {
        this.writer = writer;
        this.quantum = quantum;
        legacy = byId(handle.createQuery("SELECT l.id, symbol, status, confidence_score, tp1_price::text AS tp1, ai_reasoning, market_condition, "
                + "l.user_id FROM atge_trade_signals l"));
        trades = byId(handle.createQuery("SELECT id, status, quantum_reasoning, confidence_score, user_id, tp1_price::numeric(12, 0)::text AS tp1 FROM btc_trades"));
        outcomes = byId(handle.createQuery("SELECT trade_id AS id, status, atge_status, carried_at FROM quantum_ops.trade_outcomes"));
        conflicts = byId(handle.createQuery("SELECT trade_id AS id, kind, atge ->> 'market_condition' AS market_condition, quantum IS NOT NULL AS whole "
                + "FROM quantum_ops.sync_conflicts WHERE state = 'OPEN'"));
        quarantine = byId(handle.createQuery("SELECT legacy_id AS id, original ->> 'market_condition' AS market_condition FROM quantum_ops.migration_quarantine"));
        deleted = byId(handle.createQuery("SELECT trade_id AS id, outcome ->> 'status' AS status, outcome ->> 'atge_status' AS atge_status "
                + "FROM quantum_ops.deleted_trades ORDER BY outcome IS NOT NULL, deleted_at"));
    }

    /** What is not as it was acknowledged, in words; empty when all is well. */
    static List<String> faults(String url, RandomWriter writer, RandomQuantum quantum) throws SQLException {
        try (Handle handle = Jdbi.open(RandomWriter.connect(url))) {
            MovedDeployment moved = new MovedDeployment(handle, writer, quantum);
            moved.writer.rows().forEach(moved::legacyRow);
            moved.legacy.keySet().stream().filter(id -> !writer.rows().containsKey(id) && !quantum.made().containsKey(id))
                    .forEach(id -> moved.fault(id, "stands in the legacy table, and nobody wrote it"));
            moved.writer.rows().forEach(moved::trade);
            moved.trades.keySet().stream().filter(id -> !writer.rows().containsKey(id) && !quantum.made().containsKey(id)).forEach(moved::trade);
            moved.quantum.made().forEach(moved::made);
            moved.quantum.judged().forEach(moved::judged);
            moved.outcomes.keySet().stream().filter(id -> !quantum.judged().containsKey(id)).forEach(id -> moved.fault(id, "was judged by nobody"));
            return moved.wrong;
        }
    }

    private static Map<UUID, Map<String, Object>> byId(Query query) {
        Map<UUID, Map<String, Object>> rows = new HashMap<>();
        query.mapToMap().forEach(row -> rows.put((UUID) row.get("id"), row));
        return rows;
    }

    private void fault(UUID id, String sentence) {
        wrong.add(id + " " + sentence + "; acknowledged " + writer.rows().get(id) + " judged " + quantum.judged().get(id) + "; legacy " + legacy.get(id)
                + " trade " + trades.get(id) + " outcome " + outcomes.get(id) + " conflict " + conflicts.get(id) + " quarantine " + quarantine.get(id));
    }

    private void require(boolean condition, UUID id, String sentence) {
        if (!condition) {
            fault(id, sentence);
        }
    }

    /** No write of ATGE is missing from its own table. */
    private void legacyRow(UUID id, RandomWriter.Row row) {
        Map<String, Object> found = legacy.get(id);
        if (found == null) {
            fault(id, "is missing from the legacy table");
            return;
        }
        require(("v" + row.written()).equals(found.get("market_condition")) && ("v" + row.valued()).equals(found.get("ai_reasoning"))
                && row.symbol().equals(found.get("symbol")) && row.tp1().equals(found.get("tp1")) && found.get("confidence_score").equals(row.confidence()),
                id, "is not in the legacy table as ATGE wrote it");
        if (!row.status().equals(found.get("status"))) {
            // Only a judgement may stand there instead, of a trade that was open, and the word that it replaced is known.
            Map<String, Object> outcome = outcomes.getOrDefault(id, deleted.getOrDefault(id, Map.of()));
            require(found.get("status").equals(WORDS.get(String.valueOf(outcome.get("status")))) && row.status().equals(outcome.get("atge_status"))
                    && List.of("active", "cancelled").contains(row.status()), id, "has lost the status that ATGE wrote");
        }
    }

    /** What ATGE wrote has arrived, or waits in quarantine, or as a conflict with both versions. */
    private void trade(UUID id, RandomWriter.Row row) {
        Map<String, Object> conflict = conflicts.get(id);
        if (conflict != null) {
            String kind = !row.isBitcoin() ? "DELETED" : row.isMappable() ? "CHANGED" : "UNMAPPABLE";
            require(kind.equals(conflict.get("kind")) && ("v" + row.written()).equals(conflict.get("market_condition"))
                    && Boolean.TRUE.equals(conflict.get("whole")), id, "has a conflict that does not show both versions");
        } else if (!row.isBitcoin()) {
            require(!trades.containsKey(id), id, "is no Bitcoin trade and stands in btc_trades");
        } else if (!row.isMappable()) {
            require(quarantine.containsKey(id) && ("v" + row.written()).equals(quarantine.get(id).get("market_condition")), id, "is not in quarantine as it is");
        } else {
            Map<String, Object> found = trades.get(id);
            require(found != null && ("v" + row.valued()).equals(found.get("quantum_reasoning")) && found.get("confidence_score").equals(row.confidence())
                    && row.tp1().equals(found.get("tp1")), id, "has not arrived in btc_trades");
            require(!quarantine.containsKey(id), id, "is in quarantine though it can be mapped");
        }
    }

    /** A trade whose legacy row is gone. */
    private void trade(UUID id) {
        Map<String, Object> conflict = conflicts.get(id);
        require(conflict != null && "DELETED".equals(conflict.get("kind")), id, "stands in btc_trades, and ATGE has deleted it");
    }

    private void made(UUID id, int number) {
        Map<String, Object> trade = trades.get(id);
        require(trade != null && ("made " + number).equals(trade.get("quantum_reasoning")), id, "was made by Quantum and is missing");
        if (!conflicts.containsKey(id)) {
            Map<String, Object> carried = legacy.get(id);
            require(carried != null && ("made " + number).equals(carried.get("ai_reasoning"))
                    && new java.math.BigDecimal((String) carried.get("tp1")).intValueExact() == 110_000 + number, id, "was made by Quantum and is not in the legacy table");
        }
    }

    /** Once ATGE owned the trade again, it may have deleted it. */
    private void judged(UUID id, String status) {
        if (!trades.containsKey(id) || !outcomes.containsKey(id) && deleted.containsKey(id)) {
            require(status.equals(deleted.getOrDefault(id, Map.of()).get("status")), id, "was judged, and the judgement is missing");
            return;
        }
        require(Optional.ofNullable(outcomes.get(id)).map(outcome -> outcome.get("status")).equals(Optional.of(status)), id, "has lost its judgement");
        if (!conflicts.containsKey(id)) {
            require(legacy.containsKey(id) && WORDS.get(status).equals(legacy.get(id).get("status")), id, "was judged, and the legacy table does not say so");
        }
    }
}
