package quantumbtc.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each view of the page in a real browser, on a deployment at work. */
class ViewsTest {

    private static final List<String> VIEWS = List.of("performance", "trades", "market", "migration", "rollout", "phases");

    private static Deployment deployment;
    private static Browsing browsing;

    @BeforeAll
    static void start() {
        deployment = Deployment.atWork(3_000);
        browsing = new Browsing(deployment.site());
    }

    @AfterAll
    static void stop() {
        browsing.close();
        deployment.close();
    }

    @AfterEach
    void nothing_went_wrong_unseen() {
        assertThat(browsing.faults()).isEmpty();
    }

    @Test
    void a_user_signs_in_and_out() {
        Page page = browsing.page(1280, 900, ColorScheme.DARK);
        page.navigate("/");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Sign in"))).isVisible();
        Browsing.isAccessible(page, "sign in");
        Browsing.screenshot(page, "sign-in");
        browsing.signIn(page, "Bearer " + deployment.token());
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Performance of your trades"))).isVisible();
        assertThat(page.getByRole(AriaRole.NAVIGATION).getByText("Migration")).hasCount(0);
        page.reload();
        assertThat(page.locator("#who")).containsText("User");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
        assertThat(page.getByLabel("Access token (JWT)")).isVisible();
        page.reload();
        assertThat(page.getByLabel("Access token (JWT)")).isVisible();
    }

    @Test
    void the_keyboard_alone_signs_in_and_walks_to_a_trade() {
        Page page = browsing.page(1280, 900, ColorScheme.DARK);
        page.navigate("/");
        page.getByLabel("Access token (JWT)").focus();
        page.keyboard().insertText(deployment.token());
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        Locator trades = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Trades").setExact(true));
        trades.waitFor();
        trades.focus();
        page.keyboard().press("Enter");
        page.locator("#trades table a").first().waitFor();
        page.locator("#trades table a").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText("BTC");
    }

    @Test
    void every_view_is_accessible_dark_and_light_small_and_large() {
        for (ColorScheme colours : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            for (int width : new int[] {360, 1600}) {
                Page page = browsing.page(width, 900, colours);
                browsing.signIn(page, deployment.admin());
                for (String view : VIEWS) {
                    show(page, view);
                    String name = view + "-" + colours.name().toLowerCase(java.util.Locale.ROOT) + "-" + width;
                    Browsing.screenshot(page, name);
                    Browsing.isAccessible(page, name);
                    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth")).as("nothing is wider than the page: " + name)
                            .isLessThanOrEqualTo(width);
                }
                page.context().close();
            }
        }
    }

    private static void show(Page page, String view) {
        page.evaluate("view => { location.hash = '#/' + view; }", view);
        page.locator("h1").first().waitFor();
        page.waitForFunction("() => !document.querySelector('main .loading') && !document.querySelector('main .chart:empty')");
    }

    @Test
    void numbers_of_the_performance_lead_to_the_rows_behind_them() {
        Page page = browsing.signedIn(deployment.admin());
        show(page, "performance");
        Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("NOT HIT"));
        String shown = row.getByRole(AriaRole.LINK).textContent().replace(",", "");
        assertThat(Long.parseLong(shown)).isEqualTo(deployment.database().count("btc_trades WHERE status = 'NOT_HIT'"));
        row.getByRole(AriaRole.LINK).click();
        page.locator("#trades table").waitFor();
        assertThat(page.locator("#trades tbody .badge").allTextContents()).isNotEmpty().containsOnly("NOT HIT");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show more")).click();
        assertThat(page.locator("#trades tbody tr")).hasCount(100);
    }

    @Test
    void trades_are_filtered_by_the_form() {
        Page page = browsing.signedIn(deployment.token());
        show(page, "trades");
        page.getByLabel("Status").selectOption("HIT");
        page.getByLabel("Timeframe").selectOption("4h");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show").setExact(true)).click();
        page.waitForURL(Pattern.compile(".*status=HIT&timeframe=4h"));
        page.locator("#trades table").waitFor();
        long expected = deployment.database().count("btc_trades WHERE status = 'HIT' AND timeframe = '4h' AND user_id = '" + deployment.user() + "'");
        assertThat(page.locator("#trades tbody tr")).hasCount((int) Math.min(50, expected));
    }

    @Test
    void a_generated_trade_shows_its_candles_levels_proofs_and_hours() {
        String id = deployment.database().value("SELECT trade_id::text FROM quantum_ops.generated_trades ORDER BY trade_id LIMIT 1", String.class);
        Page page = browsing.signedIn(deployment.token());
        show(page, "trade/" + id);
        page.locator("#candles canvas").waitFor();
        assertThat(page.locator("#candles .chart")).hasAttribute("aria-label", Pattern.compile("Candles of \\d+ minutes.*stop are marked"));
        assertThat(page.getByText("Replayed data.").first()).isVisible();
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Prices by source")).locator("tbody tr").first()).containsText("(replayed)");
        long hours = deployment.database().count("btc_hourly_snapshots WHERE trade_id = '" + id + "'");
        assertThat(hours).isPositive();
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("How it was seen hour by hour, newest first")).locator("tbody tr"))
                .hasCount((int) hours);
        Browsing.isAccessible(page, "trade");
        Browsing.screenshot(page, "trade");
        Object painted = page.evaluate("() => { const c = document.querySelector('#candles canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; "
                + "const seen = new Set(); for (let i = 0; i < d.length; i += 4) { if (d[i + 3] > 200) seen.add(d[i] + ',' + d[i + 1] + ',' + d[i + 2]); } return seen.size; }");
        assertThat((Integer) painted).as("colours of candles, levels and axes").isGreaterThan(5);
    }

    @Test
    void data_quality_shows_each_hour_that_was_scored() {
        Page page = browsing.signedIn(deployment.token());
        show(page, "market");
        long scored = deployment.database().count("quantum_ops.market_hours WHERE data_quality_score IS NOT NULL");
        assertThat(page.getByText(Pattern.compile("^" + scored + " hours scored"))).isVisible();
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Calls by source")).locator("tbody tr")).hasCount(5);
    }

    @Test
    void a_view_of_admins_is_kept_from_users() {
        Page page = browsing.signedIn(deployment.token());
        show(page, "migration");
        assertThat(page.getByText("This needs the role admin.")).isVisible();
        show(page, "nowhere");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Not found"))).isVisible();
    }

    @Test
    void the_theme_is_changed_by_hand_and_stays() {
        Page page = browsing.signedIn(deployment.token());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Use light colours")).click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
    }
}
