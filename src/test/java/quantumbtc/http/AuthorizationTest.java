package quantumbtc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quantumbtc.db.Refused;
import quantumbtc.testing.TestApp;
import quantumbtc.testing.TestDatabase;
import quantumbtc.testing.TestTokens;

class AuthorizationTest {

    private static final String STATUS = "/api/quantum/migrations";
    private static final UUID USER = UUID.randomUUID();

    private static TestDatabase database;
    private static TestApp app;
    private static final List<Object> SEEN = new ArrayList<>();

    @BeforeAll
    static void start() {
        database = TestDatabase.withSchema();
        app = TestApp.on(database).replace("migration-status", exchange -> {
            SEEN.clear();
            SEEN.add(exchange.getProperty(Caller.ID));
            SEEN.add(exchange.getProperty(Caller.ROLE));
            SEEN.addAll(exchange.getMessage().getHeaders().keySet());
            exchange.getMessage().setBody(Map.of("state", "COMPLETED"));
        });
    }

    @AfterAll
    static void stop() {
        app.close();
        database.close();
    }

    private static void refused(String token) {
        HttpResponse<String> answer = app.get(STATUS, token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"success\":false,\"error\":\"Unauthorized. Please log in.\"}");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
    }

    private static JWTClaimsSet.Builder admin() {
        return TestTokens.claims(USER).claim("role", "admin");
    }

    @Test
    void no_token_is_refused() {
        refused(null);
    }

    @Test
    void a_garbled_token_is_refused() {
        refused("abc");
        refused("a.b.c");
        String good = TestTokens.admin(USER);
        refused(good.substring(0, good.length() - 4));
        refused(good + "A");
        refused(good + " " + good);
    }

