package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.db.Refused;
import quantumbtc.migration.VerifyReport.Check;
import quantumbtc.migration.VerifyReport.Difference;
import quantumbtc.migration.VerifyReport.Kind;
import quantumbtc.migration.VerifyReport.Verdict;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

class VerifyTest {

    private static final MigrationSettings SETTINGS = CopiedBySql.settings("atge_trade_signals");
    private static final int ROWS = 3_000;

    /** Every column of btc_trades, and a small change to it. */
    private static final Map<String, String> CHANGES = new LinkedHashMap<>();

    static {
        CHANGES.put("user_id", "(SELECT id FROM users u WHERE u.id <> user_id LIMIT 1)");
        CHANGES.put("symbol", "symbol || ' '");
        for (String price : List.of("entry_min", "entry_max", "entry_optimal", "tp1_price", "tp2_price", "tp3_price", "stop_loss_price")) {
            CHANGES.put(price, price + " - 0.00000001");
        }
        for (String allocation : List.of("tp1_allocation", "tp2_allocation", "tp3_allocation")) {
            CHANGES.put(allocation, allocation + " + 1");
        }
        CHANGES.put("max_loss_percent", "max_loss_percent + 0.01");
        CHANGES.put("timeframe", "CASE WHEN timeframe IS NULL THEN '4h' END");
        CHANGES.put("timeframe_hours", "coalesce(timeframe_hours, -1) + 1");
        CHANGES.put("confidence_score", "CASE WHEN confidence_score IS NULL THEN 0 END");
        CHANGES.put("quantum_reasoning", "quantum_reasoning || ' '");
        CHANGES.put("mathematical_justification", "upper(mathematical_justification)");
        CHANGES.put("wave_pattern_collapse", "'BREAK'");
        CHANGES.put("data_quality_score", "NULL");
        CHANGES.put("cross_api_proof", "'[]'");
        CHANGES.put("historical_triggers", "'{}'");
        CHANGES.put("status", "CASE status WHEN 'ACTIVE' THEN 'HIT' ELSE 'ACTIVE' END");
        CHANGES.put("generated_at", "generated_at + interval '1 microsecond'");
        CHANGES.put("expires_at", "expires_at - interval '1 microsecond'");
        CHANGES.put("last_validated_at", "now()");
        CHANGES.put("created_at", "now()");
        CHANGES.put("updated_at", "now()");
    }

