package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantumbtc.db.Refused;
import quantumbtc.testing.TestTokens;

class TokenKeysTest {

    private static final UUID USER = UUID.randomUUID();
    private static RSAKey rsa;
    private static ECKey ec;

    @BeforeAll
    static void keys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    }

    private static String sign(JWSAlgorithm algorithm, String key, JWSSigner signer) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), TestTokens.claims(USER).build());
        token.sign(signer);
        return token.serialize();
    }

    private static Tokens tokens(String place) {
        return new Tokens(TokenKeys.of(Optional.empty(), Optional.of(place)), Optional.empty(), Clock.systemUTC());
    }

    private static String published() {
        return new JWKSet(List.of(rsa, ec)).toString(true);
    }

    private static void invalid(Tokens tokens, String token) {
        assertThatThrownBy(() -> tokens.caller(token)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status()).isEqualTo(401));
    }

    @Test
    void a_key_set_in_a_file_checks_rs256_and_es256(@TempDir Path folder) throws Exception {
        Tokens tokens = tokens(Files.writeString(folder.resolve("keys.json"), published()).toString());
        assertThat(tokens.caller(sign(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa))).id()).isEqualTo(USER);
        assertThat(tokens.caller(sign(JWSAlgorithm.ES256, "ec", new ECDSASigner(ec))).id()).isEqualTo(USER);
        invalid(tokens, sign(JWSAlgorithm.RS512, "rsa", new RSASSASigner(rsa)));
        invalid(tokens, sign(JWSAlgorithm.RS256, "rsa", new RSASSASigner(new RSAKeyGenerator(2048).keyID("rsa").generate())));
    }

    @Test
    void a_public_key_is_no_secret(@TempDir Path folder) throws Exception {
        Tokens tokens = tokens(Files.writeString(folder.resolve("keys.json"), published()).toString());
        for (byte[] known : List.of(rsa.toPublicKey().getEncoded(), rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                rsa.getModulus().decode())) {
            invalid(tokens, sign(JWSAlgorithm.HS256, "rsa", new MACSigner(known)));
        }
    }

    @Test
    void a_key_server_is_asked_again_for_a_new_key_and_forged_key_ids_do_not_hammer_it() throws Exception {
        int[] asked = {0};
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            asked[0]++;
            byte[] body = published().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Tokens tokens = tokens("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
        assertThat(tokens.caller(sign(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa))).id()).isEqualTo(USER);
        for (int i = 0; i < 20; i++) {
            invalid(tokens, sign(JWSAlgorithm.RS256, "forged-" + i, new RSASSASigner(rsa)));
        }
        assertThat(asked[0]).isLessThanOrEqualTo(3);
        server.stop(0);
        assertThat(tokens.caller(sign(JWSAlgorithm.ES256, "ec", new ECDSASigner(ec))).id()).isEqualTo(USER);
    }

    @Test
    void a_key_server_that_is_away_is_no_proof_against_the_caller() throws Exception {
        Tokens tokens = tokens("http://127.0.0.1:1/jwks");
        String token = sign(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa));
        assertThatThrownBy(() -> tokens.caller(token)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status()).isEqualTo(503));
    }

    @Test
    void a_file_that_is_no_key_set_does_not_start(@TempDir Path folder) {
        assertThatThrownBy(() -> tokens(folder.resolve("absent.json").toString())).isInstanceOf(Refused.class);
    }
}
