package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.db.Refused;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

class RestoreTest {

    private static final String NATIVE = "11111111-2222-3333-4444-555555555555";

    @TempDir
    private Path folder;

    private Path rolledBack(TestDatabase test) {
        return Path.of(new Rollback(test.database(), Migrated.LOCKS, Clock.systemUTC(), folder, Migrated.SOURCE, 15).run("ROLLBACK").archive());
    }

    private static Restore restore(TestDatabase test) {
        return new Restore(test.database(), Migrated.LOCKS, Clock.systemUTC(), Migrated.SOURCE);
    }

    @ParameterizedTest
    @EnumSource
    void brings_back_every_row_of_every_table_and_every_object(Version version) {
        try (TestDatabase test = Migrated.legacy(version, 400)) {
            Migrated.migrate(test);
            new CompatView(test.database(), Migrated.LOCKS, Migrated.SOURCE).create();
            Migrated.generateTrade(test, NATIVE);
            Migrated.judge(test, "md5('t7')::uuid", "HIT");
            assertThat(new Archive(test.database(), Migrated.LOCKS, Clock.systemUTC(), Migrated.SOURCE, 100).run().ok()).isTrue();
            Map<String, String> rows = WholeDatabase.ownRows(test);
            String log = "(SELECT * FROM quantum_migration_log WHERE step NOT IN ('ROLLBACK', 'RESTORE'))";
            String logRows = WholeDatabase.rows(test, log);
            List<String> objects = stable(test);

            Path archive = rolledBack(test);
            assertThat(WholeDatabase.ownRows(test)).isEmpty();
            RestoreReport report = restore(test).run(archive);

            Map<String, String> restored = WholeDatabase.ownRows(test);
            rows.remove("public.quantum_migration_log");
            restored.remove("public.quantum_migration_log");
            // The rollback carried it back to the legacy table, and the archive knows.
            assertThat(test.count("quantum_ops.generated_trades WHERE carried_at IS NOT NULL")).isOne();
            rows.remove("quantum_ops.generated_trades");
            restored.remove("quantum_ops.generated_trades");
            assertThat(restored).isEqualTo(rows);
            assertThat(WholeDatabase.rows(test, log)).isEqualTo(logRows);
            assertThat(stable(test)).isEqualTo(objects);
            assertThat(report.restored()).contains(new TableRows("public.btc_trades", 401));
            assertThat(test.count("atge_trade_signals_compat")).isEqualTo(401);
            assertThat(test.value("SELECT string_agg(step || migration_status, ',' ORDER BY id) FROM quantum_migration_log WHERE id > 3", String.class))
                    .isEqualTo("archiveSTARTED,archiveEQUAL,ROLLBACKSTARTED,RESTORECOMPLETED");
            test.execute("INSERT INTO api_latency_reliability_logs (api_name, endpoint, http_method, success, called_at) VALUES ('x', '/', 'GET', true, now())");
            assertThat(test.value("SELECT max(id) FROM api_latency_reliability_logs", Long.class)).isEqualTo(8);
            assertThatThrownBy(() -> test.execute("DELETE FROM quantum_migration_log")).hasMessageContaining("append-only");
            assertThat(test.schema().apply()).isZero();
            assertThatThrownBy(() -> restore(test).run(archive)).isInstanceOf(Refused.class).hasMessageContaining("public.btc_trades");
            assertThat(rolledBack(test)).exists();
        }
    }

    /** Without where sequences stand: the log goes on. Comments and NOT NULL names of the archive table are not carried. */
    private static List<String> stable(TestDatabase test) {
        return WholeDatabase.objects(test).stream().filter(o -> !o.startsWith("sequence") && !o.startsWith("comment quantum_ops.atge")).toList();
    }

    @Test
    void refuses_an_archive_with_any_byte_flipped_and_changes_nothing() throws Exception {
        try (TestDatabase test = Migrated.legacy(Version.V18, 100)) {
            Migrated.migrate(test);
            Path archive = rolledBack(test);
            List<String> objects = WholeDatabase.objects(test);
            byte[] whole = Files.readAllBytes(archive);
            Random random = new Random(7);
            for (int i = 0; i < 50; i++) {
                byte[] flipped = whole.clone();
                flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(archive, flipped);
                assertThatThrownBy(() -> restore(test).run(archive)).isInstanceOf(Refused.class).hasMessageContaining("damaged");
            }
            Files.write(archive, Arrays.copyOf(whole, whole.length - 1));
            assertThatThrownBy(() -> restore(test).run(archive)).isInstanceOf(Refused.class).hasMessageContaining("damaged");
            Files.write(archive, whole);
            Path checksum = Path.of(archive + ".sha256");
            Files.move(checksum, folder.resolve("elsewhere"));
            assertThatThrownBy(() -> restore(test).run(archive)).isInstanceOf(Refused.class).hasMessageContaining("no checksum file");
            assertThatThrownBy(() -> restore(test).run(folder.resolve("none.zip"))).isInstanceOf(Refused.class).hasMessageContaining("does not exist");
            assertThat(WholeDatabase.objects(test)).isEqualTo(objects);
        }
    }

