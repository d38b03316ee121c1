package quantumbtc.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.App;
import quantumbtc.testing.Commands;
import quantumbtc.testing.Legacy;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

/** The way back after Quantum has served everybody for a while. */
class RollbackAfterCutOverTest {

    private static final int MADE = 1_010;
    private static final int JUDGED = 1_010;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void a_thousand_trades_made_and_a_thousand_judged_are_in_the_legacy_table_or_in_the_archive(Version version) throws Exception {
        try (Legacy legacy = Legacy.with(version, 8_000); App app = Commands.start(legacy.test(), "data.directory", folder.toString())) {
            TestDatabase test = legacy.test();
            // Two sorts of rows that the old table does not take; what is about them goes to the archive.
            test.execute("ALTER TABLE atge_trade_signals ADD CONSTRAINT not_so_sure CHECK (confidence_score <> 33) NOT VALID; "
                    + "ALTER TABLE atge_trade_signals ADD CONSTRAINT no_failures CHECK (status <> 'completed_failure' OR generated_at <> '2020-01-01Z') NOT VALID");
            test.execute("UPDATE atge_trade_signals SET confidence_score = 32 WHERE confidence_score = 33");
            List<String> objects = WholeDatabase.objects(test);
            app.ask("migration-run", null, MigrationStatus.class);
            test.execute("UPDATE quantum_ops.rollout SET percent = 100");
            make(test);
            List<UUID> judged = judge(test);
            test.execute("CREATE TABLE before AS SELECT * FROM atge_trade_signals");
            test.execute("UPDATE quantum_ops.rollout SET percent = 0");

            RollbackReport report = app.ask("migration-rollback", Map.of("confirm", "ROLLBACK"), RollbackReport.class);

            assertThat(report.carriedTrades()).isEqualTo(1_000);
            assertThat(report.generatedTrades()).isEqualTo(10);
            assertThat(report.carriedStatuses()).isEqualTo(1_000);
            assertThat(report.judgedTrades()).isEqualTo(10);
            assertThat(report.notes()).anyMatch(note -> note.contains("10 trades, as") && note.contains("not_so_sure"))
                    .anyMatch(note -> note.contains("10 trades, as") && note.contains("no_failures"));
            assertThat(test.count("atge_trade_signals")).isEqualTo(9_000);
            assertThat(test.value("SELECT count(*) FROM generate_series(1, 1010) i JOIN atge_trade_signals l ON l.id = md5('made' || i)::uuid WHERE entry_price = i "
                    + "AND tp1_price = i + 1 AND tp2_price = i + 2 AND tp3_price = i + 3 AND stop_loss_price = i / 2.0 AND stop_loss_percentage = 3 "
                    + "AND tp1_allocation = 50 AND tp2_allocation = 30 AND tp3_allocation = 20 AND ai_reasoning = 'own ' || i AND status = 'active' "
                    + "AND confidence_score = 61 AND timeframe = '4h' AND user_id = md5('user1')::uuid", Long.class)).isEqualTo(1_000);
            assertThat(test.value("SELECT count(*) FROM before b JOIN atge_trade_signals l USING (id) WHERE l.status <> b.status", Long.class)).isEqualTo(1_000);
            assertThat(test.value("SELECT count(*) FROM before b JOIN atge_trade_signals l USING (id) WHERE l.status <> b.status AND l.status = 'completed_failure' "
                    + "AND b.status IN ('active', 'cancelled') AND l.id = ANY ('{" + join(judged) + "}')", Long.class)).isEqualTo(1_000);
            assertThat(WholeDatabase.rows(test, "(SELECT b.* FROM before b)")).as("every other value of every legacy row").isEqualTo(
                    WholeDatabase.rows(test, "(SELECT l.* FROM before b JOIN LATERAL (SELECT l.id, l.user_id, l.symbol, b.status, l.entry_price, l.tp1_price, l.tp1_allocation, "
                            + "l.tp2_price, l.tp2_allocation, l.tp3_price, l.tp3_allocation, l.stop_loss_price, l.stop_loss_percentage, l.timeframe, l.timeframe_hours, "
                            + "l.confidence_score, l.risk_reward_ratio, l.market_condition, l.ai_reasoning, l.ai_model_version, l.generated_at, l.expires_at, l.created_at, "
                            + "CASE WHEN l.status <> b.status THEN b.updated_at ELSE l.updated_at END FROM atge_trade_signals l WHERE l.id = b.id) l ON true)"));
            inArchive(Path.of(report.archive()), judged);
            test.execute("DROP TABLE before");
            assertThat(WholeDatabase.objects(test)).isEqualTo(objects);
        }
    }

