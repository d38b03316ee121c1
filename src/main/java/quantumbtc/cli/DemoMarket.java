package quantumbtc.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import quantumbtc.Settings;
import quantumbtc.db.Refused;
import quantumbtc.market.Source;
import quantumbtc.market.replay.ReplayServer;

/**
 * Where the demo's prices come from: a replay of old ones on the loopback address, which needs no key and no network and
 * says in every value what it is; or the real sources, with the setting demo.live-market. While the replay runs, a file
 * beside the data says where, so that a command beside the demo does not judge its trades by prices of another year.
 */
final class DemoMarket implements AutoCloseable {

    private static final int LONGEST_WAIT_MS = 1_000;

    private final ReplayServer replay;
    private final Settings settings;

    private DemoMarket(ReplayServer replay, Settings settings) {
        this.replay = replay;
        this.settings = settings;
    }

    static DemoMarket of(Settings settings, Clock clock) {
        if (settings.flag("demo.live-market")) {
            return new DemoMarket(null, settings);
        }
        ReplayServer replay = ReplayServer.startDefault(clock, 0);
        note(settings, replay.url());
        return new DemoMarket(replay, replayed(settings, replay.url()));
    }

    /** The settings of a command: with the addresses of a demo's replay that runs on the same data folder, if one does. */
    static Settings beside(Settings settings) {
        Path note = file(settings);
        if (!Files.exists(note)) {
            return settings;
        }
        try {
            URI replay = URI.create(Files.readString(note).trim());
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(replay.getHost(), replay.getPort()), LONGEST_WAIT_MS);
            }
            return replayed(settings, replay);
        } catch (IOException | IllegalArgumentException e) {
            // Left by a demo that was killed.
            return settings;
        }
    }

    private static Path file(Settings settings) {
        return Path.of(settings.text("data.directory"), "demo-replay.url");
    }

    private static void note(Settings settings, URI replay) {
        Path file = file(settings);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, replay + "\n");
        } catch (IOException e) {
            throw new Refused("the demo cannot write " + file + ": " + e.getMessage() + ". Nothing was changed.", e);
        }
        file.toFile().deleteOnExit();
    }

    private static Settings replayed(Settings settings, URI replay) {
        Map<String, String> changes = new HashMap<>();
        changes.put("market.replayed", "true");
        for (Source source : Source.values()) {
            changes.put("market." + source.key() + ".url", replay.toString());
        }
        // So that all five answer; and a real key is not sent where it does not belong.
        for (String source : new String[] {"coinmarketcap", "coingecko", "lunarcrush"}) {
            changes.put(source + ".api-key", "replay");
        }
        return settings.with(changes);
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
