package quantumbtc.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;

/** An endpoint that hands its route checked parameters only, and says so when the program is stopping. */
final class GateConsumer extends VertxPlatformHttpConsumer {

    private final FrontDoor frontDoor;

    GateConsumer(PlatformHttpEndpoint endpoint, Gate gate, String routerName, FrontDoor frontDoor) {
        super(endpoint, gate, List.of(), routerName);
        this.frontDoor = frontDoor;
    }

    @Override
    protected void handleRequest(RoutingContext request) {
        if (isSuspended()) {
            frontDoor.refuse(request, Problem.unavailable("The server is stopping.", Duration.ofSeconds(10)));
            return;
        }
        try {
            super.handleRequest(request);
        } catch (Problem e) {
            frontDoor.refuse(request, e);
        }
    }

    @Override
    protected Future<Void> populateCamelMessage(RoutingContext request, Exchange exchange, Message message) {
        Parameters.hand(request, message);
        return super.populateCamelMessage(request, exchange, message);
    }
}
