package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantumbtc.db.Refused;
import quantumbtc.testing.LegacySchema;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

class ArchiveTest {

    private static final String TABLE = "quantum_ops.atge_trade_signals_archive";

    private static ArchiveReport archive(TestDatabase test, int chunkRows) {
        return new Archive(test.database(), Migrated.LOCKS, Clock.systemUTC(), Migrated.SOURCE, chunkRows).run();
    }

    @ParameterizedTest
    @EnumSource
    void copies_all_rows_and_columns_and_a_repeat_writes_only_what_changed(Version version) {
        try (TestDatabase test = Migrated.legacy(version, 1_000)) {
            test.execute("ALTER TABLE atge_trade_signals ADD COLUMN note json DEFAULT '{\"a\":1}', ADD COLUMN place point, ADD COLUMN ratio double precision DEFAULT 0.1");
            test.execute("INSERT INTO atge_trade_signals (symbol) VALUES ('ETH')");
            test.schema().apply();
            ArchiveReport first = archive(test, 77);
            assertThat(first.ok()).as(first.message()).isTrue();
            assertThat(first.archiveRows()).isEqualTo(1_001);
            assertThat(first.written()).isEqualTo(1_001);
            assertThat(WholeDatabase.rows(test, TABLE)).isEqualTo(WholeDatabase.rows(test, "atge_trade_signals"));
            assertThat(archive(test, 77)).matches(again -> again.ok() && again.written() == 0 && again.removed() == 0);

            test.execute("UPDATE atge_trade_signals SET entry_price = 1.0 WHERE id = md5('t1')::uuid");
            archive(test, 500);
            test.execute("ALTER TABLE atge_trade_signals DISABLE TRIGGER USER");
            test.execute("UPDATE atge_trade_signals SET entry_price = 1.00 WHERE id = md5('t1')::uuid");
            test.execute("UPDATE atge_trade_signals SET ai_reasoning = NULL WHERE id = md5('t6')::uuid");
            test.execute("DELETE FROM atge_trade_signals WHERE id = md5('t2')::uuid");
            test.execute("DELETE FROM " + TABLE + " WHERE id IN (md5('t3')::uuid, md5('t4')::uuid)");
            test.execute("ALTER TABLE atge_trade_signals ADD COLUMN completed_at timestamptz");
            ArchiveReport refreshed = archive(test, 1_000);
            assertThat(refreshed).matches(report -> report.ok() && report.written() == 4 && report.removed() == 1, refreshed.toString());
            assertThat(test.value("SELECT entry_price::text FROM " + TABLE + " WHERE id = md5('t1')::uuid", String.class)).isEqualTo("1.00");
        }
    }

    @Test
    void is_on_record_with_its_verdict_counts_and_hashes() {
        try (TestDatabase test = Migrated.legacy(Version.V18, 20)) {
            test.schema().apply();
            ArchiveReport report = archive(test, 7);
            String newest = "SELECT %s FROM quantum_migration_log WHERE step = 'archive' ORDER BY id DESC LIMIT 1";
            assertThat(test.value(newest.formatted("migration_status || completed_at::text"), String.class)).startsWith("EQUAL20");
            assertThat(test.value(newest.formatted("details ->> 'archiveHash'"), String.class)).isEqualTo(report.archiveHash());
            assertThat(test.value(newest.formatted("(details ->> 'archiveRows')::bigint"), Long.class)).isEqualTo(20);
            test.execute("ALTER TABLE atge_trade_signals ALTER COLUMN entry_price TYPE numeric(20, 2)");
            assertThatThrownBy(() -> archive(test, 7)).isInstanceOf(Refused.class);
            assertThat(test.value(newest.formatted("migration_status || error_message"), String.class)).startsWith("FAILED").contains("entry_price");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 100})
    void holds_every_row_whatever_the_chunks(int chunkRows) {
        try (TestDatabase test = Migrated.legacy(Version.V18, 4)) {
            test.schema().apply();
            assertThat(archive(test, chunkRows)).matches(report -> report.ok() && report.archiveRows() == 4);
            test.execute("TRUNCATE atge_trade_signals");
            assertThat(archive(test, chunkRows)).matches(report -> report.ok() && report.archiveRows() == 0 && report.removed() == 4);
        }
    }

    @Test
    void names_the_difference_when_the_legacy_table_is_written_to_and_a_repeat_brings_the_rest() throws Exception {
        try (TestDatabase test = Migrated.legacy(Version.V15, 5_000)) {
            test.schema().apply();
            AtomicBoolean stop = new AtomicBoolean();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int n = 1; !stop.get(); n = n % 5_000 + 1) {
                    test.execute("UPDATE atge_trade_signals SET confidence_score = (confidence_score + 1) % 100 WHERE id = md5('t" + n + "')::uuid");
                }
            });
            ArchiveReport report = archive(test, 200);
            stop.set(true);
            writer.get();
            assertThat(report.ok() || report.message().contains("Repeat")).isTrue();
            assertThat(archive(test, 200).ok()).isTrue();
        }
    }

    @Test
    void refuses_a_column_of_another_type_and_a_database_without_the_schema() {
        try (TestDatabase test = TestDatabase.empty()) {
            LegacySchema.create(test.database());
            assertThatThrownBy(() -> archive(test, 100)).isInstanceOf(Refused.class).hasMessageContaining("quantum_ops");
            test.schema().apply();
            archive(test, 100);
            test.execute("ALTER TABLE atge_trade_signals ALTER COLUMN entry_price TYPE numeric(20, 2)");
            assertThatThrownBy(() -> archive(test, 100)).isInstanceOf(Refused.class).hasMessageContaining("entry_price");
        }
    }
}
