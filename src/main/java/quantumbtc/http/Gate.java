package quantumbtc.http;

import io.vertx.core.http.HttpServerRequest;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of one endpoint's route: checks who calls, reads the JSON body, counts writes, and turns what the
 * route gives or throws into the answer. The route sees the body as a map, never a token.
 */
final class Gate implements Processor {

    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    private final String template;
    private final Map<String, Access> methods;
    private final Processor route;
    private final GateParts parts;

    /**
     * @param methods who may call, by method; a method that is missing is refused
     * @param route   what the endpoint does
     */
    Gate(String template, Map<String, Access> methods, Processor route, GateParts parts) {
        this.template = template;
        this.methods = methods;
        this.route = route;
        this.parts = parts;
    }

    @Override
    public void process(Exchange exchange) {
        HttpServerRequest request = ((HttpMessage) exchange.getIn()).getRequest();
        long begun = System.nanoTime();
        try {
            admit(exchange, request);
            route.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() == null) {
            try {
                answer(exchange.getMessage(), request);
            } catch (RuntimeException e) {
                exchange.setException(e);
            }
        }
        if (exchange.getException() != null) {
            answerFailure(exchange, request, begun);
        }
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        parts.traffic().answered(request.method().name(), template, status == null ? 200 : status, System.nanoTime() - begun);
    }

    private void admit(Exchange exchange, HttpServerRequest request) {
        String method = request.method().name();
        Access access = methods.get(method);
        if (access == null) {
            throw Problem.notFound("Not found.");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        if (access == Access.USER || access == Access.ADMIN) {
            Caller caller = parts.authorization().caller(access, request);
            exchange.setProperty(Caller.ID, caller.id());
            exchange.setProperty(Caller.ROLE, caller.role());
            exchange.setProperty(Caller.REQUEST, request);
            if (!method.equals("GET")) {
                parts.limits().take(Limit.WRITES, caller.id());
            }
        }
        if (!method.equals("GET")) {
            body = body(exchange.getMessage(), request);
        }
        if (access == Access.CRON) {
            parts.authorization().cron(request, body);
            body.remove("cronSecret");
        }
        // A charset of the client's choosing would decide how the route reads text.
        exchange.removeProperty(Exchange.CHARSET_NAME);
        exchange.getMessage().setBody(method.equals("GET") ? null : body);
    }

    private Map<String, Object> body(Message message, HttpServerRequest request) {
        byte[] bytes = message.getBody() == null ? new byte[0] : message.getBody(byte[].class);
        if (bytes.length > 0 && request.getHeader("Content-Type") == null) {
            throw Problem.of(415, "The body must be application/json.");
        }
        return parts.json().object(bytes);
    }

    private void answer(Message message, HttpServerRequest request) {
        Object body = message.getBody();
        if (body instanceof String || body instanceof byte[] || body instanceof InputStream) {
            if (message.getHeader(Exchange.CONTENT_TYPE) == null) {
                message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
            }
            return;
        }
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        Packing.pack(parts.json().answer(body), request, message);
    }

    private void answerFailure(Exchange exchange, HttpServerRequest request, long begun) {
        Exception failure = exchange.getException();
        Problem problem = parts.problems().of(failure);
        if (problem.status() == 500) {
            log.error("{} {} failed", request.method(), template, failure);
        }
        exchange.setException(null);
        exchange.setRollbackOnly(false);
        Message answer = exchange.getMessage();
        answer.removeHeaders("*");
        problem.headers().forEach(answer::setHeader);
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
        answer.setHeader(Exchange.CONTENT_TYPE, "application/json");
        answer.setBody(parts.errorAnswer().of(problem, template, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)));
    }
}
