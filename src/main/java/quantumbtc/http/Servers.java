package quantumbtc.http;

import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.MainConfigurationProperties;
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

    /** Before the start. */
    public void configure(MainConfigurationProperties main) {
        main.httpServer().withEnabled(true).withHost(host).withPort(port).withMaxBodySize(LARGEST_BODY_BYTES)
                .withFileUploadEnabled(false).withStaticEnabled(false);
        main.httpManagementServer().withEnabled(true).withHost(managementHost).withPort(managementPort)
                .withHealthCheckEnabled(true).withHealthPath("/health").withMetricsEnabled(true);
        main.health().withEnabled(true).withRoutesEnabled(true).withExposureLevel("default");
        main.metrics().withEnabled(true);
        main.metrics().setPath("/metrics");
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
