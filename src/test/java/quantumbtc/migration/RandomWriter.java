package quantumbtc.migration;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import quantumbtc.testing.RestartableServer;

/**
 * ATGE: writes the legacy table at random, in single statements, in transactions that are rolled back, and in long ones
 * that commit late. It keeps a model of every write that was acknowledged; a commit whose answer was lost is looked up.
 */
final class RandomWriter implements Runnable {

    static final int USERS = 12;
    private static final int MOST_LATE = 2;
    private static final long LONGEST_OUTAGE_MS = 60_000;
    private static final List<String> STATUSES = List.of("active", "active", "completed_success", "completed_failure", "expired", "cancelled");

    /**
     * A legacy row as ATGE wrote it last.
     *
     * @param tp1     NaN for a row that cannot be mapped
     * @param written number of the last write of any column
     * @param valued  number of the last write of a column that the mapping copies, the status aside
     */
    record Row(int user, String symbol, String status, int confidence, String tp1, int written, int valued) {

        boolean isBitcoin() {
            return symbol.equals("BTC");
        }

        boolean isMappable() {
            return !tp1.equals("NaN");
        }
    }

    /**
     * A transaction under way.
     *
     * @param after what its rows will be; empty for one that is deleted
     * @param ended what became of one that commits late; null for one that commits at once
     */
    private record Open(Connection connection, Map<UUID, Optional<Row>> after, CompletableFuture<End> ended) {
    }

    /** @param failure of the commit; null when it was acknowledged */
    private record End(boolean rolledBack, SQLException failure) {
    }

    private final String url;
    private final Random random;
    private final Map<UUID, Row> rows = new LinkedHashMap<>();
    private final Map<String, Integer> done = new HashMap<>();
    private final List<Open> late = new ArrayList<>();
    /** Ends late transactions at their time, even while the others wait for a lock. */
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final boolean truncates;
    private Connection connection;
    private int number;
    private volatile boolean stopped;
    private volatile Throwable failure;

    RandomWriter(String url, long seed) {
        this.url = url;
        this.random = new Random(seed);
        this.truncates = seed % 4 == 0;
    }

