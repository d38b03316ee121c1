package quantumbtc.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantumbtc.migration.SyncStatus;
import quantumbtc.monitoring.PhaseFacts.Archived;
import quantumbtc.monitoring.PhaseFacts.Quarantine;
import quantumbtc.monitoring.PhaseFacts.Run;
import quantumbtc.monitoring.PhaseFacts.Source;
import quantumbtc.monitoring.PhaseFacts.Verified;
import quantumbtc.monitoring.PhaseStep.State;
import quantumbtc.rollout.LegacyEndpoints;
import quantumbtc.rollout.RolloutGate;
import quantumbtc.rollout.RolloutStatus;

/** What is said of a deployment, fact by fact. */
class PhaseRulesTest {

    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
    private static final RolloutGate OPEN_GATE = new RolloutGate("sync lag", BigDecimal.ZERO, BigDecimal.TEN, "seconds", true, "sync lag is 0 seconds");
    private static final RolloutGate SHUT_GATE = new RolloutGate("sync lag", BigDecimal.valueOf(60), BigDecimal.TEN, "seconds", false,
            "sync lag is 60 seconds, needed is at most 10 seconds");

    /** All that there is to know, changed part by part. */
    private static final class Facts {
        Fact<Source> source = Fact.of(new Source("public.atge_trade_signals", null));
        Fact<String> backup = Fact.of("backups/one.dump");
        Fact<Run> run = Fact.of(run("COMPLETED", "RUN", true, null));
        Fact<Quarantine> quarantine = Fact.of(new Quarantine(3, 0));
        Fact<Verified> verified = Fact.of(new Verified("CLEAN", 0, TEN.plusSeconds(60)));
        Fact<SyncStatus> sync = Fact.of(sync("ON", true, 0, 0, 0, null));
        Fact<RolloutStatus> rollout = Fact.of(rollout(100, OPEN_GATE));
        Fact<Archived> archived = Fact.of(new Archived("EQUAL", 45_000L, TEN));
        Fact<Boolean> nameTaken = Fact.of(true);
        Fact<LegacyEndpoints.Status> endpoints = Fact.of(new LegacyEndpoints.Status(false, "op", null, TEN));
        Fact<String> rollbackFile = Fact.absent();

        PhaseOverview judged() {
            return PhaseRules.judge(new PhaseFacts(source, backup, run, quarantine, verified, sync, rollout, archived, nameTaken, endpoints, rollbackFile));
        }

        PhaseStep step(String name) {
            return judged().phases().stream().flatMap(phase -> phase.steps().stream()).filter(step -> step.name().equals(name)).findFirst().orElseThrow();
        }
    }

    private static Run run(String state, String wanted, boolean alive, String failure) {
        boolean open = state.equals("RUNNING");
        return new Run(new UUID(0, 1), state, wanted, alive, "copy", 8, open ? 3 : 8, 20_000, failure, open ? null : TEN);
    }

    private static SyncStatus sync(String state, boolean capturing, long pending, long conflicts, long carry, String failure) {
        return new SyncStatus(state, capturing, pending, BigDecimal.ONE, conflicts, carry, 0, null, 0, 0L, TEN, TEN, TEN, TEN, failure);
    }

    private static RolloutStatus rollout(int percent, RolloutGate gate) {
        return new RolloutStatus(percent, List.of(25, 50, 100), List.of(gate), gate.ok(), 400, 4L * percent, 0, TEN);
    }

    /** As it is in a database that no migration ever touched. */
    private static Facts before() {
        Facts facts = new Facts();
        facts.backup = Fact.absent();
        facts.run = Fact.absent();
        facts.quarantine = Fact.absent();
        facts.verified = Fact.absent();
        facts.sync = Fact.absent();
        facts.rollout = Fact.absent();
        facts.archived = Fact.absent();
        facts.nameTaken = Fact.of(false);
        facts.endpoints = Fact.absent();
        return facts;
    }

