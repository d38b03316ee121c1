package quantumbtc.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static quantumbtc.browser.Browsing.button;
import static quantumbtc.browser.Browsing.show;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private static final Map<ColorScheme, Integer> LOOKS = Map.of(ColorScheme.DARK, 360, ColorScheme.LIGHT, 1600);
    /** What each view says when there is nothing; that of the phases tells what is first. */
    private static final Map<String, String> EMPTY = Map.of("performance", "No validation has run yet.", "trades", "No trade yet.",
            "market", "No hour has been scored yet", "calls", "No call in this time.", "migration", "Nothing was migrated yet.",
            "rollout", "It was never changed.", "phases", "1. Prepare", "alerts", "None is planned");

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

    @Test
    void nothing_there_is_said_and_is_no_zero_dark_and_light_small_and_large() {
        LOOKS.forEach((colours, width) -> {
            Page page = browsing.page(width, 900, colours);
            browsing.signIn(page, TestTokens.admin(user));
            EMPTY.forEach((view, says) -> {
                show(page, view);
                assertThat(page.locator("main")).containsText(says);
                Browsing.isWell(page, "empty-" + view + "-" + width);
            });
            show(page, "performance");
            assertThat(page.locator("#figures .stat").first()).containsText("—");
            assertThat(page.locator("#figures .stat").first()).containsText("No trade is over yet");
            assertThat(page.locator("#curve")).containsText("no hour of the market is known yet");
            page.context().close();
        });
        assertThat(browsing.faults()).isEmpty();
    }

    @Test
    void what_is_on_its_way_is_said_to_be_loading() {
        Page page = browsing.page(1280, 900, ColorScheme.DARK);
        List<Route> held = new ArrayList<>();
        page.route("**/api/quantum/trades?*", held::add);
        browsing.signIn(page, TestTokens.user(user));
        page.evaluate("location.hash = '#/trades'");
        assertThat(page.locator("#trades .loading")).hasText("Loading…");
        Browsing.isWell(page, "loading");
        held.forEach(Route::resume);
        assertThat(page.locator("#trades")).containsText("No trade yet.");
        assertThat(browsing.faults()).isEmpty();
    }

    @Test
    void a_failure_is_told_and_can_be_tried_again() {
        try (TestDatabase database = TestDatabase.withSchema(); TestApp app = TestApp.on(database); Browsing own = new Browsing(app.uri("/"))) {
            Page page = own.signedIn(TestTokens.user(UUID.randomUUID()));
            // What the first view asks for must not fail as well.
            page.waitForLoadState(LoadState.NETWORKIDLE);
            database.execute("ALTER TABLE btc_trades RENAME TO btc_trades_away");
            show(page, "trades");
            LOOKS.forEach((colours, width) -> {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
                page.setViewportSize(width, 900);
                assertThat(page.getByRole(AriaRole.ALERT)).containsText("The Quantum tables are not there");
                Browsing.isWell(page, "failure-" + width);
            });
            database.execute("ALTER TABLE btc_trades_away RENAME TO btc_trades");
            button(page, "Try again").click();
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
    void what_the_status_says_of_a_database_that_is_gone_is_told_above_every_view() {
        Page page = browsing.page(360, 800, ColorScheme.DARK);
        page.route("**/api/quantum/status", route -> route.fulfill(new Route.FulfillOptions().setContentType("application/json")
                .setBody("{\"success\":true,\"ok\":false,\"problem\":\"The database does not answer.\",\"replayed\":false}")));
        page.navigate("/");
        assertThat(page.locator("#banners")).containsText("The database does not answer. What is shown may be old.");
        Browsing.isWell(page, "database-away");
        assertThat(browsing.faults()).isEmpty();
    }

    @Test
    void a_wrong_token_is_refused_in_words_and_one_that_runs_out_signs_out() {
        Page page = browsing.page(1280, 900, ColorScheme.DARK);
        page.navigate("/");
        page.getByLabel("Access token (JWT)").fill("nonsense");
        button(page, "Sign in").click();
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
    void a_cookie_signs_in_without_a_token_until_it_is_left() {
        Page page = browsing.page(1280, 900, ColorScheme.DARK);
        page.context().addCookies(java.util.List.of(new com.microsoft.playwright.options.Cookie("auth_token", TestTokens.user(user))
                .setUrl(empty.app().uri("/").toString()).setHttpOnly(true)));
        page.navigate("/");
        assertThat(page.locator("#who")).containsText("User");
        button(page, "Sign out").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Signed out in this tab. The browser still has the cookie");
        page.reload();
        assertThat(page.getByLabel("Access token (JWT)")).isVisible();
        button(page, "Use the cookie of this browser").click();
        assertThat(page.locator("#who")).containsText("User");
        page.reload();
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