    @Test
    void an_expired_token_is_refused_and_so_is_one_without_an_end() {
        refused(TestTokens.sign(admin().expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(2)))).build()));
        refused(TestTokens.sign(admin().expirationTime(null).build()));
        refused(TestTokens.sign(admin().notBeforeTime(Date.from(Instant.now().plus(Duration.ofMinutes(5)))).build()));
    }

    @Test
    void a_clock_may_be_some_seconds_off() {
        assertThat(app.get(STATUS, TestTokens.sign(admin().expirationTime(Date.from(Instant.now().minusSeconds(5))).build())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_unsigned_token_is_refused() {
        refused(new PlainJWT(admin().build()).serialize());
    }

    @Test
    void another_secret_and_another_algorithm_are_refused() throws Exception {
        SignedJWT other = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), admin().build());
        other.sign(new MACSigner("another-secret-of-more-than-32-bytes-0123456789"));
        refused(other.serialize());
        SignedJWT longer = new SignedJWT(new JWSHeader(JWSAlgorithm.HS384), admin().build());
        longer.sign(new MACSigner(TestTokens.SECRET));
        refused(longer.serialize());
    }

    @Test
    void a_token_must_name_one_user() {
        refused(TestTokens.sign(admin().subject("someone@example.org").build()));
        refused(TestTokens.sign(admin().subject(null).build()));
        refused(TestTokens.sign(admin().subject("1-1-1-1-1").build()));
        refused(TestTokens.sign(admin().claim("userId", UUID.randomUUID().toString()).build()));
    }

    @Test
    void the_claim_of_the_old_system_names_the_user_too() {
        assertThat(app.get(STATUS, TestTokens.sign(admin().subject(null).claim("userId", USER.toString()).build())).statusCode()).isEqualTo(200);
        assertThat(SEEN.get(0)).isEqualTo(USER);
    }

    @Test
    void an_ordinary_user_is_no_admin() {
        HttpResponse<String> answer = app.get(STATUS, TestTokens.user(USER));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"success\":false", "role admin");
    }

    @Test
    void a_role_that_users_can_write_themselves_counts_for_nothing() {
        String token = TestTokens.sign(TestTokens.claims(USER).claim("user_metadata", Map.of("role", "admin"))
                .claim("role", "authenticated").claim("roles", List.of("admin")).build());
        assertThat(app.get(STATUS, token).statusCode()).isEqualTo(403);
        assertThat(app.get(STATUS, TestTokens.sign(TestTokens.claims(USER).claim("role", "Admin").build())).statusCode()).isEqualTo(403);
    }

    @Test
    void the_role_comes_from_role_or_app_metadata() {
        assertThat(app.get(STATUS, TestTokens.admin(USER)).statusCode()).isEqualTo(200);
        String supabase = TestTokens.sign(TestTokens.claims(USER).claim("role", "authenticated")
                .claim("app_metadata", Map.of("role", "admin")).build());
        assertThat(app.get(STATUS, supabase).statusCode()).isEqualTo(200);
    }

    @Test
    void a_browser_is_known_by_its_cookie() {
        HttpRequest.Builder request = app.request(STATUS, null).header("Cookie", "a=b; auth_token=" + TestTokens.admin(USER)).GET();
        assertThat(app.send(request).statusCode()).isEqualTo(200);
        assertThat(app.send(app.request(STATUS, null).header("Cookie", "auth_token=x").GET()).statusCode()).isEqualTo(401);
    }

    @Test
    void a_wrong_authorization_header_is_not_made_good_by_a_cookie() {
        HttpRequest.Builder request = app.request(STATUS, null).header("Authorization", "Basic YTpi")
                .header("Cookie", "auth_token=" + TestTokens.admin(USER)).GET();
        assertThat(app.send(request).statusCode()).isEqualTo(401);
    }

    @Test
    void another_site_cannot_write_with_the_browsers_cookie() {
        HttpRequest.Builder request = app.request("/api/quantum/migrations/verify", null)
                .header("Cookie", "auth_token=" + TestTokens.admin(UUID.randomUUID())).header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(app.send(request).statusCode()).isEqualTo(403);
    }

    @Test
    void the_route_learns_who_calls_and_never_sees_the_token() {
        HttpRequest.Builder request = app.request(STATUS + "?callerId=" + UUID.randomUUID() + "&callerRole=admin", TestTokens.admin(USER))
                .header("callerId", "x").header("Cookie", "a=b").GET();
        assertThat(app.send(request).statusCode()).isEqualTo(200);
        assertThat(SEEN).startsWith(USER, "admin");
        assertThat(SEEN).doesNotContain("Authorization", "authorization", "Cookie", "cookie");
    }

    @Test
    void the_cron_secret_comes_as_bearer_as_header_or_in_the_body() {
        String path = "/api/quantum/validate-btc-trades";
        List<Object> bodies = new ArrayList<>();
        app.replace("trade-validate", exchange -> {
            bodies.add(exchange.getMessage().getBody() + " " + exchange.getMessage().getHeaders() + exchange.getAllProperties());
            exchange.getMessage().setBody(Map.of());
        });
        assertThat(app.get(path, TestApp.CRON_SECRET).statusCode()).isEqualTo(200);
        assertThat(app.post(path, null, TestApp.CRON_SECRET).statusCode()).isEqualTo(200);
        assertThat(app.post(path, "{\"cronSecret\":\"" + TestApp.CRON_SECRET + "\",\"limit\":5}", null).statusCode()).isEqualTo(200);
        assertThat(app.send(app.request(path, null).header("x-cron-secret", TestApp.CRON_SECRET).GET()).statusCode()).isEqualTo(200);
        assertThat(bodies).hasSize(4).allSatisfy(seen -> assertThat(seen.toString()).as("the secret goes no further")
                .startsWith("rest ").doesNotContain(TestApp.CRON_SECRET));

        assertThat(app.get(path, null).statusCode()).isEqualTo(401);
        assertThat(app.get(path, "wrong").statusCode()).isEqualTo(401);
        assertThat(app.get(path, "").statusCode()).isEqualTo(401);
        assertThat(app.get(path, TestTokens.admin(USER)).statusCode()).isEqualTo(401);
        assertThat(app.get(path + "?cronSecret=" + TestApp.CRON_SECRET, null).statusCode()).isEqualTo(401);
        assertThat(app.post(path, "{\"cronSecret\":[]}", null).statusCode()).isEqualTo(401);
        HttpResponse<String> refused = app.post(path, "{\"cronSecret\":\"" + TestApp.CRON_SECRET + "\"}", "wrong");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("\"errors\":[\"Unauthorized. Invalid cron secret.\"]", "\"tradesValidated\":0");
        assertThat(bodies).hasSize(4);
    }

    @Test
    void without_a_secret_every_signed_in_endpoint_and_the_cron_trigger_refuse() {
        try (TestApp closed = TestApp.on(database, Map.of("jwt.secret", "", "cron.secret", ""))) {
            assertThat(closed.get(STATUS, TestTokens.admin(USER)).statusCode()).isEqualTo(401);
            assertThat(closed.get(STATUS, null).statusCode()).isEqualTo(401);
            for (String secret : new String[] {null, "", "null", TestApp.CRON_SECRET}) {
                assertThat(closed.get("/api/quantum/validate-btc-trades", secret).statusCode()).isEqualTo(401);
            }
            assertThat(closed.post("/api/quantum/validate-btc-trades", "{\"cronSecret\":\"\"}", null).statusCode()).isEqualTo(401);
            assertThat(closed.get("/api/quantum/health", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_token_that_was_signed_out_is_refused_where_the_deployment_keeps_a_list() {
        database.execute("CREATE TABLE sessions (token_hash text PRIMARY KEY)");
        try (TestApp listed = TestApp.on(database, Map.of("jwt.sessions-column", "public.sessions.token_hash"))) {
            listed.replace("migration-status", exchange -> exchange.getMessage().setBody(Map.of()));
            String token = TestTokens.admin(USER);
            assertThat(listed.get(STATUS, token).statusCode()).isEqualTo(401);
            database.execute("INSERT INTO sessions VALUES (encode(sha256('" + token + "'), 'hex'))");
            assertThat(listed.get(STATUS, token).statusCode()).isEqualTo(200);
            database.execute("DELETE FROM sessions");
            assertThat(listed.get(STATUS, token).statusCode()).isEqualTo(401);
        } finally {
            database.execute("DROP TABLE sessions");
        }
        assertThatThrownBy(() -> TestApp.on(database, Map.of("jwt.sessions-column", "sessions.token_hash")))
                .isInstanceOf(Refused.class).hasMessageContaining("jwt.sessions-column is sessions.token_hash");
    }

    @Test
    void a_short_secret_does_not_start() {
        assertThatThrownBy(() -> TestApp.on(database, Map.of("jwt.secret", "x".repeat(31))))
                .isInstanceOf(Refused.class).hasMessageContaining("at least 32").hasMessageNotContaining("xxx");
        assertThatThrownBy(() -> TestApp.on(database, Map.of("jwt.jwks-url", "https://keys.example/jwks")))
                .isInstanceOf(Refused.class).hasMessageContaining("both set");
    }

    @Test
    void a_wanted_audience_must_be_named() {
        try (TestApp strict = TestApp.on(database, Map.of("jwt.audience", "authenticated"))) {
            strict.replace("migration-status", exchange -> exchange.getMessage().setBody(Map.of()));
            assertThat(strict.get(STATUS, TestTokens.admin(USER)).statusCode()).isEqualTo(401);
            assertThat(strict.get(STATUS, TestTokens.sign(admin().audience("other").build())).statusCode()).isEqualTo(401);
            assertThat(strict.get(STATUS, TestTokens.sign(admin().audience(List.of("other", "authenticated")).build())).statusCode()).isEqualTo(200);
        }
    }
}
