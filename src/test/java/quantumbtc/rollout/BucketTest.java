package quantumbtc.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantumbtc.testing.TestDatabase;

class BucketTest {

    private static final int IDS = 1_000_000;

    private static int[] buckets(IntFunction<UUID> ids) {
        int[] users = new int[100];
        for (int i = 0; i < IDS; i++) {
            users[Bucket.of(ids.apply(i))]++;
        }
        return users;
    }

    private static double percentBelow(int[] buckets, int percent) {
        long below = 0;
        for (int bucket = 0; bucket < percent; bucket++) {
            below += buckets[bucket];
        }
        return 100.0 * below / IDS;
    }

    @Test
    void a_million_random_ids_are_spread_within_one_percent_of_each_percentage() {
        Random random = new Random(1);
        spread(buckets(i -> id(random.nextLong(), 4, random.nextLong())));
    }

    /** With the version and the variant that such ids have. */
    private static UUID id(long first, long version, long second) {
        return new UUID(first & ~0xF000L | version << 12, second & ~(3L << 62) | 2L << 62);
    }

    private static void spread(int[] buckets) {
        for (int percent = 0; percent <= 100; percent++) {
            assertThat(Math.abs(percentBelow(buckets, percent) - percent)).as("%d %%", percent).isLessThan(1);
        }
    }

    @Test
    void ids_in_a_row_are_spread_as_well() {
        spread(buckets(i -> id(0, 4, i)));
    }

    @Test
    void ids_that_begin_with_their_time_are_spread_as_well() {
        Random random = new Random(3);
        long since = 1_764_000_000_000L;
        spread(buckets(i -> id(since + i / 10 << 16 | random.nextInt(1 << 12), 7, random.nextLong())));
    }

    @Test
    void neither_the_age_of_an_account_nor_the_order_of_ids_decides_who_comes_first() {
        long since = 1_764_000_000_000L;
        int tenth = IDS / 10;
        for (int part = 0; part < 10; part++) {
            int below = 0;
            for (int i = part * tenth; i < (part + 1) * tenth; i++) {
                below += Bucket.of(id(since + i << 16, 7, i)) < 25 ? 1 : 0;
            }
            assertThat(100.0 * below / tenth).as("tenth %d", part).isBetween(24.0, 26.0);
        }
    }

    @Test
    void the_database_gives_the_same_bucket() {
        Random random = new Random(2);
        try (TestDatabase database = TestDatabase.withSchema()) {
            UUID[] ids = new UUID[5_000];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = new UUID(random.nextLong(), random.nextLong());
            }
            database.database().jdbi().useHandle(handle -> handle
                    .createQuery("SELECT id, quantum_ops.rollout_bucket(id) AS bucket FROM unnest(:ids) AS id").bindArray("ids", UUID.class, (Object[]) ids)
                    .map((row, context) -> {
                        UUID id = row.getObject("id", UUID.class);
                        assertThat(row.getInt("bucket")).as("%s", id).isEqualTo(Bucket.of(id));
                        return id;
                    }).list());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {25, 50, 100})
    void whoever_is_in_stays_in_at_a_higher_percentage(int percent) {
        try (TestDatabase database = TestDatabase.withSchema()) {
            database.execute("INSERT INTO users (id, email) SELECT gen_random_uuid(), 'u' || i || '@example.org' FROM generate_series(1, 2000) i");
            database.execute("UPDATE quantum_ops.rollout SET percent = " + percent / 2);
            database.execute("CREATE TABLE lower_stage AS SELECT id FROM users WHERE quantum_ops.served_by_quantum(id)");
            database.execute("UPDATE quantum_ops.rollout SET percent = " + percent);
            assertThat(database.count("lower_stage")).isPositive();
            assertThat(database.count("lower_stage l WHERE NOT quantum_ops.served_by_quantum(l.id)")).isZero();
        }
    }
}