    @ParameterizedTest
    @EnumSource
    void names_exactly_the_row_and_the_column_that_was_changed(Version version) {
        migrated(version, test -> {
            Random random = new Random(20_250_711);
            List<String> columns = test.database().jdbi().withHandle(handle -> handle.createQuery(
                    "SELECT attname FROM pg_attribute WHERE attrelid = 'btc_trades'::regclass AND attnum > 0 AND NOT attisdropped")
                    .mapTo(String.class).list());
            assertThat(CHANGES.keySet()).as("a change for each column").containsExactlyInAnyOrderElementsOf(
                    columns.stream().filter(column -> !column.equals("id")).toList());
            List<UUID> ids = ids(test);
            CHANGES.forEach((column, change) -> {
                UUID id = ids.get(random.nextInt(ids.size()));
                withoutTriggers(test, "UPDATE btc_trades SET " + column + " = " + change + " WHERE id = '" + id + "'");
                VerifyReport report = verify(test);
                assertThat(report.verdict()).as(column).isEqualTo(Verdict.DIFFERS);
                assertThat(report.different()).as(column).isOne();
                assertThat(report.missing() + report.extra()).as(column).isZero();
                assertThat(report.differences()).as(column).singleElement().satisfies(difference -> {
                    assertThat(difference.id()).isEqualTo(id);
                    assertThat(difference.kind()).isEqualTo(Kind.DIFFERENT);
                    assertThat(difference.column()).isEqualTo(column);
                    assertThat(difference.actual()).isNotEqualTo(difference.expected());
                });
                CopiedBySql.copy(test, id.toString());
            });
            assertThat(verify(test).ok()).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource
    void is_clean_after_a_right_copy_and_says_what_was_counted(Version version) {
        migrated(version, test -> {
            List<VerifyProgress> progress = new ArrayList<>();
            VerifyReport report = verify(test, progress::add);
            assertThat(report.checks()).allMatch(Check::ok);
            assertThat(report.verdict()).isEqualTo(Verdict.CLEAN);
            assertThat(report.candidates()).isEqualTo(ROWS * 5 / 6).isEqualTo(report.migrated());
            assertThat(report.segments()).isEqualTo(3);
            assertThat(progress).hasSize(3).last().isEqualTo(new VerifyProgress(3, 3, ROWS * 5 / 6));
        });
    }

    @Test
    void names_a_deleted_an_added_and_a_renumbered_row() {
        migrated(Version.V18, test -> {
            List<UUID> ids = ids(test);
            UUID gone = ids.get(17);
            UUID renumbered = ids.get(2_000);
            UUID to = UUID.fromString("12345678-0000-4000-8000-000000000000");
            test.execute("DELETE FROM btc_trades WHERE id = '" + gone + "'");
            withoutTriggers(test, "UPDATE btc_trades SET id = '" + to + "' WHERE id = '" + renumbered + "'");
            VerifyReport report = verify(test);
            assertThat(report.differences()).extracting(Difference::id, Difference::kind).containsExactlyInAnyOrder(
                    org.assertj.core.groups.Tuple.tuple(gone, Kind.MISSING),
                    org.assertj.core.groups.Tuple.tuple(renumbered, Kind.MISSING),
                    org.assertj.core.groups.Tuple.tuple(to, Kind.EXTRA));
            assertThat(report.missing()).isEqualTo(2);
            assertThat(report.extra()).isOne();
            assertThat(failed(report)).anyMatch(sentence -> sentence.contains("2 candidates are neither"));
        });
    }

    @Test
    void notices_a_sign_that_was_lost() {
        migrated(Version.V18, test -> {
            UUID id = test.value("SELECT id FROM btc_trades WHERE max_loss_percent < 0 LIMIT 1", UUID.class);
            withoutTriggers(test, "UPDATE btc_trades SET max_loss_percent = -max_loss_percent, tp1_price = -tp1_price WHERE id = '" + id + "'");
            assertThat(verify(test).differences()).extracting(Difference::column).containsExactly("max_loss_percent", "tp1_price");
        });
    }

    @Test
    void names_two_rows_whose_values_were_exchanged() {
        migrated(Version.V18, test -> {
            List<UUID> ids = ids(test);
            withoutTriggers(test, "UPDATE btc_trades t SET tp1_price = o.tp1_price FROM btc_trades o WHERE (t.id = '" + ids.get(1)
                    + "' AND o.id = '" + ids.get(2) + "') OR (t.id = '" + ids.get(2) + "' AND o.id = '" + ids.get(1) + "')");
            VerifyReport report = verify(test);
            assertThat(report.differences()).extracting(Difference::column).containsExactly("tp1_price", "tp1_price");
            assertThat(report.differences()).extracting(Difference::id).containsExactlyInAnyOrder(ids.get(1), ids.get(2));
        });
    }

    @Test
    void names_a_legacy_row_that_changed_came_or_went_after_the_copy() {
        migrated(Version.V18, test -> {
            List<UUID> ids = ids(test);
            test.execute("UPDATE atge_trade_signals SET status = 'expired', ai_reasoning = repeat('y', 5000) WHERE id = '" + ids.get(5) + "'");
            test.execute("DELETE FROM atge_trade_signals WHERE id = '" + ids.get(6) + "'");
            test.execute("UPDATE atge_trade_signals SET symbol = 'BTC' WHERE id = (SELECT id FROM atge_trade_signals WHERE symbol = 'ETH' LIMIT 1)");
            VerifyReport report = verify(test);
            assertThat(report.different()).isOne();
            assertThat(report.extra()).isOne();
            assertThat(report.missing()).isOne();
            assertThat(report.differences()).filteredOn(d -> d.kind() == Kind.DIFFERENT && !d.column().equals("status"))
                    .extracting(Difference::column).containsExactly("quantum_reasoning", "updated_at");
            assertThat(report.differences()).filteredOn(d -> "quantum_reasoning".equals(d.column())).first()
                    .satisfies(d -> assertThat(d.expected()).hasSizeLessThan(300).contains("5000 characters"));
        });
    }

    @Test
    void counts_every_difference_but_lists_a_thousand() {
        migrated(Version.V18, test -> {
            withoutTriggers(test, "UPDATE btc_trades SET tp1_allocation = 40, tp3_allocation = 30");
            VerifyReport report = verify(test);
            assertThat(report.different()).isEqualTo(ROWS * 5 / 6);
            assertThat(report.differences()).hasSize(1_000);
            test.execute("DELETE FROM btc_trades");
            assertThat(verify(test).missing()).isEqualTo(ROWS * 5 / 6);
        });
    }

    @Test
    void takes_a_generated_trade_and_a_judged_trade_for_what_they_are() {
        migrated(Version.V18, test -> {
            test.execute("INSERT INTO btc_trades (id, user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price, "
                    + "max_loss_percent, quantum_reasoning, mathematical_justification, generated_at, expires_at) SELECT md5('native')::uuid, user_id, "
                    + "1, 1, 1, 2, 3, 4, 0.5, 1, 'r', 'm', now(), now() FROM btc_trades LIMIT 1");
            assertThat(verify(test).differences()).extracting(Difference::kind).containsExactly(Kind.EXTRA);
            test.execute("INSERT INTO quantum_ops.generated_trades (trade_id, user_id, generated_at) SELECT id, user_id, now() FROM btc_trades "
                    + "WHERE id = md5('native')::uuid");
            assertThat(verify(test)).matches(VerifyReport::ok).extracting(VerifyReport::generated).isEqualTo(1L);

            UUID judged = test.value("SELECT id FROM btc_trades WHERE status = 'ACTIVE' AND quantum_reasoning <> 'r' LIMIT 1", UUID.class);
            test.execute("UPDATE btc_trades SET status = 'INVALIDATED', last_validated_at = now() WHERE id = '" + judged + "'");
            assertThat(verify(test).differences()).extracting(Difference::column)
                    .containsExactlyInAnyOrder("status", "last_validated_at", "updated_at");
            test.execute("INSERT INTO quantum_ops.trade_outcomes (trade_id, status, reason, judged_until, judged_at) VALUES ('" + judged
                    + "', 'INVALIDATED', 'no data', now(), now())");
            assertThat(verify(test)).matches(VerifyReport::ok).extracting(VerifyReport::judged).isEqualTo(1L);
            withoutTriggers(test, "UPDATE btc_trades SET status = 'HIT' WHERE id = '" + judged + "'");
            assertThat(verify(test).differences()).extracting(Difference::column).containsExactly("status");
        });
    }

    @Test
    void a_generated_trade_that_was_carried_back_is_no_candidate() {
        migrated(Version.V18, test -> {
            UUID id = ids(test).get(0);
            test.execute("INSERT INTO quantum_ops.generated_trades (trade_id, user_id, generated_at) SELECT id, user_id, now() FROM btc_trades WHERE id = '" + id + "'");
            VerifyReport report = verify(test);
            assertThat(report.ok()).isTrue();
            assertThat(report.notes()).anyMatch(note -> note.startsWith("1 trades of Quantum stand in the legacy table too"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_row_in_quarantine_is_not_expected_and_keeps_the_migration_open_until_it_is_accepted(Version version) {
        migrated(version, test -> {
            UUID id = ids(test).get(40);
            test.execute("DELETE FROM btc_trades WHERE id = '" + id + "'");
            test.execute("UPDATE atge_trade_signals SET tp2_price = 'NaN' WHERE id = '" + id + "'");
            assertThat(verify(test)).extracting(VerifyReport::missing).isEqualTo(1L);
            test.execute("INSERT INTO quantum_ops.migration_quarantine (legacy_id, reason, detail, original, run_id) VALUES ('" + id
                    + "', 'NOT_A_NUMBER', 'tp2_price is NaN', '{}', gen_random_uuid())");
            VerifyReport open = verify(test);
            assertThat(open.verdict()).isEqualTo(Verdict.OPEN_QUARANTINE);
            assertThat(open.quarantined()).isOne();
            test.execute("UPDATE quantum_ops.migration_quarantine SET state = 'ACCEPTED'");
            assertThat(verify(test).verdict()).isEqualTo(Verdict.CLEAN);
            test.execute("UPDATE atge_trade_signals SET tp2_price = 5 WHERE id = '" + id + "'");
            assertThat(verify(test).notes()).containsExactly("1 rows in quarantine break no rule any more; retry them");
            test.execute("UPDATE atge_trade_signals SET symbol = 'ETH' WHERE id = '" + id + "'");
            assertThat(verify(test).notes()).containsExactly("1 rows in quarantine are no longer Bitcoin rows of the legacy table");
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_legacy_row_that_cannot_be_mapped_and_was_never_quarantined_is_missing_and_stops_nothing(Version version) {
        migrated(version, test -> {
            for (String broken : List.of("entry_price = 'NaN'", "tp1_price = 'Infinity'", "tp3_price = 1e30", "stop_loss_percentage = 1e6",
                    "confidence_score = 101", "generated_at = 'infinity'", "symbol = 'BTC'", "timeframe = 'a very long word'")) {
                test.execute("INSERT INTO atge_trade_signals (symbol, user_id) VALUES ('BTC', md5('user1')::uuid)");
                test.execute("UPDATE atge_trade_signals SET " + broken + " WHERE entry_price IS NULL");
                VerifyReport report = verify(test);
                assertThat(report.missing()).as(broken).isOne();
                assertThat(report.different() + report.extra()).as(broken).isZero();
                test.execute("DELETE FROM atge_trade_signals WHERE tp2_price IS NULL");
            }
        });
    }

    @Test
    void works_without_chunks_and_reports_chunks_that_are_open_or_leave_ids_out() {
        migrated(Version.V18, test -> {
            test.execute("UPDATE quantum_ops.migration_chunks SET state = 'OPEN' WHERE chunk_no = 2");
            assertThat(failed(verify(test))).containsExactly("1 of 3 chunks are still to be copied");
            test.execute("DELETE FROM quantum_ops.migration_chunks WHERE chunk_no = 2");
            test.execute("DELETE FROM btc_trades WHERE id = '" + ids(test).get(1_200) + "'");
            VerifyReport gap = verify(test);
            assertThat(failed(gap)).contains("the chunks hold every id exactly once");
            assertThat(gap.missing()).isOne();
            test.execute("DELETE FROM quantum_ops.migration_chunks");
            assertThat(verify(test)).extracting(VerifyReport::missing, VerifyReport::segments).containsExactly(1L, 1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void finds_what_is_wrong_with_the_schema(Version version) {
        migrated(version, test -> {
            breaks(test, "DROP INDEX btc_trades_status_idx", "CREATE INDEX btc_trades_status_idx ON btc_trades (status)",
                    "btc_trades has a valid index on status");
            breaks(test, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'btc_trades_symbol_idx'::regclass",
                    "UPDATE pg_index SET indisvalid = true WHERE indexrelid = 'btc_trades_symbol_idx'::regclass",
                    "btc_trades has a valid index on symbol");
            breaks(test, "ALTER TABLE btc_trades DROP CONSTRAINT btc_trades_user_id_fkey; ALTER TABLE btc_trades ADD CONSTRAINT btc_trades_user_id_fkey "
                            + "FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID",
                    "ALTER TABLE btc_trades VALIDATE CONSTRAINT btc_trades_user_id_fkey",
                    "btc_trades.user_id references users(id), deletes with its user, and the reference is validated");
            breaks(test, "ALTER TABLE btc_trades DISABLE TRIGGER quantum_set_updated_at", "ALTER TABLE btc_trades ENABLE TRIGGER quantum_set_updated_at",
                    "trigger quantum_set_updated_at on btc_trades is there and enabled");
            breaks(test, "ALTER VIEW atge_trade_signals_compat RENAME TO elsewhere", "ALTER VIEW elsewhere RENAME TO atge_trade_signals_compat",
                    "view atge_trade_signals_compat is there");
            breaks(test, "ALTER TABLE quantum_migration_log DISABLE ROW LEVEL SECURITY", "ALTER TABLE quantum_migration_log ENABLE ROW LEVEL SECURITY",
                    "row level security is on for quantum_migration_log");
            breaks(test, "ALTER TABLE btc_hourly_snapshots ADD COLUMN more text", "ALTER TABLE btc_hourly_snapshots DROP COLUMN more",
                    "btc_hourly_snapshots has exactly its columns and types: more was added");
            breaks(test, "ALTER TABLE quantum_anomaly_logs ALTER COLUMN impact TYPE varchar(99)", "ALTER TABLE quantum_anomaly_logs ALTER COLUMN impact TYPE text",
                    "quantum_anomaly_logs has exactly its columns and types: impact is character varying(99) not null, expected text not null");
            test.execute("ALTER TABLE btc_trades DROP COLUMN wave_pattern_collapse CASCADE");
            VerifyReport report = verify(test);
            assertThat(failed(report)).contains("btc_trades lacks columns, so its rows were not compared",
                    "btc_trades has exactly its columns and types: wave_pattern_collapse is missing");
        });
    }

    @Test
    void writes_nothing_and_says_so_when_there_is_nothing_to_verify() {
        migrated(Version.V18, test -> {
            String before = DatabaseState.of(test);
            verify(test);
            assertThat(DatabaseState.of(test)).isEqualTo(before);
        });
        try (TestDatabase test = TestDatabase.empty()) {
            assertThatThrownBy(() -> verify(test)).isInstanceOf(Refused.class).hasMessageContaining("nothing to verify");
        }
    }

    private static void breaks(TestDatabase test, String change, String repair, String sentence) {
        test.execute(change);
        assertThat(failed(verify(test))).contains(sentence);
        test.execute(repair);
        assertThat(failed(verify(test))).isEmpty();
    }

    private static void migrated(Version version, Consumer<TestDatabase> with) {
        try (TestDatabase test = TestDatabase.withSchema(version)) {
            CopiedBySql.legacy(test, ROWS);
            CopiedBySql.copy(test);
            if (!test.value("SELECT to_regclass('atge_trade_signals_compat') IS NOT NULL", Boolean.class)) {
                test.execute("CREATE VIEW atge_trade_signals_compat WITH (security_invoker = true) AS SELECT id FROM btc_trades");
            }
            with.accept(test);
        }
    }

    private static void withoutTriggers(TestDatabase test, String sql) {
        test.execute("BEGIN; SET LOCAL session_replication_role = replica; " + sql + "; COMMIT");
    }

    private static List<UUID> ids(TestDatabase test) {
        return test.database().jdbi().withHandle(handle -> handle.createQuery("SELECT id FROM btc_trades ORDER BY id").mapTo(UUID.class).list());
    }

    private static VerifyReport verify(TestDatabase test) {
        return verify(test, progress -> { });
    }

    private static VerifyReport verify(TestDatabase test, Consumer<VerifyProgress> progress) {
        return new Verify(test.database(), test.schema(), SETTINGS, 2, Clock.systemUTC()).verify(progress);
    }

    private static List<String> failed(VerifyReport report) {
        return report.checks().stream().filter(check -> !check.ok()).map(Check::sentence).toList();
    }
}
