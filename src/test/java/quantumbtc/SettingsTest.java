package quantumbtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantumbtc.db.Refused;

class SettingsTest {

    @TempDir
    private Path folder;

    @Test
    void the_environment_comes_before_the_local_file_and_that_before_the_properties() throws IOException {
        Files.writeString(folder.resolve("application.properties"), "port=1001\nmigration.workers=3\ndata.directory=one\n");
        Files.writeString(folder.resolve(".env.local"), "PORT=1002\nJWT_SECRET=\"from the file\"\nMIGRATION_WORKERS=4\n");
        Settings settings = Settings.load(folder, Map.of("PORT", "1003", "MIGRATION_WORKERS", " "));
        assertThat(settings.text("port")).isEqualTo("1003");
        assertThat(settings.text("migration.workers")).isEqualTo("4");
        assertThat(settings.text("data.directory")).isEqualTo("one");
        assertThat(settings.text("jwt.secret")).isEqualTo("from the file");
        assertThat(settings.text("management.port")).isEqualTo("9090");
    }

    @Test
    void the_names_of_the_original_are_valid() {
        Map<String, String> names = Map.of("DATABASE_URL", "database.url", "ATGE_DATABASE_URL", "atge.database-url",
                "JWT_SECRET", "jwt.secret", "CRON_SECRET", "cron.secret", "COINMARKETCAP_API_KEY", "coinmarketcap.api-key",
                "COINGECKO_API_KEY", "coingecko.api-key", "LUNARCRUSH_API_KEY", "lunarcrush.api-key", "OPENAI_API_KEY", "openai.api-key",
                "PORT", "port");
        names.forEach((variable, name) ->
                assertThat(Settings.load(folder, Map.of(variable, "x")).find(name)).as(variable).contains("x"));
    }

    @Test
    void an_empty_value_counts_as_absent() {
        Settings settings = Settings.load(folder, Map.of("JWT_SECRET", ""));
        assertThat(settings.find("jwt.secret")).isEmpty();
        assertThatThrownBy(() -> settings.text("jwt.secret")).isInstanceOf(Refused.class).hasMessageContaining("jwt.secret");
    }

    @Test
    void a_value_out_of_range_is_refused_with_its_range() {
        Settings settings = Settings.defaults().with(Map.of("migration.workers", "0", "migration.indexes", "sometimes"));
        assertThatThrownBy(() -> settings.number("migration.workers", 1, 16)).isInstanceOf(Refused.class).hasMessageContaining("1 to 16");
        assertThatThrownBy(() -> settings.choice("migration.indexes", quantumbtc.migration.MigrationSettings.Indexes.class))
                .isInstanceOf(Refused.class).hasMessageContaining("after-load");
        assertThatThrownBy(() -> settings.with(Map.of("market.replayed", "yes")).flag("market.replayed"))
                .isInstanceOf(Refused.class).hasMessageContaining("market.replayed is yes").hasMessageContaining("[true, false]");
        assertThat(settings.list("migration.bitcoin-symbols")).isEqualTo(
                List.of("BTC", "XBT", "BTCUSD", "BTCUSDT", "BTC-USD", "BTC/USD", "XBTUSD"));
    }
}
