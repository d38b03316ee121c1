package quantumbtc.http;

import static java.util.Map.entry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import quantumbtc.db.Refused;

/**
 * Where the program listens: the endpoints on one port; liveness, readiness and metrics on another, which asks for no
 * token. Port 0 stands for a free one.
 */
public record Servers(String host, int port, String managementHost, int managementPort) {

    private static final long LARGEST_BODY_BYTES = 1_048_576;
    private static final int FIRST_FREE = 20_000;
    private static final int LAST_FREE = 32_000;
    private static final int TRIES = 20;

    public Servers {
        if (port == managementPort && port != 0) {
            throw new Refused("port and management.port are both " + port + "; the management endpoints ask for no token and "
                    + "need a port of their own. Nothing was started.");
        }
    }

    /**
     * Before the start. The server itself only logs that it could not listen, and goes on.
     *
     * @return the same, with a number for the management port: two servers that both ask for a free one are taken for one
     * @throws Refused when one of the two cannot listen there
     */
    public Servers reserved() {
        bindable(host, port);
        return new Servers(host, port, managementHost, managementPort == 0 ? free(managementHost) : bindable(managementHost, managementPort));
    }

    /** Below the ports that a system hands out by itself: until it is listened on, nobody who asks for any port is given this one. */
    private static int free(String host) {
        Refused taken = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                return bindable(host, ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE));
            } catch (Refused e) {
                taken = e;
            }
        }
        throw taken;
    }

    private static int bindable(String host, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Refused(host + ":" + port + " cannot be listened on: " + e.getMessage() + ". Nothing was started.", e);
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

    /** After the start: the same with the port that was really had. */
    public Servers listening(CamelContext context) {
        int actual = context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                .filter(VertxPlatformHttpRouter::isMainServer).findFirst().orElseThrow().getServer().getServer().actualPort();
        return new Servers(host, actual, managementHost, managementPort);
    }
}