    @Test
    void all_done_is_said_so_and_can_be_undone() {
        PhaseOverview all = new Facts().judged();
        assertThat(all).matches(PhaseOverview::complete).matches(one -> one.next() == null && one.blockers().isEmpty() && one.phase() == 5);
        assertThat(all.phases()).extracting(PhaseOverview.Phase::state).containsOnly(State.DONE);
        assertThat(all.wayBack()).contains("migrate rollback --confirm ROLLBACK");
    }

    @Test
    void before_the_plan_the_plan_is_next_and_all_else_is_open() {
        PhaseOverview first = before().judged();
        assertThat(first).matches(one -> one.phase() == 1 && one.next().equals("quantum-btc migrate") && !one.complete() && one.wayBack() == null);
        assertThat(first.phases().stream().flatMap(phase -> phase.steps().stream()).map(PhaseStep::state)).filteredOn(State.NEXT::equals).hasSize(1);
        assertThat(first.phases().subList(1, 5)).extracting(PhaseOverview.Phase::state).containsOnly(State.OPEN);
    }

    @Test
    void without_a_legacy_table_nothing_can_be_done() {
        Facts facts = before();
        facts.source = Fact.absent();
        assertThat(facts.judged()).matches(one -> one.phase() == 1 && one.blockers().get(0).contains("migration.source-table"));
        facts.source = Fact.of(new Source("atge_trade_signals", "legacy table cannot be mapped: missing columns symbol."));
        assertThat(facts.judged().blockers()).containsExactly("legacy table cannot be mapped: missing columns symbol.");
    }

    @Test
    void after_a_rollback_the_file_is_named() {
        Facts facts = before();
        facts.rollbackFile = Fact.of("archive/quantum-btc-rollback-1.zip");
        assertThat(facts.judged().wayBack()).contains("archive/quantum-btc-rollback-1.zip").contains("migrate restore FILE");
    }

    @Test
    void a_run_is_watched_resumed_or_begun_again() {
        Facts facts = new Facts();
        facts.verified = Fact.absent();
        facts.run = Fact.of(run("RUNNING", "RUN", true, null));
        assertThat(facts.judged()).matches(one -> one.phase() == 2 && one.next().equals("quantum-btc migrate status")).extracting(one -> one.blockers().get(0)).isEqualTo("The run is at work.");
        assertThat(facts.step("copy the trades").evidence()).contains("3 of 8 chunks");
        facts.run = Fact.of(run("RUNNING", "PAUSE", true, null));
        assertThat(facts.judged().next()).isEqualTo("quantum-btc migrate resume");
        facts.run = Fact.of(run("RUNNING", "RUN", false, null));
        assertThat(facts.judged()).matches(one -> one.next().equals("quantum-btc migrate run") && one.blockers().isEmpty());
        facts.run = Fact.of(run("FAILED", "RUN", false, "disk full"));
        assertThat(facts.judged()).matches(one -> one.next().equals("quantum-btc migrate run") && one.blockers().get(0).contains("disk full"));
        facts.run = Fact.of(run("CANCELLED", "CANCEL", false, null));
        assertThat(facts.judged().next()).isEqualTo("quantum-btc migrate run");
    }

    @Test
    void the_sync_must_note_and_apply() {
        Facts facts = new Facts();
        facts.endpoints = Fact.of(new LegacyEndpoints.Status(true, null, null, TEN));
        facts.sync = Fact.of(sync("OFF", false, 0, 0, 0, null));
        assertThat(facts.judged().next()).isEqualTo("quantum-btc sync on");
        facts.sync = Fact.of(sync("PAUSED", true, 5, 0, 0, null));
        assertThat(facts.judged().next()).isEqualTo("quantum-btc sync resume");
        facts.sync = Fact.of(sync("ON", false, 0, 0, 0, null));
        assertThat(facts.judged().blockers().get(0)).contains("triggers");
        facts.sync = Fact.of(sync("ON", true, 0, 0, 0, "row 7 cannot be read"));
        assertThat(facts.judged().blockers().get(0)).contains("row 7 cannot be read");
        facts.sync = Fact.of(sync("OFF", false, 0, 0, 0, null));
        facts.endpoints = Fact.of(new LegacyEndpoints.Status(false, "op", null, TEN));
        assertThat(facts.judged().complete()).as("nobody writes to ATGE any more").isTrue();
    }

