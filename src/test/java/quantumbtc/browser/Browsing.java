package quantumbtc.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A real Chromium that looks at one page, and notes what a good page never does: an error on the console, a request to
 * another host, a request that fails. Not safe for threads.
 */
final class Browsing implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Path PICTURES = Path.of("docs", "images");
    private static final List<String> CHROMIUMS = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final Playwright playwright = Playwright.create(new Playwright.CreateOptions()
            .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser;
    private final URI site;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<Page> pages = new CopyOnWriteArrayList<>();

    Browsing(URI site) {
        this.site = site;
        Path chromium = Stream.of(CHROMIUMS).flatMap(List::stream).map(Path::of).filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException("the tests of the page need Chromium: apt-get install chromium"));
        this.browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium));
    }

    /** A new signed-out page; what it does wrong is noted. */
    Page page(int width, int height, ColorScheme colours) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setBaseURL(site.toString())
                .setViewportSize(width, height).setColorScheme(colours).setLocale("en-GB").setTimezoneId("UTC"));
        context.setDefaultTimeout(15_000);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                faults.add("console: " + message.text() + " at " + message.location());
            }
        });
        page.onPageError(error -> faults.add("script: " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(site.toString()) && !request.url().startsWith("data:")) {
                faults.add("request to another host: " + request.url());
            }
        });
        pages.add(page);
        return page;
    }

    /** A page of usual size, signed in by typing the token. */
    Page signedIn(String token) {
        Page page = page(1280, 900, ColorScheme.DARK);
        signIn(page, token);
        return page;
    }

    void signIn(Page page, String token) {
        page.navigate("/");
        page.getByLabel("Access token (JWT)").fill(token);
        button(page, "Sign in").click();
        page.locator("#sign-out").waitFor();
    }

    /** A table by its caption. */
    static Locator table(Page page, String caption) {
        return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(caption).setExact(true));
    }

    static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Goes to a view and waits until it is drawn. */
    static void show(Page page, String view) {
        page.evaluate("view => { location.hash = '#/' + view; }", view);
        page.locator("h1").first().waitFor();
        page.waitForFunction("() => !document.querySelector('main .loading') && !document.querySelector('main .chart:empty')");
    }

    /** What must hold of every view, and its picture for who wants to look. */
    static void isWell(Page page, String name) {
        fits(page, name);
        isAccessible(page, name);
    }

    /** Takes its picture; nothing is wider than the page. */
    static void fits(Page page, String name) {
        screenshot(page, name);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth")).as("nothing is wider than the page: " + name)
                .isLessThanOrEqualTo(page.viewportSize().width);
    }

    /** Writes target/screenshots/name.png of the whole page. */
    static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    }

    /** With {@code -Ddocs.write=true} the picture that the documentation shows is made anew: what is in sight, not the whole page. */
    static void picture(Page page, String name) {
        if (Boolean.getBoolean("docs.write")) {
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
        }
    }

    /** axe-core finds nothing serious or critical. */
    static void isAccessible(Page page, String view) {
        List<String> serious = new AxeBuilder(page).analyze().getViolations().stream()
                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .map(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes().stream().limit(4).map(node -> node.getHtml()).toList()).toList();
        assertThat(serious).as("axe-core on " + view).isEmpty();
    }

    /** What was noted since the last call. */
    List<String> faults() {
        List<String> noted = List.copyOf(faults);
        faults.clear();
        return noted;
    }

    @Override
    public void close() {
        pages.forEach(page -> page.context().close());
        browser.close();
        playwright.close();
    }
}
