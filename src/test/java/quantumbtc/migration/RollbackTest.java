package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantumbtc.db.Refused;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

class RollbackTest {

    private static final String NATIVE = "11111111-2222-3333-4444-555555555555";

    @TempDir
    private Path folder;

    private Rollback rollback(TestDatabase test) {
        return new Rollback(test.database(), Migrated.LOCKS, Clock.systemUTC(), folder, Migrated.SOURCE, 15);
    }

    private static void view(TestDatabase test) {
        new CompatView(test.database(), Migrated.LOCKS, Migrated.SOURCE).create();
    }

    /** Things of other people's around the legacy table, each of which must be there afterwards as before. */
    private static void surroundings(TestDatabase test) {
        test.execute("DO $$ BEGIN CREATE ROLE authenticated; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        test.execute("""
                COMMENT ON TABLE atge_trade_signals IS 'signals'; GRANT SELECT ON users TO authenticated;
                CREATE SEQUENCE tickets; SELECT nextval('tickets');
                CREATE TABLE trade_results (id serial PRIMARY KEY, trade_id uuid REFERENCES atge_trade_signals, api_note text);
                CREATE TABLE api_other (id int); CREATE TABLE quantum_other (id int); CREATE TYPE mood AS ENUM ('good');
                CREATE VIEW open_signals AS SELECT * FROM atge_trade_signals WHERE status = 'active';
                ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY all_users ON users USING (true);
                CREATE PUBLICATION changes FOR TABLE users""");
    }

    @ParameterizedTest
    @EnumSource
    void leaves_the_database_exactly_as_before_the_migration(Version version) {
        try (TestDatabase test = Migrated.legacy(version, 300)) {
            surroundings(test);
            boolean pgDumpFits = version == Version.V15;
            List<String> objects = WholeDatabase.objects(test);
            List<String> dumped = pgDumpFits ? WholeDatabase.dumped(test) : List.of();
            String legacyRows = WholeDatabase.rows(test, "atge_trade_signals");
            String users = WholeDatabase.rows(test, "users");
            Migrated.migrate(test);
            view(test);
            Migrated.generateTrade(test, NATIVE);
            Migrated.judge(test, "md5('t7')::uuid", "HIT");
            test.execute("CREATE FUNCTION quantum_ops.note_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
            test.execute("CREATE TRIGGER quantum_note_change AFTER INSERT OR UPDATE OR DELETE ON atge_trade_signals FOR EACH ROW EXECUTE FUNCTION quantum_ops.note_change()");
            test.execute("CREATE VIEW quantum_ops.overview AS SELECT count(*) FROM btc_trades; CREATE TYPE quantum_ops.word AS ENUM ('a'); CREATE SEQUENCE quantum_ops.tokens");

            RollbackReport report = rollback(test).run("ROLLBACK");

            assertThat(report.outcome()).isEqualTo(RollbackReport.Outcome.ROLLED_BACK);
            assertThat(WholeDatabase.objects(test)).isEqualTo(objects);
            if (pgDumpFits) {
                assertThat(WholeDatabase.dumped(test)).isEqualTo(dumped);
            }
            assertThat(WholeDatabase.rows(test, "(SELECT * FROM atge_trade_signals WHERE id <> '" + NATIVE + "')")).isEqualTo(legacyRows);
            assertThat(test.count("atge_trade_signals WHERE id = '" + NATIVE + "' AND ai_reasoning = 'own reasoning'")).isOne();
            assertThat(WholeDatabase.rows(test, "users")).isEqualTo(users);
            assertThat(report.dropped()).contains(new TableRows("public.btc_trades", 301), new TableRows("quantum_ops.generated_trades", 1));
            assertThat(report.carriedTrades()).isEqualTo(1);
            assertThat(report.generatedTrades()).isZero();
            assertThat(report.judgedTrades()).as("of a user whom ATGE serves").isEqualTo(1);
            assertThat(report.notes()).anyMatch(note -> note.contains("quantum_note_change"));
            test.execute("UPDATE users SET email = email; UPDATE atge_trade_signals SET symbol = symbol");
            assertThat(test.count("users WHERE updated_at < now() - interval '1 minute'")).isZero();
            assertThat(test.count("atge_trade_signals WHERE updated_at < now() - interval '1 minute'")).isZero();

            RollbackReport again = rollback(test).run("ROLLBACK");
            assertThat(again.outcome()).isEqualTo(RollbackReport.Outcome.NOTHING_TO_DO);
        }
    }

    @Test
    void keeps_an_empty_schema_that_was_there_before_us() {
        try (TestDatabase test = Migrated.legacy(Version.V18, 3)) {
            test.execute("CREATE SCHEMA quantum_ops");
            List<String> objects = WholeDatabase.objects(test);
            Migrated.migrate(test);
            rollback(test).run("ROLLBACK");
            assertThat(WholeDatabase.objects(test)).isEqualTo(objects);
        }
    }

    @Test
    void writes_its_own_log_row_into_the_archive_and_proves_the_archive_by_its_checksums() throws Exception {
        try (TestDatabase test = Migrated.legacy(Version.V18, 10)) {
            Migrated.migrate(test);
            RollbackReport report = rollback(test).run("ROLLBACK");
            java.lang.Process check = new ProcessBuilder("sha256sum", "-c", report.archive() + ".sha256").directory(folder.resolve("archive").toFile()).start();
            assertThat(check.waitFor()).isZero();
            try (ArchiveReader archive = ArchiveReader.verified(Path.of(report.archive()))) {
                ArchiveManifest.ArchivedTable log = archive.manifest().tables().stream().filter(table -> table.name().equals("quantum_migration_log")).findFirst().orElseThrow();
                assertThat(new String(archive.open(log).readAllBytes())).contains("ROLLBACK\t");
                assertThat(log.rows()).isEqualTo(4);
                assertThat(archive.manifest().sequences()).anyMatch(s -> s.name().equals("api_latency_reliability_logs_id_seq") && s.lastValue() == 7);
            }
            assertThat(Files.getPosixFilePermissions(Path.of(report.archive()))).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rollback", "ROLLBACK ", "yes"})
    void needs_the_exact_word(String word) {
        try (TestDatabase test = Migrated.legacy(Version.V18, 3)) {
            Migrated.migrate(test);
            assertThatThrownBy(() -> rollback(test).run(word)).isInstanceOf(Refused.class).hasMessageContaining("ROLLBACK");
            assertThatThrownBy(() -> rollback(test).run(null)).isInstanceOf(Refused.class);
            assertThat(test.count("btc_trades")).isEqualTo(3);
            assertThat(test.count("quantum_migration_log")).isEqualTo(3);
        }
    }

    @Test
    void is_refused_while_a_run_is_alive_and_not_for_a_dead_one() {
        try (TestDatabase test = Migrated.legacy(Version.V18, 3)) {
            Migrated.migrate(test);
            test.execute("UPDATE quantum_ops.migration_runs SET state = 'RUNNING', host = 'node7', pid = 4711, heartbeat_at = now()");
            assertThatThrownBy(() -> rollback(test).run("ROLLBACK")).isInstanceOf(Refused.class)
                    .hasMessageContaining("node7").hasMessageContaining("4711")
                    .hasMessageContaining(test.value("SELECT run_id::text FROM quantum_ops.migration_runs", String.class));
            assertThat(test.count("btc_trades")).isEqualTo(3);
            test.execute("UPDATE quantum_ops.migration_runs SET heartbeat_at = now() - interval '1 hour'");
            assertThat(rollback(test).run("ROLLBACK").outcome()).isEqualTo(RollbackReport.Outcome.ROLLED_BACK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "CREATE VIEW my_report AS SELECT * FROM btc_trades",
            "CREATE TABLE my_report (trade uuid CONSTRAINT my_reports_key REFERENCES btc_trades)",
            "CREATE VIEW my_report AS SELECT id FROM atge_trade_signals_compat",
            "CREATE MATERIALIZED VIEW my_report AS SELECT count(*) FROM quantum_ops.migration_chunks",
            "CREATE TABLE my_report (updated_at timestamptz); CREATE TRIGGER stamp BEFORE UPDATE ON my_report FOR EACH ROW EXECUTE FUNCTION quantum_ops.quantum_set_updated_at()",
            "CREATE TABLE my_report () INHERITS (btc_trades)"})
    void is_refused_by_name_when_other_objects_depend_on_ours(String foreign) {
        try (TestDatabase test = Migrated.legacy(Version.V18, 3)) {
            Migrated.migrate(test);
            view(test);
            test.execute(foreign);
            List<String> objects = WholeDatabase.objects(test);
            assertThatThrownBy(() -> rollback(test).run("ROLLBACK")).isInstanceOf(Refused.class).hasMessageContaining("my_report");
            assertThat(WholeDatabase.objects(test).stream().filter(o -> !o.startsWith("sequence"))).isEqualTo(objects.stream().filter(o -> !o.startsWith("sequence")).toList());
            assertThat(test.count("btc_trades")).isEqualTo(3);
            assertThat(test.count("quantum_migration_log WHERE step = 'ROLLBACK' AND migration_status = 'FAILED'")).isEqualTo(1);
            assertThat(folder.resolve("archive")).satisfiesAnyOf(f -> assertThat(f).doesNotExist(), f -> assertThat(f).isEmptyDirectory());
        }
    }

    @Test
    void gives_up_with_nothing_dropped_when_users_stays_locked_and_waits_for_a_short_lock() throws Exception {
        try (TestDatabase test = Migrated.legacy(Version.V18, 3)) {
            Migrated.migrate(test);
            try (Connection reader = test.database().dataSource().getConnection()) {
                reader.setAutoCommit(false);
                reader.createStatement().execute("SELECT * FROM users");
                assertThatThrownBy(() -> rollback(test).run("ROLLBACK")).isInstanceOf(Refused.class).hasMessageContaining("lock was not free");
                assertThat(test.count("btc_trades")).isEqualTo(3);
                CompletableFuture<RollbackReport> running = CompletableFuture.supplyAsync(() -> rollback(test).run("ROLLBACK"));
                Thread.sleep(500);
                reader.rollback();
                assertThat(running.get().outcome()).isEqualTo(RollbackReport.Outcome.ROLLED_BACK);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void archives_every_row_that_was_committed_before_the_drop(Version version) throws Exception {
        try (TestDatabase test = Migrated.legacy(version, 20_000)) {
            Migrated.migrate(test);
            CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> {
                long committed = 0;
                try (Connection connection = test.database().dataSource().getConnection()) {
                    while (true) {
                        connection.createStatement().execute("INSERT INTO api_latency_reliability_logs (api_name, endpoint, http_method, success, called_at) VALUES ('w', '/', 'GET', true, now())");
                        committed++;
                    }
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).isEqualTo("42P01");
                    return committed;
                }
            });
            Thread.sleep(200);
            RollbackReport report = rollback(test).run("ROLLBACK");
            assertThat(writer.get()).isPositive();
            assertThat(report.dropped()).contains(new TableRows("public.api_latency_reliability_logs", 7 + writer.get()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void leaves_everything_when_its_connection_is_cut_in_the_middle(Version version) {
        try (TestDatabase test = Migrated.legacy(version, 40_000)) {
            Migrated.migrate(test);
            var before = WholeDatabase.ownRows(test);
            CompletableFuture<RollbackReport> running = CompletableFuture.supplyAsync(() -> rollback(test).run("ROLLBACK"));
            String cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%' AND state = 'active' AND pid <> pg_backend_pid()";
            while (test.value(cut, Long.class) == 0 && !running.isDone()) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(running::join).hasMessageContaining("Nothing was dropped");
            before.remove("public.quantum_migration_log");
            assertThat(WholeDatabase.ownRows(test)).containsAllEntriesOf(before);
            assertThat(folder.resolve("archive")).isEmptyDirectory();
            assertThat(rollback(test).run("ROLLBACK").outcome()).isEqualTo(RollbackReport.Outcome.ROLLED_BACK);
        }
    }

    /** When the process is killed: while the archive is being written, when it is complete, and while it waits to drop. */
    enum Moment { ARCHIVE_BEGUN, ARCHIVE_GROWING, ARCHIVE_COMPLETE, WAITING_TO_DROP }

    @ParameterizedTest
    @EnumSource
    void leaves_all_or_nothing_when_its_process_is_killed(Moment moment) throws Exception {
        Version version = moment.ordinal() % 2 == 0 ? Version.V15 : Version.V18;
        try (TestDatabase test = Migrated.legacy(version, 30_000)) {
            Migrated.migrate(test);
            view(test);
            var before = WholeDatabase.ownRows(test);
            before.remove("public.quantum_migration_log");
            java.lang.Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"),
                    RollbackProcess.class.getName(), test.url(), folder.toString()).redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
            try (Connection reader = test.database().dataSource().getConnection()) {
                reader.setAutoCommit(false);
                long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                boolean held = false;
                while (!reached(moment) && process.isAlive() && System.nanoTime() < end) {
                    if (moment == Moment.WAITING_TO_DROP && !held && reached(Moment.ARCHIVE_BEGUN)) {
                        reader.createStatement().execute("SELECT * FROM users");
                        held = true;
                    }
                    Thread.sleep(1);
                }
                boolean alive = process.isAlive();
                process.destroyForcibly().waitFor();
                if (moment != Moment.ARCHIVE_COMPLETE) {
                    assertThat(alive).as(Files.readString(folder.resolve("out"))).isTrue();
                }
            }
            // The server finds out that its client is gone when it next talks to it.
            while (test.count("pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'") > 0) {
                Thread.sleep(20);
            }
            boolean there = test.schema().exists();
            if (moment != Moment.ARCHIVE_COMPLETE) {
                assertThat(there).isTrue();
            }
            if (there) {
                assertThat(WholeDatabase.ownRows(test)).containsAllEntriesOf(before);
                assertThat(rollback(test).run("ROLLBACK").outcome()).isEqualTo(RollbackReport.Outcome.ROLLED_BACK);
            } else {
                assertThat(WholeDatabase.ownRows(test)).isEmpty();
                assumeThat(archives(".zip")).hasSize(1);
                ArchiveReader.verified(archives(".zip").get(0)).close();
            }
        }
    }

    private boolean reached(Moment moment) throws Exception {
        return switch (moment) {
            case ARCHIVE_BEGUN -> !archives(".part").isEmpty();
            case ARCHIVE_GROWING -> !archives(".part").isEmpty() && Files.size(archives(".part").get(0)) > 500_000;
            case ARCHIVE_COMPLETE, WAITING_TO_DROP -> !archives(".zip").isEmpty();
        };
    }

    private List<Path> archives(String ending) throws Exception {
        if (!Files.exists(folder.resolve("archive"))) {
            return List.of();
        }
        try (var files = Files.list(folder.resolve("archive"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
