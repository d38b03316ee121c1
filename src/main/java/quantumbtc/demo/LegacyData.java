package quantumbtc.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import quantumbtc.db.Database;
import quantumbtc.db.Refused;

/** Makes an ATGE deployment to try the migration on: users, their signals, and the dirt that real tables have. */
public final class LegacyData {

    private static final int ETHEREUM_EVERY = 10;
    private static final int DIRTY_EVERY = 50_000;
    private static final int MOST_DIRT_OF_A_KIND = 20;

    /**
     * What was written.
     *
     * @param users   rows of users
     * @param rows    rows of atge_trade_signals
     * @param bitcoin how many of them are Bitcoin, under whatever spelling
     * @param planted how many Bitcoin rows cannot be migrated, by fault; the migration must quarantine exactly these
     */
    public record Written(int users, int rows, int bitcoin, Map<Dirt, Integer> planted) {

        public int plantedInAll() {
            return planted.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private final Database database;
    private final Clock clock;

    public LegacyData(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes everything in one transaction. The same arguments at the same time give the same rows.
     *
     * @param rows  signals, at least 20
     * @param users their owners, at least 1
     * @throws Refused when the database already holds users or a legacy table; nothing was changed
     */
    public Written write(int rows, int users, long seed) {
        if (rows < 20 || users < 1) {
            throw new Refused("demo data of " + rows + " rows and " + users + " users: at least 20 and 1. Nothing was changed.");
        }
        try (Connection connection = database.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            requireEmpty();
            connection.setAutoCommit(false);
            statement.execute(script("atge-tables"));
            SplittableRandom random = new SplittableRandom(seed);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            List<UUID> ids = writeUsers(connection, users, random, now);
            Written written = writeSignals(connection, rows, ids, random, now);
            statement.execute(script("atge-constraints"));
            connection.commit();
            return written;
        } catch (SQLException e) {
            throw new IllegalStateException("the demo data was not written, nothing was changed: " + e.getMessage(), e);
        }
    }

    private void requireEmpty() {
        boolean taken = database.jdbi().withHandle(handle -> handle.createQuery("SELECT to_regclass('users') IS NOT NULL "
                + "OR to_regclass('atge_trade_signals') IS NOT NULL").mapTo(Boolean.class).one());
        if (taken) {
            throw new Refused("demo data: " + database.url() + " already has users or atge_trade_signals. Nothing was changed.");
        }
    }

    private static List<UUID> writeUsers(Connection connection, int users, SplittableRandom random, Instant now) throws SQLException {
        List<UUID> ids = new ArrayList<>(users);
        try (CopyLines copy = new CopyLines(connection, "COPY users (id, email, created_at, updated_at) FROM STDIN")) {
            for (int user = 1; user <= users; user++) {
                UUID id = SignalMaker.uuid(random);
                ids.add(id);
                String since = now.minus(200, ChronoUnit.DAYS).plusSeconds(random.nextInt(1_000_000)).toString();
                copy.write(id.toString(), "user-" + user + "@example.com", since, since);
            }
            copy.finish();
        }
        return ids;
    }

    private static Written writeSignals(Connection connection, int rows, List<UUID> users, SplittableRandom random, Instant now)
            throws SQLException {
        SignalMaker maker = new SignalMaker(PriceHistory.read(), random, now, rows, users);
        int kinds = Dirt.values().length;
        int dirty = kinds * Math.min(MOST_DIRT_OF_A_KIND, Math.max(1, rows / DIRTY_EVERY));
        Map<Dirt, Integer> planted = new EnumMap<>(Dirt.class);
        int bitcoin = 0;
        int spoiled = 0;
        try (CopyLines copy = new CopyLines(connection,
                "COPY atge_trade_signals (" + String.join(", ", SignalMaker.COLUMNS) + ") FROM STDIN")) {
            for (int row = 0; row < rows; row++) {
                boolean spoil = spoiled < dirty && row >= (long) rows * spoiled / dirty;
                boolean isBitcoin = spoil || row % ETHEREUM_EVERY != ETHEREUM_EVERY - 1;
                String[] values = maker.next(row, isBitcoin);
                if (spoil) {
                    Dirt dirt = Dirt.values()[spoiled++ % kinds];
                    values[SignalMaker.COLUMNS.indexOf(dirt.column())] = dirt.value();
                    planted.merge(dirt, 1, Integer::sum);
                }
                bitcoin += isBitcoin ? 1 : 0;
                copy.write(values);
            }
            copy.finish();
        }
        return new Written(users.size(), rows, bitcoin, planted);
    }

    private static String script(String name) {
        try (InputStream in = LegacyData.class.getResourceAsStream("/demo/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("demo/" + name + ".sql is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("demo/" + name + ".sql cannot be read", e);
        }
    }
}
