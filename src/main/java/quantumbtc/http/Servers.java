package quantumbtc.http;

import static java.util.Map.entry;

import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import quantumbtc.db.Refused;

/**
 * Where the program listens: the endpoints on one port; liveness, readiness and metrics on another, which asks for no
 * token. Port 0 stands for a free one.
 */
public record Servers(String host, int port, String managementHost, int managementPort) {

    private static final long LARGEST_BODY_BYTES = 1_048_576;

    public Servers {
        if (port == managementPort && port != 0) {
            throw new Refused("port and management.port are both " + port + "; the management endpoints ask for no token and "
                    + "need a port of their own. Nothing was started.");
        }
        // Two servers that both ask for a free port would be taken for one.
        managementPort = managementPort == 0 ? freePort() : managementPort;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for the management endpoints", e);
        }
    }

    /** What Camel has to be told before the start. */
    public Map<String, String> properties() {
        return Map.ofEntries(
                entry("camel.server.enabled", "true"),
                entry("camel.server.host", host),
                entry("camel.server.port", Integer.toString(port)),
                entry("camel.server.maxBodySize", Long.toString(LARGEST_BODY_BYTES)),
                entry("camel.server.fileUploadEnabled", "false"),
                // It would serve the working directory.
                entry("camel.server.staticEnabled", "false"),
                entry("camel.management.enabled", "true"),
                entry("camel.management.host", managementHost),
                entry("camel.management.port", Integer.toString(managementPort)),
                entry("camel.management.healthCheckEnabled", "true"),
                entry("camel.management.healthPath", "/health"),
                entry("camel.management.metricsEnabled", "true"),
                entry("camel.health.enabled", "true"),
                entry("camel.health.routesEnabled", "true"),
                entry("camel.metrics.enabled", "true"),
                entry("camel.metrics.path", "/metrics"),
                // Its meters lack the route for requests that the gate refuses, and Prometheus wants all alike.
                entry("camel.metrics.enableExchangeEventNotifier", "false"));
    }

    /**
     * After the start.
     *
     * @return the same with the ports that were really had
     * @throws Refused when one of the two does not listen
     */
    public Servers listening(CamelContext context) {
        return new Servers(host, listening(context, true), managementHost, listening(context, false));
    }

    private int listening(CamelContext context, boolean endpoints) {
        HttpServer server = context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                .filter(router -> router.isMainServer() == endpoints).findFirst().orElseThrow().getServer().getServer();
        int actual = server.actualPort();
        if (actual <= 0) {
            throw new Refused("nothing listens on " + (endpoints ? host + ":" + port : managementHost + ":" + managementPort)
                    + ": another program may hold the port. The program was stopped.");
        }
        return actual;
    }
}