    private static String join(List<UUID> ids) {
        return String.join(",", ids.stream().map(UUID::toString).toList());
    }

    private static void make(TestDatabase test) {
        test.execute("INSERT INTO btc_trades (id, user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price, max_loss_percent, "
                + "timeframe, confidence_score, quantum_reasoning, mathematical_justification, data_quality_score, generated_at, expires_at) "
                + "SELECT md5('made' || i)::uuid, md5('user1')::uuid, i, i, i, i + 1, i + 2, i + 3, i / 2.0, 3, '4h', CASE WHEN i <= 10 THEN 33 ELSE 61 END, "
                + "'own ' || i, 'formula ' || i, 88, now(), now() + interval '1 day' FROM generate_series(1, " + MADE + ") i");
        test.execute("INSERT INTO quantum_ops.generated_trades (trade_id, user_id, generated_at) SELECT md5('made' || i)::uuid, md5('user1')::uuid, now() "
                + "FROM generate_series(1, " + MADE + ") i");
    }

    private static List<UUID> judge(TestDatabase test) {
        return test.database().jdbi().withHandle(handle -> {
            List<UUID> open = handle.createQuery("SELECT id FROM btc_trades t WHERE status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM quantum_ops.generated_trades g "
                    + "WHERE g.trade_id = t.id) ORDER BY id LIMIT " + JUDGED).mapTo(UUID.class).list();
            handle.createUpdate("UPDATE atge_trade_signals SET generated_at = '2020-01-01Z' WHERE id = ANY (:ids)")
                    .bindArray("ids", UUID.class, open.subList(0, 10)).execute();
            handle.execute("DELETE FROM quantum_ops.change_queue");
            assertThat(Judgement.of(handle, open, "NOT_HIT")).isEqualTo(JUDGED);
            return open;
        });
    }

    /** Read as COPY wrote it: what the legacy table does not take is there with its values. */
    private static void inArchive(Path file, List<UUID> judged) throws IOException {
        try (ArchiveReader archive = ArchiveReader.verified(file)) {
            Map<UUID, String> trades = rows(archive, "btc_trades");
            Map<UUID, String> outcomes = rows(archive, "trade_outcomes");
            assertThat(trades).hasSize(8_000 + MADE);
            assertThat(outcomes).hasSize(JUDGED);
            List<String> own = trades.values().stream().filter(row -> row.contains("\town ")).toList();
            assertThat(own).hasSize(MADE).allSatisfy(row -> {
                String number = row.replaceAll("(?s).*\\town (\\d+)\\t.*", "$1");
                assertThat(row).contains("\town " + number + "\tformula " + number + "\t", "\t" + number + ".00000000\t");
            });
            judged.forEach(id -> {
                assertThat(trades.get(id)).contains("\tNOT_HIT\t");
                assertThat(outcomes.get(id)).contains("\tNOT_HIT\tseen\t");
            });
        }
    }

    private static Map<UUID, String> rows(ArchiveReader archive, String table) throws IOException {
        ArchiveManifest.ArchivedTable entry = archive.manifest().tables().stream().filter(one -> one.name().equals(table)).findFirst().orElseThrow();
        Map<UUID, String> rows = new HashMap<>();
        new String(archive.open(entry).readAllBytes(), StandardCharsets.UTF_8).lines()
                .forEach(line -> rows.put(UUID.fromString(line.substring(0, line.indexOf('\t'))), line));
        return rows;
    }
}
