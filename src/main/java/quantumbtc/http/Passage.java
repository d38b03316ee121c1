package quantumbtc.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way to the old deployment, and its answer on the way back. Bodies flow in pieces, and no faster than
 * the slower side takes them. Everything happens on the request's own event loop, so nothing here is guarded.
 */
final class Passage {

    private static final Logger log = LoggerFactory.getLogger(Passage.class);
    /** For one connection only, beside those that the header Connection names. */
    private static final Set<String> ONE_HOP = Set.of("connection", "keep-alive", "proxy-authenticate", "proxy-authorization",
            "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");
    /** How a body ends follows from these, whatever the header Connection says of them. */
    private static final Set<String> KEPT = Set.of("content-length", "host");

    private final OldDeployment deployment;
    private final HttpServerRequest asked;
    private final HttpServerResponse answer;
    private final Vertx vertx;
    private final long begun = System.nanoTime();
    private HttpClientRequest passed;
    private HttpClientResponse given;
    private long lastSign = begun;
    private long timer = -1;
    /** True when the breaker has heard how the old deployment did. */
    private boolean told;
    private boolean over;

    Passage(OldDeployment deployment, HttpServerRequest asked, Vertx vertx) {
        this.deployment = deployment;
        this.asked = asked;
        this.answer = asked.response();
        this.vertx = vertx;
    }

    void begin() {
        if (!deployment.breaker().tryAcquirePermission()) {
            told = true;
            refuse(deployment.leftAlone());
            return;
        }
        asked.exceptionHandler(gone -> clientLeft());
        answer.exceptionHandler(gone -> clientLeft());
        watch(deployment.timeout().toNanos());
        deployment.client(vertx).request(deployment.to(asked)).onSuccess(this::send).onFailure(this::failed);
    }

    private void send(HttpClientRequest request) {
        if (over) {
            request.reset();
            return;
        }
        passed = request;
        passed.exceptionHandler(this::failed);
        passed.response().onSuccess(this::receive).onFailure(this::failed);
        copy(asked.headers(), passed.headers(), Set.of("host", "expect"));
        forwarded(passed.headers());
        if (asked.getHeader("Expect") != null) {
            answer.writeContinue();
        }
        if (!hasBody()) {
            passed.end();
            asked.resume();
            return;
        }
        passed.setChunked(asked.getHeader("Content-Length") == null);
        asked.endHandler(end -> {
            sign();
            passed.end();
        });
        // At once: the old deployment may answer by the head alone.
        passed.sendHead();
        flow(asked, passed);
    }

    private boolean hasBody() {
        boolean declared = asked.getHeader("Content-Length") != null || asked.getHeader("Transfer-Encoding") != null;
        // A later version of HTTP tells the end of a body apart from the headers.
        return declared || asked.version() == HttpVersion.HTTP_2 && asked.method() != HttpMethod.GET && asked.method() != HttpMethod.HEAD;
    }

    private void forwarded(MultiMap headers) {
        String address = asked.remoteAddress().hostAddress();
        headers.set("X-Forwarded-For", Stream.concat(headers.getAll("X-Forwarded-For").stream(), Stream.of(address)).collect(Collectors.joining(", ")));
        if (!headers.contains("X-Forwarded-Proto")) {
            headers.set("X-Forwarded-Proto", asked.scheme());
        }
        if (!headers.contains("X-Forwarded-Host") && asked.authority() != null) {
            headers.set("X-Forwarded-Host", asked.authority().toString());
        }
    }

