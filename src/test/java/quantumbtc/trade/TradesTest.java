package quantumbtc.trade;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestServers.Version;

class TradesTest {

    private static final UUID ANN = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    private static final UUID BOB = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    private static final Instant AT = Instant.parse("2026-03-01T10:20:30.123Z");

    private static TestDatabase withUsers(Version version) {
        TestDatabase test = TestDatabase.withSchema(version);
        test.execute("INSERT INTO users (id, email) VALUES ('" + ANN + "', 'ann@example.org'), ('" + BOB + "', 'bob@example.org')");
        return test;
    }

    private static Generated made(UUID user, Instant at, String timeframe) {
        Trade trade = new Trade(UUID.randomUUID(), user, "BTC",
                new EntryZone(new BigDecimal("99900.10000000"), new BigDecimal("100100.10000000"), new BigDecimal("100000.10000000")),
                List.of(new Target(new BigDecimal("101000.00000000"), 50), new Target(new BigDecimal("102000.00000000"), 30),
                        new Target(new BigDecimal("103000.00000000"), 20)),
                new BigDecimal("98000.00000000"), new BigDecimal("2.00"), timeframe, 24, 71, "why", "how", "UNCERTAIN", 92,
                List.of(new Proof("Kraken", new BigDecimal("100000.1"), at, null, false)),
                List.of(new Trigger(at.minus(Duration.ofDays(9)), new BigDecimal("90000"), new BigDecimal("0.314"), "HIT", new BigDecimal("-1.25"))),
                TradeStatus.ACTIVE, at, at.plus(Duration.ofDays(1)), null);
        return new Generated(trade, 42, Map.of("rawProbability", 0.7));
    }

    @ParameterizedTest
    @EnumSource
    void a_trade_is_read_as_it_was_stored_with_its_provenance(Version version) {
        try (TestDatabase test = withUsers(version)) {
            Trades trades = new Trades(test.database());
            Generated made = made(ANN, AT, "1d");
            assertThat(trades.store(made, null)).isEqualTo(made.trade());
            assertThat(trades.find(made.trade().id(), ANN)).contains(made.trade());
            assertThat(trades.find(made.trade().id(), BOB)).isEmpty();
            assertThat(test.value("SELECT seed || ' ' || (inputs ->> 'rawProbability') FROM quantum_ops.generated_trades", String.class)).isEqualTo("42 0.7");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_same_key_gives_the_same_trade_also_to_requests_at_the_same_time(Version version) throws Exception {
        try (TestDatabase test = withUsers(version)) {
            Trades trades = new Trades(test.database());
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Callable<Trade>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(() -> trades.store(made(ANN, AT, "1d"), "key"));
            }
            Set<UUID> ids = new HashSet<>();
            for (Future<Trade> call : threads.invokeAll(calls)) {
                ids.add(call.get().id());
            }
            threads.shutdown();
            assertThat(ids).hasSize(1);
            assertThat(test.count("btc_trades")).isEqualTo(1);
            assertThat(trades.byKey(ANN, "key")).map(Trade::id).contains(ids.iterator().next());
            assertThat(trades.store(made(BOB, AT, "1d"), "key").userId()).isEqualTo(BOB);
            assertThat(trades.byKey(BOB, "other")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void pages_show_each_own_trade_once_newest_first(Version version) {
        try (TestDatabase test = withUsers(version)) {
            Trades trades = new Trades(test.database());
            Set<UUID> own = new HashSet<>();
            for (int i = 0; i < 25; i++) {
                // Several of the same time: the id decides then.
                own.add(trades.store(made(ANN, AT.plusSeconds(i / 4), i % 2 == 0 ? "1d" : "1w"), null).id());
            }
            trades.store(made(BOB, AT, "1d"), null);
            List<Trade> seen = new ArrayList<>();
            TradeQuery.Cursor after = null;
            do {
                TradePage page = trades.list(new TradeQuery(ANN, Set.of(), null, null, null, after, 7));
                seen.addAll(page.trades());
                after = page.next() == null ? null : TradeQuery.Cursor.parse(page.next().toString());
                trades.store(made(BOB, AT.plusSeconds(99), "1d"), null);
            } while (after != null);
            assertThat(seen).hasSize(25).extracting(Trade::id).containsExactlyInAnyOrderElementsOf(own);
            assertThat(seen).extracting(Trade::generatedAt).isSortedAccordingTo(java.util.Comparator.reverseOrder());
            assertThat(trades.list(new TradeQuery(ANN, Set.of(TradeStatus.ACTIVE, TradeStatus.EXPIRED), "1w", null, null, null, 100)).trades()).hasSize(12);
            assertThat(trades.list(new TradeQuery(ANN, Set.of(TradeStatus.HIT), null, null, null, null, 100)).trades()).isEmpty();
            assertThat(trades.list(new TradeQuery(ANN, Set.of(), null, AT.plusSeconds(1), AT.plusSeconds(3), null, 100)).trades()).hasSize(8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_migrated_row_has_no_proofs_and_its_newest_snapshot_is_its_last_validation(Version version) {
        try (TestDatabase test = withUsers(version)) {
            UUID id = UUID.randomUUID();
            test.execute("INSERT INTO btc_trades (id, user_id, entry_min, entry_max, entry_optimal, tp1_price, tp2_price, tp3_price, stop_loss_price,"
                    + " max_loss_percent, quantum_reasoning, mathematical_justification, generated_at, expires_at) VALUES ('" + id + "', '" + ANN
                    + "', 1, 1, 1, 2, 3, 4, 0.5, 50, 'a', 'b', now(), now())");
            test.execute("INSERT INTO btc_hourly_snapshots (trade_id, snapshot_at) VALUES ('" + id + "', '2026-03-01 11:00Z'), ('" + id + "', '2026-03-01 12:00Z')");
            Trade trade = new Trades(test.database()).find(id, ANN).orElseThrow();
            assertThat(trade.proofs()).isEmpty();
            assertThat(trade.triggers()).isEmpty();
            assertThat(trade.timeframe()).isNull();
            assertThat(trade.confidence()).isNull();
            assertThat(trade.lastValidatedAt()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
        }
    }
}
