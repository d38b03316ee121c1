package quantumbtc.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static quantumbtc.browser.Browsing.button;
import static quantumbtc.browser.Browsing.show;
import static quantumbtc.browser.Browsing.table;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each view of the page in a real browser, on a deployment at work. */
class ViewsTest {

    private static Deployment deployment;
    private static Browsing browsing;
    private static String generated;

    @BeforeAll
    static void start() {
        deployment = Deployment.atWork(3_000);
        deployment.database().execute("INSERT INTO api_latency_reliability_logs (api_name, endpoint, http_method, response_time_ms, status_code, success, "
                + "error_message, error_type, retry_count, called_at) VALUES ('LunarCrush', '/public/coins/btc/v1', 'GET', 1501, 502, false, 'Bad Gateway', 'HTTP', 1, now())");
        generated = deployment.database().value("SELECT trade_id::text FROM quantum_ops.generated_trades ORDER BY generated_at LIMIT 1", String.class);
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
        browsing.signIn(page, "Bearer " + deployment.token());
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Performance of your trades"))).isVisible();
        assertThat(page.getByRole(AriaRole.NAVIGATION).getByText("Migration")).hasCount(0);
        page.reload();
        assertThat(page.locator("#who")).containsText("User");
        button(page, "Sign out").click();
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
        Map<String, String> views = Map.of("performance", "performance", "trades", "trades", "trade", "trade/" + generated, "market", "market",
                "calls", "calls?source=LunarCrush&days=7", "migration", "migration", "rollout", "rollout", "phases", "phases", "alerts", "alerts");
        for (ColorScheme colours : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            for (int width : new int[] {360, 1600}) {
                Page page = browsing.page(width, 900, colours);
                String suffix = "-" + colours.name().toLowerCase(Locale.ROOT) + "-" + width;
                page.navigate("/");
                page.getByLabel("Access token (JWT)").waitFor();
                Browsing.isWell(page, "sign-in" + suffix);
                browsing.signIn(page, deployment.admin());
                views.forEach((name, view) -> {
                    show(page, view);
                    Browsing.fits(page, name + suffix);
                    if ((colours == ColorScheme.DARK) == (width == 360)) {
                        Browsing.isAccessible(page, name + suffix);
                    }
                });
                page.context().close();
            }
        }
    }

