package quantumbtc.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Stands before everything under /api/atge: says 410 once the old endpoints are disabled; else hands the request, as it
 * came, to the old deployment where one is set; else lets the routes answer. It comes before the gate, because whoever
 * calls the old deployment is known there and not here, and because a route would read and so change what passes.
 */
public final class LegacyDoor {

    static final String PREFIX = "/api/atge";

    /** Steps to other folders, plain or escaped: the old deployment must not be led to other paths. */
    private static final Pattern STEPS = Pattern.compile("(?i)(^|/|%2f|\\\\|%5c)(\\.|%2e){1,2}(/|%2f|\\\\|%5c|$)");

    private final BooleanSupplier known;
    private final BooleanSupplier enabled;
    private final Optional<OldDeployment> deployment;
    private final Json json = new Json();

    /**
     * @param known      true while it can be said without waiting whether the old endpoints are enabled
     * @param enabled    whether they are; may wait for the database
     * @param deployment empty when there is none, and the routes answer
     */
    public LegacyDoor(BooleanSupplier known, BooleanSupplier enabled, Optional<OldDeployment> deployment) {
        this.known = known;
        this.enabled = enabled;
        this.deployment = deployment;
    }

    /** @param order of the handler among those of the router */
    void install(Router root, int order) {
        root.route(PREFIX + "/*").order(order).handler(this::enter);
    }

    private void enter(RoutingContext request) {
        request.request().pause();
        if (known.getAsBoolean()) {
            decide(request, enabled.getAsBoolean());
        } else {
            request.vertx().executeBlocking(enabled::getAsBoolean, false)
                    .onComplete(answer -> decide(request, answer.failed() || answer.result()));
        }
    }

    private void decide(RoutingContext context, boolean answers) {
        HttpServerRequest request = context.request();
        if (!answers) {
            request.resume();
            answer(request.response(), 410, json.text(gone()));
        } else if (deployment.isEmpty()) {
            request.resume();
            context.next();
        } else if (STEPS.matcher(request.path()).find() || !request.path().startsWith(PREFIX + "/")) {
            request.resume();
            answer(request.response(), 400, deployment.get().says(Problem.badRequest("The path cannot be passed on.")));
        } else {
            deployment.get().pass(request, context.vertx());
        }
    }

    /** What a disabled endpoint answers. */
    private static Map<String, Object> gone() {
        Problem gone = Problem.gone();
        Map<String, Object> says = new LinkedHashMap<>();
        says.put("error", gone.getMessage());
        says.putAll(gone.details());
        return says;
    }

    private static void answer(HttpServerResponse response, int status, String body) {
        FrontDoor.secure(response);
        response.setStatusCode(status).putHeader("Content-Type", "application/json").end(body);
    }
}
