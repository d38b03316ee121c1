package quantumbtc.testing;

import java.util.UUID;
import quantumbtc.testing.TestServers.Version;

/** A legacy deployment with good rows, to which a test adds the row that it is about. */
public final class Legacy implements AutoCloseable {

    private final TestDatabase test;

    private Legacy(TestDatabase test) {
        this.test = test;
    }

    /** With users and as many good Bitcoin rows as asked for; ids and values follow from the row's number. */
    public static Legacy with(Version version, int rows) {
        TestDatabase test = TestDatabase.empty(version);
        LegacySchema.create(test.database());
        test.execute("INSERT INTO users (id, email) SELECT md5('user' || i)::uuid, 'u' || i || '@example.org' FROM generate_series(1, 50) i");
        Legacy legacy = new Legacy(test);
        legacy.add(1, rows);
        return legacy;
    }

    public static Legacy with(int rows) {
        return with(Version.V18, rows);
    }

    /** Good rows with the given numbers. */
    public void add(int from, int to) {
        test.execute("""
                INSERT INTO atge_trade_signals (id, user_id, symbol, status, entry_price, tp1_price, tp2_price, tp3_price, stop_loss_price,
                    stop_loss_percentage, timeframe, timeframe_hours, confidence_score, ai_reasoning, generated_at, expires_at)
                SELECT md5('row' || i)::uuid, md5('user' || (1 + i %% 50))::uuid, 'BTC',
                    (ARRAY['active', 'completed_success', 'completed_failure', 'expired', 'cancelled'])[1 + i %% 5],
                    99000.5 + i, 100000 + i, 101000 + i, 102000 + i, 90000 + i, 2.5, '4h', 4, i %% 101,
                    CASE WHEN i %% 7 > 0 THEN 'because „' || i || '"' END, now() - interval '1 day', now() + interval '1 day'
                FROM generate_series(%d, %d) i""".formatted(from, to));
    }

    /** Adds one good row and changes it; {@code change} is the SET list of an UPDATE. */
    public UUID row(int number, String change) {
        add(number, number);
        UUID id = id(number);
        test.execute("UPDATE atge_trade_signals SET " + change + " WHERE id = '" + id + "'");
        return id;
    }

    /** The id of the row with a number. */
    public UUID id(int number) {
        return test.value("SELECT md5('row" + number + "')::uuid", UUID.class);
    }

    public TestDatabase test() {
        return test;
    }

    @Override
    public void close() {
        test.close();
    }
}
