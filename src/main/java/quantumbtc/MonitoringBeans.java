package quantumbtc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import quantumbtc.db.Database;
import quantumbtc.http.Traffic;
import quantumbtc.monitoring.AlertBook;
import quantumbtc.monitoring.AlertEndpoints;
import quantumbtc.monitoring.AlertLimits;
import quantumbtc.monitoring.AlertRules;
import quantumbtc.monitoring.Alerts;
import quantumbtc.monitoring.Maintenance;
import quantumbtc.monitoring.Measuring;
import quantumbtc.monitoring.MonitoringReport;
import quantumbtc.monitoring.Notices;
import quantumbtc.monitoring.Numbers;
import quantumbtc.monitoring.PerformanceDashboard;
import quantumbtc.monitoring.StatusReport;

/** The beans that measure, alert and tell, from the settings {@code alerts.*} and {@code metrics.*}. */
final class MonitoringBeans implements AutoCloseable {

    private static final Timeout PATIENCE = Timeout.ofSeconds(10);

    private final Database database;
    private final Measuring measuring;
    private final CloseableHttpClient client = client();

    MonitoringBeans(Settings settings, Database database, java.time.Clock clock, Map<String, Object> beans) {
        this.database = database;
        measuring = new Measuring(database, clock, Duration.ofMillis(settings.number("metrics.kept-ms", 0, 600_000)));
        AlertEndpoints endpoints = new AlertEndpoints(settings.list("alerts.endpoints"));
        AlertLimits limits = new AlertLimits(settings.number("alerts.validation-minutes", 1, 100_000),
                Duration.ofSeconds(settings.number("alerts.sync-lag-seconds", 1, 1_000_000)),
                Duration.ofSeconds(settings.number("migration.stall-seconds", 5, 86_400)));
        Alerts alerts = new Alerts(measuring, new AlertRules(limits, clock.instant()), new AlertBook(database.jdbi(), endpoints),
                endpoints, node(), clock);
        Maintenance maintenance = new Maintenance(database.jdbi(), clock);
        beans.put("alerts", alerts);
        beans.put("alertsHttp", client);
        beans.put("notices", new Notices(database.jdbi(), alerts, endpoints, settings.find("alerts.slack-webhook").orElse(null), clock));
        beans.put("maintenance", maintenance);
        beans.put("statusReport", new StatusReport(database.jdbi(), alerts, maintenance,
                settings.flag("market.replayed"), clock));
        beans.put("monitoringReport", new MonitoringReport(measuring, (PerformanceDashboard) beans.get("performanceDashboard"), alerts));
    }

    /** What only a serving program has; Camel finds the registry by its name. */
    Traffic addMetrics(Map<String, Object> beans) {
        PrometheusRegistry prometheus = new PrometheusRegistry();
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, prometheus, Clock.SYSTEM);
        prometheus.register(new Numbers(measuring));
        if (database.dataSource() instanceof HikariDataSource pool && pool.getMetricsTrackerFactory() == null) {
            pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        }
        beans.put("metricsRegistry", meters);
        return new Traffic(meters);
    }

    private static String node() {
        try {
            return InetAddress.getLocalHost().getHostName() + " process " + ProcessHandle.current().pid();
        } catch (UnknownHostException e) {
            return "unknown host, process " + ProcessHandle.current().pid();
        }
    }

    /** An endpoint that hangs must not keep the other alerts waiting; a redirect could carry a secret elsewhere. */
    private static CloseableHttpClient client() {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(PATIENCE).setSocketTimeout(PATIENCE).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(PATIENCE).setResponseTimeout(PATIENCE).build())
                .setUserAgent("quantum-btc")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .build();
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
