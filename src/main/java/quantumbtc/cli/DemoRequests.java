package quantumbtc.cli;

import quantumbtc.Settings;

/** Requests for trying the demo, ready to be pasted into a shell. */
final class DemoRequests {

    private DemoRequests() {
    }

    static String text(int port, String token, Settings settings) {
        String market = settings.flag("market.replayed")
                ? "Prices are a replay of a week of 2013; demo.live-market=true asks the real sources."
                : "Prices are those of the real sources.";
        String url = "http://127.0.0.1:" + port + "/api/quantum/";
        return String.join("\n", "", market, "Look: http://127.0.0.1:" + port + " with one of the tokens. Try:",
                "  TOKEN=" + token,
                "  curl -s -X POST -H \"Authorization: Bearer $TOKEN\" " + url + "generate-btc-trade",
                "  curl -s -H \"Authorization: Bearer $TOKEN\" '" + url + "trades?limit=2'",
                "  curl -s -X POST -H \"Authorization: Bearer " + settings.text("cron.secret") + "\" " + url + "validate-btc-trades",
                "  curl -s -H \"Authorization: Bearer $TOKEN\" " + url + "performance-dashboard", "");
    }
}
