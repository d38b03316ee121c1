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
        int[] buckets = buckets(i -> new UUID(random.nextLong(), random.nextLong()));
        for (int percent = 0; percent <= 100; percent++) {
            assertThat(Math.abs(percentBelow(buckets, percent) - percent)).as("%d %%", percent).isLessThan(1);
        }
    }

    @Test
    void ids_in_a_row_are_spread_as_well() {
        int[] buckets = buckets(i -> new UUID(0x0000_0000_0000_4000L, 0x8000_0000_0000_0000L + i));
        for (int percent : new int[] {1, 10, 25, 50, 75, 99}) {
            assertThat(Math.abs(percentBelow(buckets, percent) - percent)).as("%d %%", percent).isLessThan(1);
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
