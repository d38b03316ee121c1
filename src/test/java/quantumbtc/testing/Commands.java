package quantumbtc.testing;

import java.util.HashMap;
import java.util.Map;
import quantumbtc.App;
import quantumbtc.Settings;

/** Starts the routes as a command does, against a test's database. */
public final class Commands {

    private Commands() {
    }

    /** @param changes settings as name, value, name, value */
    public static App start(TestDatabase test, String... changes) {
        Map<String, String> settings = new HashMap<>(Map.of("database.url", test.url(), "migration.chunk-rows", "500"));
        for (int i = 0; i < changes.length; i += 2) {
            settings.put(changes[i], changes[i + 1]);
        }
        return App.start(Settings.defaults().with(settings), App.Mode.COMMAND);
    }
}
