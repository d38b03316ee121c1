package quantumbtc.http;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import quantumbtc.db.Refused;

/** The keys that tokens are checked with: one secret for HS256, or a key set for RS256 and ES256. */
public final class TokenKeys {

    private static final int LEAST_BYTES = 32;
    private static final int TIMEOUT_MS = 2_000;
    private static final int LARGEST_SET_BYTES = 256 * 1024;

    private TokenKeys() {
    }

    /**
     * @param secret setting jwt.secret
     * @param jwks   setting jwt.jwks-url: an http(s) URL, which is asked again when a key is unknown, or a file
     * @return empty when neither is set
     * @throws Refused when both are set, the secret is too short or the file is no key set
     */
    public static Optional<JWSKeySelector<SecurityContext>> of(Optional<String> secret, Optional<String> jwks) {
        if (secret.isPresent() && jwks.isPresent()) {
            throw new Refused("jwt.secret and jwt.jwks-url are both set; keep the one that signs your tokens. Nothing was started.");
        }
        return secret.<JWSKeySelector<SecurityContext>>map(TokenKeys::secret).or(() -> jwks.map(TokenKeys::keySet));
    }

    private static JWSKeySelector<SecurityContext> secret(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_BYTES) {
            throw new Refused("jwt.secret has " + bytes.length + " bytes; HS256 needs at least " + LEAST_BYTES
                    + ". Nothing was started.");
        }
        return new SingleKeyJWSKeySelector<>(JWSAlgorithm.HS256, new SecretKeySpec(bytes, "HmacSHA256"));
    }

    private static JWSKeySelector<SecurityContext> keySet(String place) {
        JWKSource<SecurityContext> source = place.startsWith("http://") || place.startsWith("https://") ? fromServer(place) : fromFile(place);
        return new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), source);
    }

    private static JWKSource<SecurityContext> fromServer(String url) {
        try {
            return JWKSourceBuilder.<SecurityContext>create(URI.create(url).toURL(),
                            new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, LARGEST_SET_BYTES))
                    .retrying(true).refreshAheadCache(false).outageTolerantForever().build();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new Refused("jwt.jwks-url is no URL: " + e.getMessage() + ". Nothing was started.", e);
        }
    }

    private static JWKSource<SecurityContext> fromFile(String place) {
        try {
            Path file = place.startsWith("file:") ? Path.of(URI.create(place)) : Path.of(place);
            return new ImmutableJWKSet<>(JWKSet.load(file.toFile()));
        } catch (IOException | ParseException | IllegalArgumentException e) {
            throw new Refused("jwt.jwks-url names no readable key set: " + e.getMessage() + ". Nothing was started.", e);
        }
    }
}
