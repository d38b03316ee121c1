package quantumbtc.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Says who a bearer token names. The algorithm is fixed by the configured keys, never by the token: an unsigned token,
 * or one that is signed with a public key as if it were a secret, names nobody.
 */
public final class Tokens {

    private static final int CLOCK_SKEW_SECONDS = 30;

    private final DefaultJWTProcessor<SecurityContext> processor;

    /**
     * @param keys     empty: every token is refused
     * @param audience the {@code aud} that a token must name; empty: any
     */
    public Tokens(Optional<JWSKeySelector<SecurityContext>> keys, Optional<String> audience, Clock clock) {
        this.processor = keys.map(selector -> {
            DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
            made.setJWSKeySelector(selector);
            made.setJWTClaimsSetVerifier(claims(audience, clock));
            return made;
        }).orElse(null);
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claims(Optional<String> audience, Clock clock) {
        Set<String> audiences = audience.map(Set::of).orElse(null);
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(audiences, null, Set.of("exp"), null) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        return verifier;
    }

    /**
     * @throws Problem 401 when the token names nobody; 503 when the key server cannot be asked
     */
    public Caller caller(String token) {
        if (processor == null) {
            throw Problem.unauthorized();
        }
        try {
            JWTClaimsSet claims = processor.process(token, null);
            return new Caller(id(claims), admin(claims));
        } catch (RateLimitReachedException e) {
            // An unknown key id, again: the key server is not asked for each forged token.
            throw Problem.invalidToken();
        } catch (KeySourceException e) {
            throw Problem.unavailable("The key server does not answer; tokens cannot be checked.", Duration.ofSeconds(30));
        } catch (ExpiredJWTException e) {
            throw Problem.expiredToken();
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            throw Problem.invalidToken();
        }
    }

    /** Supabase names the user in sub, ATGE in userId. When both do, they must agree. */
    private static UUID id(JWTClaimsSet claims) {
        List<UUID> named = java.util.stream.Stream.of("sub", "userId").map(claims::getClaim)
                .flatMap(value -> uuid(value).stream()).distinct().toList();
        if (named.size() != 1) {
            throw Problem.invalidToken();
        }
        return named.get(0);
    }

    private static Optional<UUID> uuid(Object value) {
        return value instanceof String text ? Uuids.parse(text) : Optional.empty();
    }

    /** Never from user_metadata: users can write that themselves. */
    private static boolean admin(JWTClaimsSet claims) {
        Object nested = claims.getClaim("app_metadata") instanceof Map<?, ?> metadata ? metadata.get("role") : null;
        return "admin".equals(claims.getClaim("role")) || "admin".equals(nested);
    }
}
