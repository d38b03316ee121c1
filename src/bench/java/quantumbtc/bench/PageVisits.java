package quantumbtc.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** Visits of the page in a real Chromium. Not safe for threads. */
final class PageVisits implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    /** Set within the page as soon as it has what a view shows and its main thread has time again. */
    private static final String DRAWN = "() => document.querySelector('h1') && !document.querySelector('main .loading') && !document.querySelector('main .chart:empty')"
            + " && (window.drawnAt ??= performance.now(), true)";

    private final Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM));
    private final URI site;
    private final String token;
    private BrowserContext context;
    private Page page;

    /**
     * @param interactiveMs from the begin of the navigation until the first view is drawn whole and answers
     * @param bytes         of the page, its parts and the first view's data, as they came over the wire with their headers
     */
    record Visit(double interactiveMs, long bytes) {
    }

    PageVisits(URI site, String token) {
        this.site = site;
        this.token = token;
    }

    /** Anew, with nothing cached, as somebody who is signed in. */
    Visit open() {
        if (context != null) {
            context.close();
        }
        context = browser.newContext(new Browser.NewContextOptions().setBaseURL(site.toString()).setViewportSize(1280, 900));
        page = context.newPage();
        page.addInitScript("sessionStorage.setItem('quantum-btc-token', " + '\'' + token + "')");
        page.navigate("/");
        page.waitForFunction(DRAWN);
        double drawn = ((Number) page.evaluate("window.drawnAt")).doubleValue();
        Number bytes = (Number) page.evaluate("[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, each) => sum + each.transferSize, 0)");
        return new Visit(drawn, bytes.longValue());
    }

    /** From the click on until the view is drawn, in milliseconds. */
    double walkTo(String view) {
        page.evaluate("location.hash = '#/performance'");
        page.waitForFunction(DRAWN);
        page.evaluate("view => { document.querySelector('h1').id = 'left'; window.drawnAt = undefined; window.leftAt = performance.now(); location.hash = '#/' + view; }", view);
        page.waitForFunction("() => !document.getElementById('left') && (" + DRAWN + ")()");
        return ((Number) page.evaluate("window.drawnAt - window.leftAt")).doubleValue();
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
        browser.close();
        playwright.close();
    }
}