    @Test
    void a_verification_holds_until_rows_are_copied_again() {
        Facts facts = new Facts();
        facts.verified = Fact.of(new Verified("CLEAN", 0, TEN.minusSeconds(1)));
        assertThat(facts.judged()).matches(one -> one.phase() == 3 && one.next().equals("quantum-btc migrate verify"));
        facts.verified = Fact.of(new Verified("DIFFERS", 7, TEN.plusSeconds(1)));
        assertThat(facts.judged().blockers().get(0)).startsWith("7 rows");
        facts.verified = Fact.of(new Verified("OPEN_QUARANTINE", 0, TEN.plusSeconds(1)));
        assertThat(facts.judged().next()).isEqualTo("quantum-btc migrate verify");
        facts.quarantine = Fact.of(new Quarantine(3, 2));
        assertThat(facts.judged()).matches(one -> one.next().equals("quantum-btc migrate quarantine list") && one.blockers().get(0).startsWith("2 rows"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 25, 49, 50, 99})
    void the_next_stage_is_named_and_gates_block_it(int percent) {
        Facts facts = new Facts();
        facts.rollout = Fact.of(rollout(percent, OPEN_GATE));
        int next = percent < 25 ? 25 : percent < 50 ? 50 : 100;
        assertThat(facts.judged()).matches(one -> one.phase() == 4 && one.next().equals("quantum-btc rollout set " + next) && one.blockers().isEmpty());
        facts.rollout = Fact.of(rollout(percent, SHUT_GATE));
        assertThat(facts.judged()).matches(one -> one.phases().get(3).state() == State.BLOCKED)
                .extracting(one -> one.blockers().get(0)).isEqualTo("Sync lag is 60 seconds, needed is at most 10 seconds.");
    }

    @Test
    void atge_is_retired_step_by_step() {
        Facts facts = new Facts();
        facts.endpoints = Fact.of(new LegacyEndpoints.Status(true, null, null, TEN));
        assertThat(facts.judged().next()).isEqualTo("quantum-btc atge disable");
        facts.nameTaken = Fact.of(false);
        assertThat(facts.judged().next()).as("the name is optional").isEqualTo("quantum-btc atge disable");
        facts.archived = Fact.of(new Archived("DIFFERS", 1L, TEN));
        assertThat(facts.judged().next()).isEqualTo("quantum-btc archive");
        facts.sync = Fact.of(sync("ON", true, 0, 0, 4, null));
        assertThat(facts.judged().next()).isEqualTo("quantum-btc sync apply");
        facts.sync = Fact.of(sync("ON", true, 0, 2, 0, null));
        assertThat(facts.judged()).matches(one -> one.next().equals("quantum-btc sync conflicts") && one.phase() == 3);
    }

    @Test
    void what_cannot_be_read_is_unknown_and_nothing_after_it_is_next() {
        List<UnaryOperator<Facts>> breaks = List.of(
                facts -> { facts.source = Fact.unknown("away"); return facts; }, facts -> { facts.run = Fact.unknown("away"); return facts; },
                facts -> { facts.quarantine = Fact.unknown("away"); return facts; }, facts -> { facts.verified = Fact.unknown("away"); return facts; },
                facts -> { facts.sync = Fact.unknown("away"); return facts; }, facts -> { facts.rollout = Fact.unknown("away"); return facts; },
                facts -> { facts.archived = Fact.unknown("away"); return facts; }, facts -> { facts.endpoints = Fact.unknown("away"); return facts; });
        for (UnaryOperator<Facts> broken : breaks) {
            PhaseOverview overview = broken.apply(new Facts()).judged();
            assertThat(overview).matches(one -> !one.complete() && one.next() == null && one.says().contains("unknown"), overview.toString());
            assertThat(overview.blockers()).containsExactly("It cannot be read: away");
        }
        Facts backups = new Facts();
        backups.backup = Fact.unknown("permission denied");
        assertThat(backups.judged().complete()).as("a backup is optional").isTrue();
    }

    /** Any mixture of facts, however odd, is judged: at most one step is next or blocked, and it is the first that is not done. */
    @Test
    void no_mixture_of_facts_has_two_next_steps() {
        List<Fact<Run>> runs = List.of(Fact.absent(), Fact.unknown("x"), Fact.of(run("RUNNING", "RUN", true, null)), Fact.of(run("FAILED", "RUN", false, "f")), Fact.of(run("COMPLETED", "RUN", false, null)));
        List<Fact<SyncStatus>> syncs = List.of(Fact.absent(), Fact.unknown("x"), Fact.of(sync("ON", true, 1, 1, 1, null)), Fact.of(sync("OFF", false, 0, 0, 0, null)), Fact.of(sync("ON", true, 0, 0, 0, null)));
        List<Fact<Verified>> verifications = List.of(Fact.absent(), Fact.unknown("x"), Fact.of(new Verified("DIFFERS", 0, TEN.plusSeconds(1))), Fact.of(new Verified("CLEAN", 0, TEN.plusSeconds(1))));
        List<Fact<RolloutStatus>> rollouts = List.of(Fact.absent(), Fact.unknown("x"), Fact.of(rollout(30, SHUT_GATE)), Fact.of(rollout(100, SHUT_GATE)));
        List<Fact<Archived>> archives = List.of(Fact.absent(), Fact.unknown("x"), Fact.of(new Archived("DIFFERS", 1L, TEN)), Fact.of(new Archived("EQUAL", 1L, TEN)));
        List<Fact<LegacyEndpoints.Status>> doors = List.of(Fact.absent(), Fact.unknown("x"), Fact.of(new LegacyEndpoints.Status(true, null, null, TEN)), Fact.of(new LegacyEndpoints.Status(false, "op", null, TEN)));
        int judged = 0;
        for (Fact<Run> run : runs) {
            for (Fact<SyncStatus> sync : syncs) {
                for (Fact<Verified> verified : verifications) {
                    for (Fact<RolloutStatus> rollout : rollouts) {
                        for (Fact<Archived> archived : archives) {
                            for (Fact<LegacyEndpoints.Status> endpoints : doors) {
                                Facts facts = new Facts();
                                facts.run = run;
                                facts.quarantine = run.isUnknown() ? Fact.unknown("x") : run.isAbsent() ? Fact.absent() : facts.quarantine;
                                facts.sync = sync;
                                facts.verified = verified;
                                facts.rollout = rollout;
                                facts.archived = archived;
                                facts.endpoints = endpoints;
                                PhaseOverview overview = facts.judged();
                                List<PhaseStep> steps = new ArrayList<>();
                                overview.phases().forEach(phase -> steps.addAll(phase.steps()));
                                List<PhaseStep> turn = steps.stream().filter(step -> step.state() == State.NEXT || step.state() == State.BLOCKED).toList();
                                PhaseStep first = steps.stream().filter(step -> !step.optional() && step.state() != State.DONE).findFirst().orElse(null);
                                assertThat(turn.size()).isLessThanOrEqualTo(1);
                                assertThat(turn.isEmpty() || turn.get(0) == first).as("%s", overview).isTrue();
                                assertThat(overview.complete()).isEqualTo(first == null);
                                assertThat(overview.blockers()).isEqualTo(first == null ? List.of() : first.blockers());
                                judged++;
                            }
                        }
                    }
                }
            }
        }
        assertThat(judged).isEqualTo(5 * 5 * 4 * 4 * 4 * 4);
    }
}
