package quantumbtc.migration;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import quantumbtc.db.Sql;

/** Quantum's own side: makes trades for users whom it serves, and judges trades that it owns, at random. */
final class RandomQuantum implements Runnable {

    private static final List<String> VERDICTS = List.of("HIT", "NOT_HIT", "EXPIRED", "INVALIDATED");

    private final String url;
    private final Random random;
    private final Map<UUID, Integer> made = new LinkedHashMap<>();
    private final Map<UUID, String> judged = new LinkedHashMap<>();
    private int number;
    private volatile boolean stopped;
    private volatile Throwable failure;

    RandomQuantum(String url, long seed) {
        this.url = url;
        this.random = new Random(~seed);
    }

    @Override
    public void run() {
        try {
            Connection connection = RandomWriter.connect(url);
            while (!stopped) {
                if (connection.isClosed()) {
                    connection = RandomWriter.connect(url);
                }
                Handle handle = Jdbi.open(connection);
                if (random.nextInt(3) == 0) {
                    make(handle);
                } else {
                    judge(handle);
                }
                Thread.sleep(random.nextInt(40));
            }
            connection.close();
        } catch (SQLException | InterruptedException | RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    void stop() {
        stopped = true;
    }

    /** Why it ended too early; null when it did not. */
    Throwable failure() {
        return failure;
    }

    /** Acknowledged trades, and the number that each is known by. */
    Map<UUID, Integer> made() {
        return made;
    }

    /** Acknowledged judgements. */
    Map<UUID, String> judged() {
        return judged;
    }

    private void make(Handle handle) throws SQLException {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        int own = ++number;
        String user = "md5('user" + random.nextInt(RandomWriter.USERS) + "')::uuid";
        boolean[] stored = new boolean[1];
        boolean acknowledged = attempt(() -> stored[0] = handle.inTransaction(session -> {
            if (!session.createQuery("SELECT quantum_ops.served_by_quantum(" + user + ")").mapTo(Boolean.class).one()) {
                return false;
            }
            insert(session, id, user, own);
            return true;
        }));
        if (acknowledged ? stored[0] : isThere("SELECT 'yes' FROM btc_trades WHERE id = ?", id, "yes")) {
            made.put(id, own);
        }
    }

    /** By the statements that store a trade that was just made. */
    private static void insert(Handle session, UUID id, String user, int own) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        UUID owner = session.createQuery("SELECT " + user).mapTo(UUID.class).one();
        session.createUpdate(Sql.of("trade/insert-trade")).bind("id", id).bind("user", owner).bind("symbol", "BTC")
                .bind("entryMin", new BigDecimal(99_000)).bind("entryMax", new BigDecimal(101_000)).bind("entryOptimal", new BigDecimal(100_000))
                .bind("tp1", new BigDecimal(110_000 + own)).bind("tp1Allocation", 50).bind("tp2", new BigDecimal(160_000)).bind("tp2Allocation", 30)
                .bind("tp3", new BigDecimal(170_000)).bind("tp3Allocation", 20).bind("stop", new BigDecimal(90_000)).bind("maxLoss", new BigDecimal(3))
                .bind("timeframe", "4h").bind("hours", 4).bind("confidence", 61).bind("reasoning", "made " + own).bind("justification", "formula")
                .bind("pattern", "CONTINUATION").bind("quality", 88).bind("proof", "{}").bind("triggers", "[]").bind("status", "ACTIVE")
                .bind("generatedAt", now.atOffset(java.time.ZoneOffset.UTC)).bind("expiresAt", now.plus(1, ChronoUnit.DAYS).atOffset(java.time.ZoneOffset.UTC)).execute();
        session.createUpdate(Sql.of("trade/insert-provenance")).bind("id", id).bind("user", owner).bindByType("key", null, String.class)
                .bind("seed", 1L).bind("inputs", "{}").bind("generatedAt", now.atOffset(java.time.ZoneOffset.UTC)).execute();
    }

    private void judge(Handle handle) throws SQLException {
        String status = VERDICTS.get(random.nextInt(VERDICTS.size()));
        UUID[] id = new UUID[1];
        boolean[] written = new boolean[1];
        boolean acknowledged = attempt(() -> {
            id[0] = handle.createQuery("SELECT id FROM btc_trades WHERE status = 'ACTIVE' ORDER BY random() LIMIT 1").mapTo(UUID.class).findOne().orElse(null);
            written[0] = id[0] != null && Judgement.of(handle, id[0], status);
        });
        if (id[0] != null && (acknowledged ? written[0] : isThere("SELECT status FROM quantum_ops.trade_outcomes WHERE trade_id = ?", id[0], status))) {
            judged.put(id[0], status);
        }
    }

    /** @return false when the answer was lost */
    private static boolean attempt(Runnable work) {
        try {
            work.run();
            return true;
        } catch (JdbiException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql) {
                    RandomWriter.requireOutage(sql);
                    return false;
                }
            }
            throw e;
        }
    }

    private boolean isThere(String sql, UUID id, String value) throws SQLException {
        try (Connection again = RandomWriter.connect(url); PreparedStatement read = again.prepareStatement(sql)) {
            read.setObject(1, id);
            try (ResultSet row = read.executeQuery()) {
                return row.next() && row.getString(1).equals(value);
            }
        }
    }
}
