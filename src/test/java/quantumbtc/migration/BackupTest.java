package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.db.Database;
import quantumbtc.db.DatabaseUrl;
import quantumbtc.db.Refused;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

class BackupTest {

    private static final Instant NOON = Instant.parse("2025-11-25T12:00:00Z");

    @TempDir
    private Path folder;

    private Backup backup(Database database, String searchPath) {
        return new Backup(database, Clock.fixed(NOON, ZoneOffset.UTC), folder, Migrated.SOURCE, searchPath);
    }

    @Test
    void dumps_the_whole_database_and_the_dump_restores() throws Exception {
        try (TestDatabase test = Migrated.legacy(Version.V15, 200); TestDatabase other = TestDatabase.empty(Version.V15)) {
            Migrated.migrate(test);
            BackupReport report = backup(test.database(), System.getenv("PATH")).run();
            assertThat(report.kind()).isEqualTo(BackupReport.Kind.PG_DUMP);
            assertThat(report.file()).isEqualTo(folder.resolve("backups/quantum-btc-20251125T120000Z.dump").toString());
            assertThat(report.holds()).contains("public.atge_trade_signals", "public.users", "public.btc_trades", "quantum_ops.migration_runs");
            assertThat(report.bytes()).isEqualTo(Files.size(Path.of(report.file())));
            assertThat(Files.readString(Path.of(report.file() + ".sha256"))).startsWith(report.sha256());
            assertThat(Files.getPosixFilePermissions(Path.of(report.file()))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(new ProcessBuilder("pg_restore", "--dbname=" + other.url(), report.file()).inheritIO().start().waitFor()).isZero();
            assertThat(WholeDatabase.rows(other, "atge_trade_signals")).isEqualTo(WholeDatabase.rows(test, "atge_trade_signals"));
            assertThat(WholeDatabase.rows(other, "btc_trades")).isEqualTo(WholeDatabase.rows(test, "btc_trades"));
            assertThat(backup(test.database(), System.getenv("PATH")).run().file()).endsWith("Z-2.dump");
        }
    }

    @Test
    void copies_tables_and_says_why_when_pg_dump_is_older_than_the_server() throws Exception {
        try (TestDatabase test = Migrated.legacy(Version.V18, 5)) {
            program("pg_dump", "echo 'pg_dump (PostgreSQL) 15.1'");
            BackupReport report = backup(test.database(), folder.toString()).run();
            assertThat(report.kind()).isEqualTo(BackupReport.Kind.TABLES);
            assertThat(report.notes()).anyMatch(note -> note.contains("version 15, older than the server's 18"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void copies_legacy_table_users_and_our_tables_when_there_is_no_pg_dump(Version version) throws Exception {
        try (TestDatabase test = Migrated.legacy(version, 30)) {
            assertThat(backup(test.database(), null).run().holds()).containsExactlyInAnyOrder("public.atge_trade_signals", "public.users");
            Migrated.migrate(test);
            BackupReport report = backup(test.database(), folder.toString()).run();
            assertThat(report.kind()).isEqualTo(BackupReport.Kind.TABLES);
            assertThat(report.holds()).contains("public.atge_trade_signals", "public.users", "public.btc_trades", "quantum_ops.migration_chunks");
            assertThat(report.notes()).anyMatch(note -> note.contains("no pg_dump"));
            try (ArchiveReader file = ArchiveReader.verified(Path.of(report.file()))) {
                assertThat(file.manifest().tables()).anyMatch(table -> table.name().equals("atge_trade_signals") && table.rows() == 30);
            }
            try (TestDatabase other = Migrated.legacy(version, 30)) {
                assertThatThrownBy(() -> new Restore(other.database(), Migrated.LOCKS, Clock.systemUTC(), Migrated.SOURCE).run(Path.of(report.file())))
                        .isInstanceOf(Refused.class).hasMessageContaining("not by a rollback");
            }
        }
    }

    @Test
    void gives_the_password_by_the_environment_only() throws Exception {
        try (TestDatabase test = Migrated.legacy(Version.V18, 1)) {
            DatabaseUrl url = DatabaseUrl.parse(test.url().replace("postgres@", "postgres:pa%3Ass@") + "?sslmode=disable");
            program("pg_dump", """
                    if [ "$1" = --version ]; then echo 'pg_dump (PostgreSQL) 99.1'; exit 0; fi
                    echo "$@" > '%1$s/arguments'; env | grep ^PG | sort > '%1$s/environment'
                    for a in "$@"; do case "$a" in --file=*) echo dump > "${a#--file=}";; esac; done""".formatted(folder));
            program("pg_restore", "echo '3; 0 1 TABLE DATA public users postgres'");
            try (Database database = new Database(url, 4)) {
                assertThat(backup(database, "/nowhere:" + folder).run().holds()).containsExactly("public.users");
            }
            assertThat(Files.readString(folder.resolve("arguments"))).doesNotContain("pa:ss").doesNotContain("postgres");
            assertThat(Files.readString(folder.resolve("environment"))).contains("PGPASSWORD=pa:ss\n", "PGSSLMODE=disable\n", "PGHOST=127.0.0.1\n", "PGUSER=postgres\n");
        }
    }

    @Test
    void says_what_pg_dump_said_and_leaves_no_file_when_it_fails() throws Exception {
        try (TestDatabase test = Migrated.legacy(Version.V18, 1)) {
            program("pg_dump", """
                    if [ "$1" = --version ]; then echo 'pg_dump (PostgreSQL) 99.1'; exit 0; fi
                    echo 'error: out of cheese' >&2; exit 1""");
            assertThatThrownBy(() -> backup(test.database(), folder.toString()).run()).hasMessageContaining("out of cheese").hasMessageContaining("No file is left");
            assertThat(folder.resolve("backups")).isEmptyDirectory();
        }
    }

    private void program(String name, String script) throws Exception {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
