package quantumbtc.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;
import quantumbtc.testing.TradeApp;

/** What the page shows when there is nothing, when something fails, and when a token has run out. */
class StatesTest {

    private static TradeApp empty;
    private static Browsing browsing;
    private static UUID user;

    @BeforeAll
    static void start() {
        empty = new TradeApp(Map.of());
        user = empty.user();
        browsing = new Browsing(empty.app().uri("/"));
    }

    @AfterAll
    static void stop() {
        browsing.close();
        empty.close();
    }

    private static void show(Page page, String view) {
        page.evaluate("view => { location.hash = '#/' + view; }", view);
        page.waitForFunction("() => document.querySelector('h1') && !document.querySelector('main .loading')");
    }

    @Test
    void nothing_there_is_said_and_is_no_zero() {
        Page page = browsing.signedIn(TestTokens.admin(user));
        show(page, "performance");
        assertThat(page.locator("#figures")).containsText("No validation has run yet.");
        assertThat(page.locator("#figures .stat").first()).containsText("—");
        assertThat(page.locator("#figures .stat").first()).containsText("No trade is over yet");
        assertThat(page.locator("#curve")).containsText("no hour of the market is known yet");
        Browsing.screenshot(page, "empty-performance");
        show(page, "trades");
        assertThat(page.locator("#trades")).containsText("No trade yet.");
        show(page, "market");
        assertThat(page.getByText("No hour has been scored yet")).isVisible();
        assertThat(page.getByText("No source was asked in this time.")).isVisible();
        show(page, "migration");
        assertThat(page.getByText("Nothing was migrated yet.")).isVisible();
        show(page, "rollout");
        assertThat(page.locator("#history")).containsText("It was never changed.");
        Browsing.isAccessible(page, "rollout with nothing measured");
        show(page, "phases");
        assertThat(page.locator("h1")).containsText("Phases");
        assertThat(browsing.faults()).isEmpty();
    }

    @Test
    void a_failure_is_told_and_can_be_tried_again() {
        try (TestDatabase database = TestDatabase.withSchema(); TestApp app = TestApp.on(database); Browsing own = new Browsing(app.uri("/"))) {
            database.execute("ALTER TABLE btc_trades RENAME TO btc_trades_away");
            Page page = own.signedIn(TestTokens.user(UUID.randomUUID()));
            show(page, "trades");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("The Quantum tables are not there");
            Browsing.isAccessible(page, "a failure");
            Browsing.screenshot(page, "failure");
            database.execute("ALTER TABLE btc_trades_away RENAME TO btc_trades");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again")).click();
            assertThat(page.locator("#trades")).containsText("No trade yet.");
            assertThat(own.faults()).as("the browser notes the answer of 503").hasSize(1);
        }
    }

    @Test
    void a_server_that_is_gone_is_told() {
        TestDatabase database = TestDatabase.withSchema();
        TestApp app = TestApp.on(database);
        try (Browsing own = new Browsing(app.uri("/"))) {
            Page page = own.signedIn(TestTokens.user(UUID.randomUUID()));
            show(page, "market");
            app.close();
            page.evaluate("location.hash = '#/trades'");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("The server cannot be reached.");
        } finally {
            database.close();
        }
    }

    @Test
    void a_wrong_token_is_refused_in_words_and_one_that_runs_out_signs_out() {
        Page page = browsing.page(1280, 900, ColorScheme.DARK);
        page.navigate("/");
        page.getByLabel("Access token (JWT)").fill("nonsense");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true)).click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This token is not accepted");
        browsing.signIn(page, TestTokens.user(user));
        empty.clock().advance(Duration.ofHours(2));
        try {
            page.evaluate("location.hash = '#/trades'");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("You were signed out");
            assertThat(page.getByLabel("Access token (JWT)")).isVisible();
        } finally {
            empty.clock().advance(Duration.ofHours(-2));
        }
        assertThat(browsing.faults()).isNotEmpty().allMatch(fault -> fault.contains("401"));
    }

    @Test
    void a_cookie_signs_in_without_a_token() {
        Page page = browsing.page(1280, 900, ColorScheme.DARK);
        page.context().addCookies(java.util.List.of(new com.microsoft.playwright.options.Cookie("auth_token", TestTokens.user(user))
                .setUrl(empty.app().uri("/").toString()).setHttpOnly(true)));
        page.navigate("/");
        assertThat(page.locator("#who")).containsText("User");
        assertThat(browsing.faults()).isEmpty();
    }

    @Test
    void a_suspension_and_a_maintenance_are_shown_to_everybody() {
        empty.database().execute("INSERT INTO quantum_anomaly_logs (anomaly_type, severity, description, impact, system_suspended, suspension_duration_minutes, detected_at) "
                + "VALUES ('MEMPOOL_ZERO', 'FATAL', 'The mempool is empty', 'No signal is made', true, 60, now())");
        try {
            Page page = browsing.page(1280, 900, ColorScheme.LIGHT);
            page.navigate("/");
            assertThat(page.locator("#banners")).containsText("Generation is suspended.");
            Browsing.isAccessible(page, "suspended");
            Browsing.screenshot(page, "suspended");
        } finally {
            empty.database().execute("DELETE FROM quantum_anomaly_logs");
        }
        assertThat(browsing.faults()).isEmpty();
    }
}
