package quantumbtc.http;

import java.util.Map;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every HTTP endpoint of every route, so none can be had without its gate. Camel finds it by the name
 * {@value #NAME}.
 */
public final class GateEngine extends VertxPlatformHttpEngine {

    /** Under which the component looks for an engine. */
    public static final String NAME = "platform-http-engine";

    private static final Logger log = LoggerFactory.getLogger(GateEngine.class);

    private final GateParts parts;
    private final FrontDoor frontDoor;
    private boolean installed;

    public GateEngine(GateParts parts) {
        this.parts = parts;
        this.frontDoor = new FrontDoor(parts.access(), parts.json(), parts.legacy());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        install();
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor route) {
        install();
        Map<String, Access> methods = parts.access().of(endpoint.getPath());
        if (methods.isEmpty()) {
            log.error("endpoint {} is in no row of the access table: every request to it is answered 404", endpoint.getPath());
        }
        endpoint.setHeaderFilterStrategy(new HeaderList());
        // The gate answers 415 itself, in JSON; what a client accepts does not change the answer.
        endpoint.getComponent().setServerRequestValidation(false);
        Gate gate = new Gate(endpoint.getPath(), methods, route, parts);
        return new GateConsumer(endpoint, gate, VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort()), frontDoor);
    }

    /** Once, as soon as the server is there: it starts before the endpoints and after this engine is made. */
    private synchronized void install() {
        if (!installed) {
            getCamelContext().getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                    .filter(VertxPlatformHttpRouter::isMainServer).findFirst()
                    .ifPresent(router -> {
                        frontDoor.install(router.getServer().getServer());
                        installed = true;
                    });
        }
    }
}
