package quantumbtc;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends a trace of each exchange by OTLP over HTTP, off the caller's path. Routes that tell alerts are left out: the
 * addresses they send to may be secrets.
 */
final class Tracing implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SdkTracerProvider provider;

    /** @param endpoint URL that takes spans, with its path {@code /v1/traces} */
    Tracing(String endpoint, String version) {
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(Attributes.builder()
                        .put("service.name", "quantum-btc").put("service.version", version).build())))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder().setEndpoint(endpoint).setTimeout(PATIENCE).build())
                        .setScheduleDelay(PAUSE).build())
                .build();
    }

    /** Camel finds it by its type. */
    Tracer tracer() {
        return provider.get("quantum-btc");
    }

    /** What Camel has to be told before the start. */
    static Map<String, String> properties() {
        return Map.of("camel.opentelemetry2.enabled", "true",
                "camel.opentelemetry2.excludePatterns", "monitoring-*,market-resume,http*,smtp*,slack*,direct*monitoring-*,timer*");
    }

    /** Sends what is left. */
    @Override
    public void close() {
        provider.shutdown().join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
