package quantumbtc.cli;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quantumbtc.App;
import quantumbtc.Settings;
import quantumbtc.demo.DemoTokens;
import quantumbtc.demo.LegacyData;
import quantumbtc.migration.MigrationStatus;
import quantumbtc.migration.PlanReport;
import quantumbtc.migration.VerifyReport;
import quantumbtc.migration.VerifyReport.Verdict;

/** {@code quantum-btc demo}: the whole main job on a made-up deployment, then the program stays up. */
@Command(name = "demo", mixinStandardHelpOptions = true,
        description = "Makes a legacy deployment from real prices, migrates and verifies it, and then serves.")
final class DemoCommand implements Callable<Integer> {

    /** What was made, as JSON tells it. */
    private final Map<String, Object> answer = new LinkedHashMap<>();

    @Mixin
    private Output output;

    @Option(names = "--rows", description = "Legacy rows to make; default ${DEFAULT-VALUE}.", defaultValue = "50000")
    private int rows;

    @Option(names = "--seed", description = "The same seed makes the same rows; default ${DEFAULT-VALUE}.", defaultValue = "1")
    private long seed;

    @Option(names = "--exit", description = "End after the migration instead of serving.")
    private boolean exit;

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        try (DemoMarket market = DemoMarket.of(Output.settings(), clock)) {
            return run(withSecrets(market.settings()), clock);
        }
    }

    /** Secrets that are not set are made, so that nothing is open and everything can be tried. */
    private static Settings withSecrets(Settings settings) {
        Map<String, String> made = new HashMap<>();
        for (String name : List.of("jwt.secret", "cron.secret")) {
            if (settings.find(name).isEmpty()) {
                made.put(name, DemoTokens.newSecret());
            }
        }
        return settings.with(made);
    }

    private int run(Settings settings, Clock clock) throws InterruptedException {
        UUID user;
        try (App app = App.start(settings, App.Mode.COMMAND)) {
            if (!migrate(app, clock)) {
                return QuantumBtc.FAILED;
            }
            user = app.database().jdbi().withHandle(handle -> handle.createQuery("SELECT id FROM public.users ORDER BY id LIMIT 1").mapTo(UUID.class).one());
        }
        if (output.json()) {
            output.print(answer, String::valueOf);
        }
        if (exit) {
            return QuantumBtc.DONE;
        }
        DemoTokens tokens = new DemoTokens(settings.text("jwt.secret"), clock);
        output.print(new Secrets(user, tokens.user(user), tokens.admin(user), settings.text("cron.secret")), Secrets::text);
        Serve.serve(settings, output, app -> {
            if (!output.json()) {
                System.out.print(DemoRequests.text(app.port(), tokens.user(user), settings));
            }
        });
        return QuantumBtc.DONE;
    }

    /** What a request of the demo needs. */
    private record Secrets(UUID userId, String userToken, String adminToken, String cronSecret) {

        private String text() {
            return String.format("%nTokens of demo user %s, valid for a day:%n  USER_TOKEN=%s%n  ADMIN_TOKEN=%s%n  CRON_SECRET=%s%n%n",
                    userId, userToken, adminToken, cronSecret) + "\n";
        }
    }

    private boolean migrate(App app, Clock clock) {
        say("1/4 Legacy deployment");
        boolean there = app.database().jdbi().withHandle(handle -> handle.createQuery("SELECT to_regclass('public.users') IS NOT NULL")
                .mapTo(Boolean.class).one());
        show("legacy", there ? null : new LegacyData(app.database(), clock).write(rows, Math.max(1, rows / 100), seed), DemoCommand::text);
        say("2/4 Plan (dry run)");
        PlanReport plan = app.ask("migration-plan", null, PlanReport.class);
        show("plan", plan, PlanText::of);
        if (!plan.blockers().isEmpty()) {
            return false;
        }
        say("3/4 Migrate");
        show("migration", MigrateRun.run(app, clock), StatusText::of);
        say("4/4 Verify");
        VerifyReport report = app.ask("migration-verify", null, VerifyReport.class);
        show("verification", report, VerifyText::of);
        return report.verdict() != Verdict.DIFFERS;
    }

    /** @param written null when the deployment was there before */
    private static String text(LegacyData.Written written) {
        return written == null ? "It is there from before.\n" : String.format(Locale.ROOT,
                "%,d users and %,d signals made from real prices, %,d of them Bitcoin; %,d with a fault that must be quarantined%n",
                written.users(), written.rows(), written.bitcoin(), written.plantedInAll());
    }

    private <T> void show(String name, T part, Function<T, String> text) {
        answer.put(name, part);
        if (!output.json()) {
            System.out.print(text.apply(part));
        }
    }

    private void say(String heading) {
        if (!output.json()) {
            System.out.printf("%n=== %s ===%n", heading);
        }
    }
}
