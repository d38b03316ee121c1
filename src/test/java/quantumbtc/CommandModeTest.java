package quantumbtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import quantumbtc.testing.TestDatabase;

class CommandModeTest {

    @Test
    void beside_a_command_nothing_listens_and_nothing_fires_by_itself() {
        try (TestDatabase database = TestDatabase.empty();
             App app = App.start(Settings.defaults().with(Map.of("database.url", database.url())), App.Mode.COMMAND)) {
            assertThat(app.template().getCamelContext().getRoutes()).extracting(Route::getEndpoint)
                    .allSatisfy(endpoint -> assertThat(endpoint.getEndpointUri()).startsWith("direct:"));
            assertThat(app.template().getCamelContext().getRoutes()).extracting(Route::getId)
                    .contains("migration-run", "trade-validate", "market-candles");
            assertThat(database.value("SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')", Long.class)).isZero();
        }
    }
}
