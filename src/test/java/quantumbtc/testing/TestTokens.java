package quantumbtc.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Tokens that a {@link TestApp} takes. */
public final class TestTokens {

    public static final String SECRET = "a-secret-of-the-tests-of-48-bytes-0123456789abcd";

    private TestTokens() {
    }

    /** Of an ordinary user, for an hour. */
    public static String user(UUID id) {
        return sign(claims(id).build());
    }

    /** With the role admin, for an hour. */
    public static String admin(UUID id) {
        return sign(claims(id).claim("role", "admin").build());
    }

    /** Claims of a user to be changed. */
    public static JWTClaimsSet.Builder claims(UUID id) {
        return new JWTClaimsSet.Builder().subject(id.toString())
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))));
    }

    public static String sign(JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(SECRET));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the token cannot be signed", e);
        }
    }
}
