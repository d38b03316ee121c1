package quantumbtc.trade;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import quantumbtc.db.Database;
import quantumbtc.db.Sql;

/** The table {@code btc_trades}, as far as users see it: a user stores and finds only own trades. */
public final class Trades {

    private final Jdbi jdbi;

    public Trades(Database database) {
        this.jdbi = database.jdbi();
    }

    /**
     * Stores a generated trade and its provenance in one transaction.
     *
     * @param key the user's idempotency key; null when there is none
     * @return the trade stored under this user and key: the given one, or the one stored before, then nothing is changed
     */
    public Trade store(Generated generated, String key) {
        Trade trade = generated.trade();
        return jdbi.inTransaction(handle -> {
            if (key != null) {
                // Two requests with the same key wait for each other here, on whichever node they run.
                handle.createQuery(Sql.of("trade/lock-key")).bind("user", trade.userId().toString()).bind("key", key)
                        .mapTo(Boolean.class).one();
                Optional<Trade> earlier = byKey(handle, trade.userId(), key);
                if (earlier.isPresent()) {
                    return earlier.get();
                }
            }
            insert(handle, trade);
            handle.createUpdate(Sql.of("trade/insert-provenance"))
                    .bind("id", trade.id()).bind("user", trade.userId()).bindByType("key", key, String.class)
                    .bind("seed", generated.seed()).bind("inputs", TradeRow.json(generated.inputs()))
                    .bind("generatedAt", time(trade.generatedAt())).execute();
            return find(handle, trade.id(), trade.userId()).orElseThrow();
        });
    }

    private static void insert(Handle handle, Trade trade) {
        List<Target> targets = trade.targets();
        handle.createUpdate(Sql.of("trade/insert-trade"))
                .bind("id", trade.id()).bind("user", trade.userId()).bind("symbol", trade.symbol())
                .bind("entryMin", trade.entry().min()).bind("entryMax", trade.entry().max()).bind("entryOptimal", trade.entry().optimal())
                .bind("tp1", targets.get(0).price()).bind("tp1Allocation", targets.get(0).allocation())
                .bind("tp2", targets.get(1).price()).bind("tp2Allocation", targets.get(1).allocation())
                .bind("tp3", targets.get(2).price()).bind("tp3Allocation", targets.get(2).allocation())
                .bind("stop", trade.stop()).bind("maxLoss", trade.maxLossPercent())
                .bind("timeframe", trade.timeframe()).bind("hours", trade.timeframeHours())
                .bind("confidence", trade.confidence()).bind("reasoning", trade.reasoning())
                .bind("justification", trade.justification()).bind("pattern", trade.wavePattern())
                .bind("quality", trade.dataQuality()).bind("proof", TradeRow.json(trade.proofs()))
                .bind("triggers", TradeRow.json(trade.triggers())).bind("status", trade.status().name())
                .bind("generatedAt", time(trade.generatedAt())).bind("expiresAt", time(trade.expiresAt()))
                .execute();
    }

    /** The trade that this user stored under this key before; empty when there is none. */
    public Optional<Trade> byKey(UUID userId, String key) {
        return jdbi.withHandle(handle -> byKey(handle, userId, key));
    }

    private static Optional<Trade> byKey(Handle handle, UUID userId, String key) {
        return handle.createQuery(Sql.of("trade/find-by-key")).bind("user", userId).bind("key", key)
                .map((row, context) -> TradeRow.read(row)).findOne();
    }

    /** Empty when there is no such trade, or when it is another user's. */
    public Optional<Trade> find(UUID id, UUID userId) {
        return jdbi.withHandle(handle -> find(handle, id, userId));
    }

    private static Optional<Trade> find(Handle handle, UUID id, UUID userId) {
        return handle.createQuery(Sql.of("trade/find-own")).bind("id", id).bind("user", userId)
                .map((row, context) -> TradeRow.read(row)).findOne();
    }

    /** One page of trades, newest first. */
    public TradePage list(TradeQuery query) {
        List<Trade> found = jdbi.withHandle(handle -> page(handle, query)
                .bindByType("statuses", query.statuses().isEmpty() ? null : query.statuses().stream().map(Enum::name).collect(Collectors.joining(",")), String.class)
                .bindByType("timeframe", query.timeframe(), String.class)
                .bindByType("from", time(query.from()), OffsetDateTime.class)
                .bindByType("until", time(query.until()), OffsetDateTime.class)
                .bindByType("afterTime", query.after() == null ? null : time(query.after().generatedAt()), OffsetDateTime.class)
                .bindByType("afterId", query.after() == null ? null : query.after().id(), UUID.class)
                .bind("rows", query.limit() + 1)
                .map((row, context) -> TradeRow.read(row)).list());
        if (found.size() <= query.limit()) {
            return new TradePage(found, null);
        }
        List<Trade> page = found.subList(0, query.limit());
        Trade last = page.get(page.size() - 1);
        return new TradePage(List.copyOf(page), new TradeQuery.Cursor(last.generatedAt(), last.id()));
    }

    private static Query page(Handle handle, TradeQuery query) {
        return query.userId() == null ? handle.createQuery(Sql.of("trade/list-all"))
                : handle.createQuery(Sql.of("trade/list-own")).bind("user", query.userId());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
