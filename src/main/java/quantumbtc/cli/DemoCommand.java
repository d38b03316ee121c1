package quantumbtc.cli;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
        if (exit) {
            return QuantumBtc.DONE;
        }
        DemoTokens tokens = new DemoTokens(settings.text("jwt.secret"), clock);
        System.out.printf("%nTokens of demo user %s, valid for a day:%n  USER_TOKEN=%s%n  ADMIN_TOKEN=%s%n  CRON_SECRET=%s%n%n",
                user, tokens.user(user), tokens.admin(user), settings.text("cron.secret"));
        Serve.serve(settings, System.out, app -> System.out.print(DemoRequests.text(app.port(), tokens.user(user), settings)));
        return QuantumBtc.DONE;
    }

    private boolean migrate(App app, Clock clock) {
        say("1/4 Legacy deployment");
        if (app.database().jdbi().withHandle(handle -> handle.createQuery("SELECT to_regclass('public.users') IS NULL").mapTo(Boolean.class).one())) {
            LegacyData.Written written = new LegacyData(app.database(), clock).write(rows, Math.max(1, rows / 100), seed);
            System.out.printf(Locale.ROOT, "%,d users and %,d signals made from real prices, %,d of them Bitcoin; %,d with a fault that must be quarantined%n",
                    written.users(), written.rows(), written.bitcoin(), written.plantedInAll());
        } else {
            System.out.println("It is there from before.");
        }
        say("2/4 Plan (dry run)");
        PlanReport plan = app.ask("migration-plan", null, PlanReport.class);
        System.out.print(PlanText.of(plan));
        if (!plan.blockers().isEmpty()) {
            return false;
        }
        say("3/4 Migrate");
        System.out.print(StatusText.of(MigrateRun.run(app, clock)));
        say("4/4 Verify");
        VerifyReport report = app.ask("migration-verify", null, VerifyReport.class);
        System.out.print(VerifyText.of(report));
        return report.verdict() != Verdict.DIFFERS;
    }

    private static void say(String heading) {
        System.out.printf("%n=== %s ===%n", heading);
    }
}
