package quantumbtc.market;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client of one source: its time-outs, a bound on what is read, and none of the client's own cleverness. It
 * follows no redirect (a key would go along), repeats nothing (the route does), and unpacks nothing (a small packed body
 * may be a huge one).
 */
public final class SourceHttp {

    /** Largest body that is read, in bytes; the largest true one has some 300,000. */
    static final int MOST_BYTES = 8 * 1024 * 1024;
    private static final int CONNECTIONS = 32;

    private SourceHttp() {
    }

    public static CloseableHttpClient client(SourceAccess access) {
        Timeout timeout = Timeout.of(access.timeout());
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setMaxConnTotal(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout).setSocketTimeout(timeout).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout).setResponseTimeout(timeout).build())
                .setUserAgent("quantum-btc")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .addResponseInterceptorLast((response, details, context) -> {
                    if (response instanceof ClassicHttpResponse classic && classic.getEntity() != null) {
                        classic.setEntity(new BoundedEntity(classic.getEntity()));
                    }
                })
                .build();
    }

    private static final class BoundedEntity extends HttpEntityWrapper {

        BoundedEntity(HttpEntity entity) {
            super(entity);
        }

        @Override
        public InputStream getContent() throws IOException {
            return new BoundedStream(super.getContent());
        }
    }

    /** Breaks off when the body is larger than any true one. */
    private static final class BoundedStream extends FilterInputStream {

        private long left = MOST_BYTES;

        BoundedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return counted(super.read(), 1);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            return counted(count, count);
        }

        private int counted(int result, int count) throws IOException {
            left -= Math.max(0, result < 0 ? 0 : count);
            if (left < 0) {
                throw new IOException("the body has more than " + MOST_BYTES + " bytes");
            }
            return result;
        }
    }
}
