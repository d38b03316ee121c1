package quantumbtc.cli;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import quantumbtc.Settings;
import quantumbtc.market.Source;
import quantumbtc.market.replay.ReplayServer;

/**
 * Where the demo's prices come from: a replay of old ones on the loopback address, which needs no key and no network and
 * says in every value what it is; or the real sources, with the setting demo.live-market.
 */
final class DemoMarket implements AutoCloseable {

    private final ReplayServer replay;
    private final Settings settings;

    private DemoMarket(ReplayServer replay, Settings settings) {
        this.replay = replay;
        this.settings = settings;
    }

    static DemoMarket of(Settings settings, Clock clock) {
        if (Boolean.parseBoolean(settings.text("demo.live-market"))) {
            return new DemoMarket(null, settings);
        }
        ReplayServer replay = ReplayServer.startDefault(clock, 0);
        Map<String, String> changes = new HashMap<>();
        changes.put("market.replayed", "true");
        for (Source source : Source.values()) {
            changes.put("market." + source.key() + ".url", replay.url().toString());
        }
        // So that all five answer; and a real key is not sent where it does not belong.
        for (String source : new String[] {"coinmarketcap", "coingecko", "lunarcrush"}) {
            changes.put(source + ".api-key", "replay");
        }
        return new DemoMarket(replay, settings.with(changes));
    }

    /** With the sources' addresses. */
    Settings settings() {
        return settings;
    }

    @Override
    public void close() {
        if (replay != null) {
            replay.close();
        }
    }
}
