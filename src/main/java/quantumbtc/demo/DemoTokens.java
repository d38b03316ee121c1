package quantumbtc.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HexFormat;
import java.util.UUID;

/** Tokens for trying the endpoints of the demo; a real deployment has an issuer of its own. */
public final class DemoTokens {

    private static final Duration VALID = Duration.ofDays(1);

    private final String secret;
    private final Clock clock;

    /** @param secret at least 32 bytes; the setting jwt.secret */
    public DemoTokens(String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** A secret that nobody else knows. */
    public static String newSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A token of an ordinary user, valid for a day. */
    public String user(UUID id) {
        return sign(claims(id).build());
    }

    /** A token with the role admin, valid for a day. */
    public String admin(UUID id) {
        return sign(claims(id).claim("role", "admin").build());
    }

    private JWTClaimsSet.Builder claims(UUID id) {
        return new JWTClaimsSet.Builder().subject(id.toString()).expirationTime(Date.from(clock.instant().plus(VALID)));
    }

    private String sign(JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the demo's token cannot be signed: " + e.getMessage(), e);
        }
    }
}
