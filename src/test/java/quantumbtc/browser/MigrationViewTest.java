package quantumbtc.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static quantumbtc.browser.Browsing.button;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A migration that somebody watches: begun by a click, live to its end, quarantine repaired, proved, and rolled out against a gate. */
class MigrationViewTest {

    private static final LocatorAssertions.ContainsTextOptions SOON = new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    @Test
    void a_migration_is_begun_watched_to_its_end_repaired_proved_and_rolled_out() {
        try (Deployment deployment = Deployment.unmigrated(6_000, Map.of("migration.rows-per-second", "700", "migration.chunk-rows", "300"));
             Browsing browsing = new Browsing(deployment.site())) {
            Page page = browsing.signedIn(deployment.admin());
            page.evaluate("location.hash = '#/migration'");
            assertThat(page.getByText("Nothing was migrated yet.")).isVisible();
            Browsing.isWell(page, "migration-before");
            button(page, "Start the migration").click();
            watchedToItsEnd(page);
            repaired(page, deployment);
            button(page, "Verify now").click();
            assertThat(page.locator("#proof .badge").first()).containsText("OPEN QUARANTINE", SOON);
            assertThat(page.locator("#proof")).containsText("0 missing, 0 extra, 0 different");
            Browsing.isAccessible(page, "migration with a proof");
            Browsing.screenshot(page, "migration-verified");
            assertThat(browsing.faults()).isEmpty();
            rolledOut(page, browsing, deployment);
        }
    }

    private static void watchedToItsEnd(Page page) {
        Locator progress = page.locator("#run progress");
        progress.waitFor();
        List<Double> seen = new ArrayList<>();
        boolean shot = false;
        boolean timeLeft = false;
        while (!page.locator("#run .badge").first().textContent().equals("COMPLETED")) {
            double now = Double.parseDouble(progress.getAttribute("value"));
            if (seen.isEmpty() || seen.get(seen.size() - 1) != now) {
                seen.add(now);
            }
            timeLeft |= page.locator("#run .stat").filter(new Locator.FilterOptions().setHasText("Time left")).locator(".value").allTextContents().stream().anyMatch(left -> left.matches("\\d+ s|\\d+ min.*"));
            if (!shot && now > 20 && timeLeft) {
                Browsing.screenshot(page, "migration-live");
                Browsing.picture(page, "migration");
                shot = true;
            }
            page.waitForTimeout(200);
        }
        assertThat(seen).as("rows copied, in percent, as they were shown").hasSizeGreaterThan(3).isSorted();
        assertThat(timeLeft).as("a time left was shown").isTrue();
        assertThat(page.locator("#run")).containsText("100.0 %", SOON);
    }

    /** A row is put right in the legacy table; its retry takes it out of quarantine, here before the sync does. */
    private static void repaired(Page page, Deployment deployment) {
        Locator rows = Browsing.table(page, "Rows in quarantine").locator("tbody tr");
        long open = deployment.database().count("quantum_ops.migration_quarantine");
        assertThat(rows).hasCount((int) open);
        Locator row = rows.filter(new Locator.FilterOptions().setHasText("confidence_score 101"));
        String id = row.locator("code").first().textContent();
        button(page, "Pause").click();
        assertThat(page.locator("#sync .badge")).containsText("PAUSED");
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Retry")).click();
        assertThat(page.locator("#said")).containsText("1 row was tried: 0 migrated, 1 still in quarantine.");
        deployment.database().execute("UPDATE atge_trade_signals SET confidence_score = 88 WHERE id = '" + id + "'");
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Retry")).click();
        assertThat(page.locator("#said")).containsText("1 row was tried: 1 migrated, 0 still in quarantine.");
        assertThat(rows).hasCount((int) open - 1);
        button(page, "Resume").click();
        assertThat(page.locator("#sync .badge")).containsText("ON");
        assertThat(deployment.database().count("btc_trades WHERE id = '" + id + "' AND confidence_score = 88")).isOne();
    }

    /** No validation has run, so the quality is not measured, and the rollout is refused until somebody gives a reason. */
    private static void rolledOut(Page page, Browsing browsing, Deployment deployment) {
        page.evaluate("location.hash = '#/rollout'");
        page.locator("#now table").waitFor();
        assertThat(page.locator("#now").getByText("BLOCKED").first()).isVisible();
        button(page, "25 %").click();
        button(page, "Set").click();
        assertThat(page.locator("#change .problem")).containsText(Pattern.compile("the rollout was not raised to 25 %.*Nothing was changed"));
        assertThat(page.locator("#history")).containsText("REFUSED");
        Browsing.screenshot(page, "rollout-refused");
        page.locator("#change").scrollIntoViewIfNeeded();
        Browsing.picture(page, "rollout");
        assertThat(browsing.faults()).as("the refusal is an answer of 409, which the browser notes").hasSize(1).first().asString().contains("409");
        page.getByLabel("Reason").fill("tried on purpose");
        button(page, "Set").click();
        assertThat(page.locator("#said")).containsText("Quantum serves 25 % of the users.");
        assertThat(page.locator("#history")).containsText("tried on purpose");
        assertThat(deployment.database().value("SELECT percent FROM quantum_ops.rollout", Integer.class)).isEqualTo(25);
        page.getByLabel("User id").fill(deployment.user().toString());
        page.getByLabel("served by").selectOption("quantum");
        button(page, "Save").click();
        assertThat(page.locator("#said")).containsText("is served by QUANTUM.");
        Browsing.isAccessible(page, "rollout after changes");
        assertThat(browsing.faults()).isEmpty();
    }
}