    private void receive(HttpClientResponse response) {
        if (over) {
            passed.reset();
            return;
        }
        given = response;
        tell(() -> deployment.breaker().onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS));
        sign();
        response.exceptionHandler(this::failed);
        answer.setStatusCode(response.statusCode()).setStatusMessage(response.statusMessage());
        copy(response.headers(), answer.headers(), Set.of());
        boolean sized = response.getHeader("Content-Length") != null;
        boolean bodiless = asked.method() == HttpMethod.HEAD || response.statusCode() == 204 || response.statusCode() == 304;
        boolean endsByClosing = !sized && !bodiless && asked.version() == HttpVersion.HTTP_1_0;
        answer.headersEndHandler(head -> {
            if (bodiless && !sized) {
                answer.headers().remove("Content-Length");
            }
            if (endsByClosing) {
                answer.headers().set("Connection", "close");
            }
        });
        if (!sized && !bodiless) {
            answer.setChunked(true);
        }
        response.endHandler(end -> {
            finish();
            answer.end().onComplete(sent -> {
                if (endsByClosing) {
                    asked.connection().close();
                }
            });
            if (!asked.isEnded()) {
                passed.reset();
                discard();
            }
        });
        flow(response, answer);
    }

    /** Piece by piece, and no piece is asked for while the last ones wait to be taken. */
    private void flow(ReadStream<Buffer> from, WriteStream<Buffer> to) {
        from.handler(piece -> {
            sign();
            if (over) {
                return;
            }
            to.write(piece);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(drained -> {
                    sign();
                    from.resume();
                });
            }
        });
        from.resume();
    }

    private static void copy(MultiMap from, MultiMap to, Set<String> without) {
        Set<String> named = from.getAll("Connection").stream().flatMap(value -> Arrays.stream(value.split(",")))
                .map(name -> name.trim().toLowerCase(Locale.ROOT)).filter(name -> !KEPT.contains(name)).collect(Collectors.toSet());
        from.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!ONE_HOP.contains(name) && !named.contains(name) && !without.contains(name)) {
                to.add(header.getKey(), header.getValue());
            }
        });
    }

    private void sign() {
        lastSign = System.nanoTime();
    }

    /** Looks again when a silence from the last sign on would be too long. */
    private void watch(long nanos) {
        timer = vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), at -> {
            long left = deployment.timeout().toNanos() - (System.nanoTime() - lastSign);
            if (over) {
                return;
            }
            if (left > 0) {
                watch(left);
            } else if (passed != null && given == null && !asked.isEnded() && !passed.writeQueueFull()) {
                giveUp(Problem.of(408, "The request did not come in time."));
            } else {
                failed(new TimeoutException("silent for " + deployment.timeout().toMillis() + " ms"));
            }
        });
    }

    /** The old deployment failed: says so while nothing of its answer was passed on, else breaks the answer off as it was broken off. */
    private void failed(Throwable cause) {
        if (over) {
            return;
        }
        if (cause instanceof ConnectionPoolTooBusyException) {
            giveUp(Problem.unavailable("Too many requests wait for the old deployment.", Duration.ofSeconds(5)));
            return;
        }
        boolean late = cause instanceof TimeoutException || cause instanceof ConnectTimeoutException;
        log.warn("the old deployment {}: {}", given == null ? "did not answer" : "broke its answer off", cause.toString());
        tell(() -> deployment.breaker().onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, cause));
        giveUp(Problem.of(late ? 504 : 502, late ? "The old deployment did not answer in time." : "The old deployment cannot be reached."));
    }

    private void giveUp(Problem problem) {
        end();
        if (answer.headWritten()) {
            answer.reset();
        } else {
            answer.headersEndHandler(null);
            answer.headers().clear();
            refuse(problem);
        }
    }

    /** Nobody waits any more. The old deployment is not to blame. */
    private void clientLeft() {
        if (!over) {
            end();
        }
    }

    private void end() {
        finish();
        if (passed != null) {
            passed.reset();
        }
    }

    private void finish() {
        over = true;
        vertx.cancelTimer(timer);
        tell(() -> deployment.breaker().releasePermission());
    }

    private void tell(Runnable how) {
        if (!told) {
            told = true;
            how.run();
        }
    }

    private void refuse(Problem problem) {
        discard();
        FrontDoor.secure(answer);
        problem.headers().forEach(answer::putHeader);
        answer.setStatusCode(problem.status()).setStatusMessage(reason(problem.status())).putHeader("Content-Type", "application/json")
                .end(deployment.says(problem));
    }

    /** The rest of a body that nobody reads any more. */
    private void discard() {
        asked.handler(null);
        asked.endHandler(null);
        asked.resume();
    }

    private static String reason(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }
}