    @Test
    void refuses_an_archive_with_an_entry_missing_or_exchanged_even_when_its_checksum_file_fits() throws Exception {
        try (TestDatabase test = Migrated.legacy(Version.V18, 10)) {
            Migrated.migrate(test);
            Path archive = rolledBack(test);
            String entry = entryOf(archive, "btc_trades");
            Path missing = rewritten(archive, "missing.zip", entries -> entries.remove(entry));
            assertThatThrownBy(() -> restore(test).run(missing)).isInstanceOf(Refused.class).hasMessageContaining(entry);
            Path exchanged = rewritten(archive, "exchanged.zip", entries -> entries.put(entry, new byte[0]));
            assertThatThrownBy(() -> restore(test).run(exchanged)).isInstanceOf(Refused.class).hasMessageContaining(entry);
            Path bare = rewritten(archive, "bare.zip", entries -> entries.remove("manifest.json"));
            assertThatThrownBy(() -> restore(test).run(bare)).isInstanceOf(Refused.class).hasMessageContaining("manifest.json");
            Path newer = rewritten(archive, "newer.zip", entries -> entries.computeIfPresent("manifest.json", (name, json) ->
                    new String(json, StandardCharsets.UTF_8).replaceFirst("\"schemaVersion\" : \"\\d+\"", "\"schemaVersion\" : \"999\"").getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> restore(test).run(newer)).isInstanceOf(Refused.class).hasMessageContaining("999");
            Path foreign = rewritten(archive, "foreign.zip", entries -> entries.computeIfPresent("manifest.json", (name, json) ->
                    new String(json, StandardCharsets.UTF_8).replace("\"quantum_anomaly_logs\"", "\"users\"").getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> restore(test).run(foreign)).isInstanceOf(Refused.class).hasMessageContaining("users");
            assertThat(test.count("users")).isEqualTo(10);
            Path typed = rewritten(archive, "typed.zip", entries -> entries.computeIfPresent("manifest.json", (name, json) ->
                    new String(json, StandardCharsets.UTF_8).replaceFirst("\"uuid\"", "\"int); DROP TABLE users; --\"").getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> restore(test).run(typed)).hasMessageContaining("syntax error");
            assertThat(test.count("users")).isEqualTo(10);
            assertThat(test.schema().exists()).isFalse();
        }
    }

    @Test
    void leaves_nothing_behind_when_a_row_cannot_be_loaded() throws Exception {
        try (TestDatabase test = Migrated.legacy(Version.V18, 10)) {
            List<String> objects = WholeDatabase.objects(test);
            Migrated.migrate(test);
            Path archive = rolledBack(test);
            String entry = entryOf(archive, "btc_trades");
            Path spoilt = rewritten(archive, "spoilt.zip", entries -> {
                byte[] rows = new String(entries.get(entry), StandardCharsets.UTF_8).replaceFirst("\tACTIVE\t", "\tWRONG\t").getBytes(StandardCharsets.UTF_8);
                String before = hex(entries.put(entry, rows));
                entries.computeIfPresent("manifest.json", (name, json) -> new String(json, StandardCharsets.UTF_8).replace(before, hex(rows)).getBytes(StandardCharsets.UTF_8));
            });
            assertThatThrownBy(() -> restore(test).run(spoilt)).hasMessageContaining("btc_trades_status_check");
            assertThat(WholeDatabase.objects(test)).isEqualTo(objects);
            assertThat(restore(test).run(archive).restored()).contains(new TableRows("public.btc_trades", 10));
        }
    }

    @Test
    void names_the_trades_whose_user_is_gone_and_changes_nothing() {
        try (TestDatabase test = Migrated.legacy(Version.V18, 60)) {
            Migrated.migrate(test);
            Path archive = rolledBack(test);
            test.execute("DELETE FROM users WHERE id = md5('u3')::uuid");
            List<String> objects = WholeDatabase.objects(test);
            assertThatThrownBy(() -> restore(test).run(archive)).isInstanceOf(Refused.class)
                    .hasMessageContaining("6 archived trades")
                    .hasMessageContaining(test.value("SELECT md5('u3')::uuid::text", String.class))
                    .hasMessageContaining(test.value("SELECT md5('t3')::uuid::text", String.class));
            assertThat(WholeDatabase.objects(test)).isEqualTo(objects);
        }
    }

    @Test
    void loads_an_archive_of_an_older_server_into_a_newer_one() {
        try (TestDatabase old = Migrated.legacy(Version.V15, 50); TestDatabase young = Migrated.legacy(Version.V18, 50)) {
            Migrated.migrate(old);
            String trades = WholeDatabase.rows(old, "btc_trades");
            restore(young).run(rolledBack(old));
            assertThat(WholeDatabase.rows(young, "btc_trades")).isEqualTo(trades);
        }
    }

    private static String entryOf(Path archive, String table) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith("-public." + table + ".copy")).findFirst().orElseThrow();
        }
    }

    /** A copy with other entries, and with a checksum file that fits. */
    private Path rewritten(Path archive, String name, Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        change.accept(entries);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        Path copy = Files.write(folder.resolve(name), out.toByteArray());
        Files.writeString(Checksum.beside(copy), Checksum.line(hex(out.toByteArray()), copy));
        return copy;
    }

    private static String hex(byte[] data) {
        return HexFormat.of().formatHex(Checksum.digest().digest(data));
    }
}