    @Test
    void numbers_of_the_performance_lead_to_the_rows_behind_them() {
        Page page = browsing.signedIn(deployment.admin());
        show(page, "performance");
        Browsing.picture(page, "performance");
        long over = deployment.database().count("btc_trades WHERE status <> 'ACTIVE'");
        assertThat(page.locator("#figures .stat").first()).containsText(String.format(Locale.ROOT, "n = %,d", over));
        page.locator("#figures .stat a").first().click();
        page.locator("#trades table").waitFor();
        assertThat(page.locator("#trades tbody .badge").allTextContents()).isNotEmpty().doesNotContain("ACTIVE");
        assertThat(page.getByLabel("Status")).hasValue("HIT,NOT_HIT,EXPIRED,INVALIDATED");
        show(page, "performance");
        Locator row = table(page, "Trades by status").getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("NOT HIT"));
        String shown = row.getByRole(AriaRole.LINK).textContent().replace(",", "");
        assertThat(Long.parseLong(shown)).isEqualTo(deployment.database().count("btc_trades WHERE status = 'NOT_HIT'"));
        row.getByRole(AriaRole.LINK).click();
        page.waitForURL(Pattern.compile(".*status=NOT_HIT"));
        page.locator("#trades table").waitFor();
        assertThat(page.locator("#trades tbody .badge:not(:text('REPLAYED'))").allTextContents()).isNotEmpty().containsOnly("NOT HIT");
        button(page, "Show more").click();
        assertThat(page.locator("#trades tbody tr")).hasCount(100);
    }

    @Test
    void trades_are_filtered_by_the_form() {
        Page page = browsing.signedIn(deployment.token());
        show(page, "trades");
        page.getByLabel("Status").selectOption("HIT");
        page.getByLabel("Timeframe").selectOption("4h");
        button(page, "Show").click();
        page.waitForURL(Pattern.compile(".*status=HIT&timeframe=4h"));
        page.locator("#trades table").waitFor();
        long expected = deployment.database().count("btc_trades WHERE status = 'HIT' AND timeframe = '4h' AND user_id = '" + deployment.user() + "'");
        assertThat(page.locator("#trades tbody tr")).hasCount((int) Math.min(50, expected));
    }

    @Test
    void a_signal_is_made_on_demand_and_a_second_one_within_the_minute_is_refused_in_words() {
        Page page = browsing.signedIn(deployment.token());
        deployment.trade().clock().advance(java.time.Duration.ofMinutes(2));
        show(page, "trades");
        button(page, "New signal").click();
        page.waitForURL(Pattern.compile(".*#/trade/[0-9a-f-]{36}"));
        assertThat(page.locator("h1")).containsText("ACTIVE");
        assertThat(page.locator("h1")).containsText("REPLAYED");
        show(page, "trades");
        button(page, "New signal").click();
        assertThat(page.locator("#said")).containsText(Pattern.compile("Try again in \\d+ s\\."));
        assertThat(browsing.faults()).as("the refusal is an answer of 429, which the browser notes").hasSize(1).first().asString().contains("429");
    }

    @Test
    void a_generated_trade_shows_its_candles_levels_proofs_and_hours() {
        Page page = browsing.signedIn(deployment.token());
        show(page, "trade/" + generated);
        page.locator("#candles canvas").waitFor();
        Browsing.picture(page, "trade");
        assertThat(page.locator("#candles .chart")).hasAttribute("aria-label", Pattern.compile("Candles of \\d+ minutes.*stop and the hours judged are marked"));
        assertThat(page.getByText("Replayed data.").first()).isVisible();
        assertThat(table(page, "Prices by source").locator("tbody tr").first()).containsText("(replayed)");
        assertThat(table(page, "Levels, highest price first").locator("tbody tr")).hasCount(5);
        long hours = deployment.database().count("btc_hourly_snapshots WHERE trade_id = '" + generated + "'");
        assertThat(hours).isPositive();
        assertThat(table(page, "How it was seen hour by hour, newest first").locator("tbody tr")).hasCount((int) hours);
        Object painted = page.evaluate("() => { const c = document.querySelector('#candles canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; "
                + "const seen = new Set(); for (let i = 0; i < d.length; i += 4) { if (d[i + 3] > 200) seen.add(d[i] + ',' + d[i + 1] + ',' + d[i + 2]); } return seen.size; }");
        assertThat((Integer) painted).as("colours of candles, levels and axes").isGreaterThan(5);
        page.setViewportSize(360, 720);
        page.locator("#candles canvas").waitFor();
        page.evaluate("scrollTo(0, 60)");
        Browsing.picture(page, "phone");
    }

    @Test
    void data_quality_shows_each_hour_that_was_scored_and_leads_an_admin_to_the_calls() {
        Page page = browsing.signedIn(deployment.admin());
        show(page, "market");
        Browsing.picture(page, "data");
        long scored = deployment.database().count("quantum_ops.market_hours WHERE data_quality_score IS NOT NULL");
        assertThat(page.getByText(Pattern.compile("^" + scored + " hours scored"))).isVisible();
        Locator sources = table(page, "Calls by source").locator("tbody tr");
        assertThat(sources).hasCount(5);
        sources.filter(new Locator.FilterOptions().setHasText("LunarCrush")).getByRole(AriaRole.LINK).nth(1).click();
        Locator failed = table(page, "Calls, newest first").locator("tbody tr");
        assertThat(failed).hasCount((int) deployment.database().count("api_latency_reliability_logs WHERE api_name = 'LunarCrush' AND NOT success"));
        assertThat(failed.first()).containsText("Bad Gateway");
    }

    @Test
    void a_maintenance_is_planned_announced_to_everybody_and_cancelled() {
        Page page = browsing.signedIn(deployment.admin());
        show(page, "alerts");
        assertThat(page.locator("#health .stat").first()).containsText("Open alerts");
        LocalDateTime now = LocalDateTime.ofInstant(deployment.trade().clock().instant(), java.time.ZoneOffset.UTC).withSecond(0).withNano(0);
        page.getByLabel("From (your time)").fill(now.plusMinutes(30).toString());
        page.getByLabel("To (your time)").fill(now.plusMinutes(90).toString());
        page.getByLabel("What is done").fill("Database upgrade");
        button(page, "Plan").click();
        assertThat(table(page, "Planned maintenance, the next first")).containsText("Database upgrade");
        Page other = browsing.page(360, 800, ColorScheme.LIGHT);
        other.navigate("/");
        assertThat(other.locator("#banners")).containsText("Maintenance is planned: Database upgrade");
        button(page, "Cancel").click();
        assertThat(table(page, "Planned maintenance, the next first")).containsText("CANCELLED");
        button(page, "Plan").click();
        assertThat(page.locator("#said")).hasClass("toast bad");
        assertThat(browsing.faults()).as("a maintenance of which nobody says what it is, is refused").hasSize(1).first().asString().contains("40");
    }

    @Test
    void what_has_the_focus_keeps_it_while_the_view_goes_on() {
        Page page = browsing.signedIn(deployment.admin());
        show(page, "migration");
        button(page, "Run again").focus();
        Locator details = page.locator("#log details").first();
        details.locator("summary").click();
        button(page, "Run again").focus();
        page.waitForResponse(answer -> answer.url().endsWith("/api/quantum/migrations"), () -> { });
        page.waitForResponse(answer -> answer.url().endsWith("/api/quantum/migrations"), () -> { });
        assertThat(button(page, "Run again")).isFocused();
        assertThat(details).hasAttribute("open", "");
    }

    @Test
    void a_view_of_admins_is_kept_from_users() {
        Page page = browsing.signedIn(deployment.token());
        for (String view : List.of("migration", "alerts", "calls")) {
            show(page, view);
            assertThat(page.getByText("This needs the role admin.")).isVisible();
        }
        show(page, "nowhere");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Not found"))).isVisible();
    }

    @Test
    void the_theme_is_changed_by_hand_and_stays() {
        Page page = browsing.signedIn(deployment.token());
        button(page, "Use light colours").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
    }
}