    /** Fills the empty table. */
    void begin(int count) throws SQLException {
        connection = RestartableServer.connect(url);
        for (int i = 0; i < count; i += 10) {
            inTransaction(open -> insert(open, 10));
        }
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                step();
                Thread.sleep(random.nextInt(60));
            }
            while (!late.isEmpty()) {
                end(late.get(0));
            }
            connection.close();
        } catch (SQLException | InterruptedException | RuntimeException | AssertionError e) {
            failure = e;
        } finally {
            clock.shutdown();
        }
    }

    /** After the transactions under way. */
    void stop() {
        stopped = true;
    }

    /** Why it ended too early; null when it did not. */
    Throwable failure() {
        return failure;
    }

    /** What was acknowledged. */
    Map<UUID, Row> rows() {
        return rows;
    }

    /** How often each kind of write was acknowledged. */
    Map<String, Integer> done() {
        return done;
    }

    private interface Write {
        void in(Open open) throws SQLException;
    }

    private void step() throws SQLException, InterruptedException {
        for (Open open : List.copyOf(late)) {
            if (open.ended.isDone()) {
                end(open);
            }
        }
        int kind = random.nextInt(100);
        if (kind < 8 && late.size() < MOST_LATE) {
            beginLate();
        } else if (kind < 16) {
            rolledBack();
        } else if (kind < 26) {
            inTransaction(open -> {
                write(open);
                write(open);
                write(open);
            });
        } else if (kind == 99 && truncates && late.isEmpty() && random.nextInt(4) == 0) {
            inTransaction(this::truncate);
        } else {
            inTransaction(this::write);
        }
    }

    private void write(Open open) throws SQLException {
        switch (random.nextInt(14)) {
            case 0, 1 -> insert(open, 1);
            case 2 -> insert(open, 5 + random.nextInt(15));
            case 3, 4 -> values(open, some(open, 1));
            case 5 -> values(open, some(open, 5 + random.nextInt(25)));
            case 6, 7 -> status(open, some(open, 1));
            case 8 -> status(open, some(open, 5 + random.nextInt(25)));
            case 9 -> delete(open, some(open, 1));
            case 10 -> delete(open, some(open, 3 + random.nextInt(12)));
            case 11 -> moved(open);
            case 12 -> upsert(open);
            default -> odd(open);
        }
    }

    private int next() {
        return ++number;
    }

    private Row fresh() {
        int write = next();
        return new Row(random.nextInt(USERS), random.nextInt(20) == 0 ? "ETH" : "BTC", STATUSES.get(random.nextInt(STATUSES.size())), random.nextInt(101),
                random.nextInt(25) == 0 ? "NaN" : String.valueOf(100_000 + random.nextInt(50_000)), write, write);
    }

    /** Rows that no open transaction has touched, as this one sees them. */
    private Map<UUID, Row> some(Open open, int most) {
        Set<UUID> reserved = new LinkedHashSet<>();
        late.stream().filter(other -> other != open).forEach(other -> reserved.addAll(other.after.keySet()));
        Map<UUID, Row> seen = new LinkedHashMap<>(rows);
        open.after.forEach((id, row) -> row.ifPresentOrElse(one -> seen.put(id, one), () -> seen.remove(id)));
        seen.keySet().removeAll(reserved);
        List<UUID> ids = new ArrayList<>(seen.keySet());
        Map<UUID, Row> chosen = new LinkedHashMap<>();
        for (int i = 0; i < most && !ids.isEmpty(); i++) {
            UUID id = ids.remove(random.nextInt(ids.size()));
            chosen.put(id, seen.get(id));
        }
        return chosen;
    }

    private void insert(Open open, int count) throws SQLException {
        Row row = fresh();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(new UUID(random.nextLong(), random.nextLong()));
        }
        insert(open, ids, row, "");
    }

    private void insert(Open open, List<UUID> ids, Row row, String onConflict) throws SQLException {
        change(open, ids, """
                INSERT INTO atge_trade_signals (id, user_id, symbol, status, entry_price, tp1_price, tp2_price, tp3_price, stop_loss_price,
                    stop_loss_percentage, timeframe, timeframe_hours, confidence_score, ai_reasoning, market_condition, generated_at, expires_at)
                SELECT unnest(?::uuid[]), md5('user' || ?)::uuid, ?, ?, 99000.5, ?::numeric, 160000, 170000, 90000, 2.5, '4h', 4, ?, ?, ?,
                    now(), now() + interval '1 day'""" + onConflict,
                array(open, ids), row.user, row.symbol, row.status, row.tp1, row.confidence, "v" + row.valued, "v" + row.written);
        ids.forEach(id -> open.after.put(id, Optional.of(row)));
    }

    private void upsert(Open open) throws SQLException {
        Map<UUID, Row> one = some(open, 1);
        Row row = fresh();
        List<UUID> ids = one.isEmpty() || random.nextBoolean() ? List.of(new UUID(random.nextLong(), random.nextLong())) : List.copyOf(one.keySet());
        insert(open, ids, row, " ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, symbol = excluded.symbol, status = excluded.status, "
                + "tp1_price = excluded.tp1_price, confidence_score = excluded.confidence_score, ai_reasoning = excluded.ai_reasoning, "
                + "market_condition = excluded.market_condition");
    }

    private void values(Open open, Map<UUID, Row> chosen) throws SQLException {
        Row values = fresh();
        change(open, chosen.keySet(), "UPDATE atge_trade_signals SET confidence_score = ?, tp1_price = ?::numeric, ai_reasoning = ?, market_condition = ? WHERE id = ANY (?)",
                values.confidence, values.tp1, "v" + values.valued, "v" + values.written, array(open, chosen.keySet()));
        chosen.forEach((id, row) -> open.after.put(id, Optional.of(new Row(row.user, row.symbol, row.status, values.confidence, values.tp1,
                values.written, values.valued))));
    }

    private void status(Open open, Map<UUID, Row> chosen) throws SQLException {
        Row status = fresh();
        change(open, chosen.keySet(), "UPDATE atge_trade_signals SET status = ?, market_condition = ? WHERE id = ANY (?)",
                status.status, "v" + status.written, array(open, chosen.keySet()));
        chosen.forEach((id, row) -> open.after.put(id, Optional.of(new Row(row.user, row.symbol, status.status, row.confidence, row.tp1,
                status.written, row.valued))));
    }

    private void delete(Open open, Map<UUID, Row> chosen) throws SQLException {
        change(open, chosen.keySet(), "DELETE FROM atge_trade_signals WHERE id = ANY (?)", array(open, chosen.keySet()));
        chosen.keySet().forEach(id -> open.after.put(id, Optional.empty()));
    }

    /** Another id; the status is written with it, because a judgement of the trade of before may stand there. */
    private void moved(Open open) throws SQLException {
        for (Map.Entry<UUID, Row> one : some(open, 1).entrySet()) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            int write = next();
            Row row = one.getValue();
            change(open, List.of(one.getKey()), "UPDATE atge_trade_signals SET id = ?, status = ?, market_condition = ? WHERE id = ?",
                    id, row.status, "v" + write, one.getKey());
            open.after.put(one.getKey(), Optional.empty());
            open.after.put(id, Optional.of(new Row(row.user, row.symbol, row.status, row.confidence, row.tp1, write, row.valued)));
        }
    }

    /** Another symbol, another user, or a column that the mapping does not read. */
    private void odd(Open open) throws SQLException {
        for (Map.Entry<UUID, Row> one : some(open, 1).entrySet()) {
            Row row = one.getValue();
            int write = next();
            int kind = random.nextInt(3);
            Row after = kind == 0 ? new Row(row.user, row.isBitcoin() ? "ETH" : "BTC", row.status, row.confidence, row.tp1, write, write)
                    : kind == 1 ? new Row(random.nextInt(USERS), row.symbol, row.status, row.confidence, row.tp1, write, write)
                    : new Row(row.user, row.symbol, row.status, row.confidence, row.tp1, write, row.valued);
            change(open, List.of(one.getKey()), "UPDATE atge_trade_signals SET user_id = md5('user' || ?)::uuid, symbol = ?, ai_reasoning = ?, market_condition = ? WHERE id = ?",
                    after.user, after.symbol, "v" + after.valued, "v" + after.written, one.getKey());
            open.after.put(one.getKey(), Optional.of(after));
        }
    }

    private void truncate(Open open) throws SQLException {
        try (PreparedStatement statement = open.connection.prepareStatement("TRUNCATE atge_trade_signals")) {
            statement.execute();
        }
        rows.keySet().forEach(id -> open.after.put(id, Optional.empty()));
        done.merge("TRUNCATE", 1, Integer::sum);
    }

    private static Array array(Open open, java.util.Collection<UUID> ids) throws SQLException {
        return open.connection.createArrayOf("uuid", ids.toArray());
    }

    private void change(Open open, java.util.Collection<UUID> ids, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = open.connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            int changed = statement.executeUpdate();
            if (changed != ids.size()) {
                throw new AssertionError(changed + " instead of " + ids.size() + " rows were there for: " + sql.lines().findFirst().orElse("") + " " + ids);
            }
            done.merge(sql.substring(0, 6) + (ids.size() > 1 ? " of many" : ""), 1, Integer::sum);
        }
    }

    private void inTransaction(Write write) throws SQLException {
        Open open = new Open(connection, new LinkedHashMap<>(), null);
        try {
            connection.setAutoCommit(false);
            write.in(open);
        } catch (SQLException e) {
            requireOutage(e);
            connect();
            return;
        }
        commit(open);
        reconnectIfBroken();
    }

    private void rolledBack() throws SQLException {
        try {
            connection.setAutoCommit(false);
            write(new Open(connection, new LinkedHashMap<>(), null));
            connection.rollback();
            done.merge("rolled back", 1, Integer::sum);
        } catch (SQLException e) {
            requireOutage(e);
            connect();
        }
    }

    private void beginLate() throws SQLException {
        try {
            Connection other = RestartableServer.connect(url);
            other.setAutoCommit(false);
            Open open = new Open(other, new LinkedHashMap<>(), new CompletableFuture<>());
            for (int i = random.nextInt(3); i >= 0; i--) {
                write(open);
            }
            boolean rollsBack = random.nextInt(5) == 0;
            clock.schedule(() -> open.ended.complete(close(other, rollsBack)), 100 + random.nextInt(1_900), TimeUnit.MILLISECONDS);
            late.add(open);
        } catch (SQLException e) {
            requireOutage(e);
        }
    }

    private static End close(Connection connection, boolean rollsBack) {
        try (connection) {
            if (rollsBack) {
                connection.rollback();
            } else {
                connection.commit();
            }
            return new End(rollsBack, null);
        } catch (SQLException e) {
            return new End(rollsBack, e);
        }
    }

    private void end(Open open) throws SQLException {
        End end = open.ended.join();
        late.remove(open);
        if (end.rolledBack) {
            done.merge("rolled back late", 1, Integer::sum);
        } else {
            ended(open, end.failure);
            done.merge("committed late", 1, Integer::sum);
        }
    }

    private void commit(Open open) throws SQLException {
        SQLException failure = null;
        try {
            open.connection.commit();
        } catch (SQLException e) {
            failure = e;
        }
        ended(open, failure);
    }

    /** @param failure null when the commit was acknowledged */
    private void ended(Open open, SQLException failure) throws SQLException {
        boolean committed = failure == null;
        if (!committed) {
            requireOutage(failure);
            connect();
            committed = isThere(open.after);
            done.merge(committed ? "answer lost, committed" : "answer lost, not committed", 1, Integer::sum);
        }
        if (committed) {
            open.after.forEach((id, row) -> row.ifPresentOrElse(one -> rows.put(id, one), () -> rows.remove(id)));
        }
    }

    /** Reads whether a transaction whose answer was lost is there as a whole, or not at all. */
    private boolean isThere(Map<UUID, Optional<Row>> after) throws SQLException {
        Map<UUID, String> found = new HashMap<>();
        try (PreparedStatement read = connection.prepareStatement("SELECT id, market_condition FROM atge_trade_signals WHERE id = ANY (?)")) {
            read.setArray(1, connection.createArrayOf("uuid", after.keySet().toArray()));
            try (ResultSet row = read.executeQuery()) {
                while (row.next()) {
                    found.put(row.getObject(1, UUID.class), row.getString(2));
                }
            }
            connection.commit();
        }
        boolean all = after.entrySet().stream().allMatch(one -> written(one.getValue()).equals(Optional.ofNullable(found.get(one.getKey()))));
        boolean none = after.keySet().stream().allMatch(id -> written(Optional.ofNullable(rows.get(id))).equals(Optional.ofNullable(found.get(id))));
        if (!all && !none) {
            throw new AssertionError("a transaction is there in part: " + found + " of " + after);
        }
        return all;
    }

    private static Optional<String> written(Optional<Row> row) {
        return row.map(one -> "v" + one.written);
    }

    private void reconnectIfBroken() throws SQLException {
        if (connection.isClosed() || !connection.isValid(5)) {
            connect();
        }
    }

    private void connect() throws SQLException {
        connection = connect(url);
        connection.setAutoCommit(false);
    }

    /** As soon as the server is back. */
    static Connection connect(String url) throws SQLException {
        long giveUp = System.nanoTime() + LONGEST_OUTAGE_MS * 1_000_000L;
        while (true) {
            try {
                return RestartableServer.connect(url);
            } catch (SQLException e) {
                requireOutage(e);
                if (System.nanoTime() > giveUp) {
                    throw e;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000L);
            }
        }
    }

    /** A writer may see the server go, and nothing else: no error of its own is due to the migration. */
    static void requireOutage(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (!state.startsWith("08") && !state.startsWith("57P")) {
            throw new IllegalStateException("a writer met " + state + ": " + e.getMessage(), e);
        }
    }
}
