package quantumbtc.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sslmode means, against a server with a certificate of its own and one without TLS. */
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;
    private static EmbeddedPostgres encrypted;
    private static EmbeddedPostgres plain;

    @BeforeAll
    static void start() throws Exception {
        makeCertificate("server");
        makeCertificate("stranger");
        encrypted = EmbeddedPostgres.builder().setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", folder.resolve("server.crt").toString())
                .setServerConfig("ssl_key_file", folder.resolve("server.key").toString()).start();
        plain = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        encrypted.close();
        plain.close();
    }

    @Test
    void require_encrypts_and_trusts_any_certificate() {
        assertThat(encryption(encrypted, "sslmode=require")).isEqualTo("true");
    }

    @Test
    void verify_full_takes_the_certificate_that_was_given_and_no_other() {
        assertThat(encryption(encrypted, "sslmode=verify-full&sslrootcert=" + folder.resolve("server.crt"))).isEqualTo("true");
        assertThatThrownBy(() -> encryption(encrypted, "sslmode=verify-full&sslrootcert=" + folder.resolve("stranger.crt")))
                .isInstanceOf(Refused.class).hasMessageContaining("does not answer");
        assertThatThrownBy(() -> encryption(encrypted, "sslmode=verify-full&sslrootcert=system")).isInstanceOf(Refused.class);
    }

    @Test
    void disable_does_not_encrypt_and_prefer_does_when_it_can() {
        assertThat(encryption(encrypted, "sslmode=disable")).isEqualTo("false");
        assertThat(encryption(encrypted, "sslmode=prefer")).isEqualTo("true");
        assertThat(encryption(plain, "sslmode=prefer")).isEqualTo("false");
    }

    @Test
    void require_refuses_a_server_without_tls() {
        assertThatThrownBy(() -> encryption(plain, "sslmode=require")).isInstanceOf(Refused.class).hasMessageContaining("SSL");
    }

    private static String encryption(EmbeddedPostgres server, String parameters) {
        DatabaseUrl url = DatabaseUrl.parse("postgres://postgres@localhost:" + server.getPort() + "/postgres?" + parameters);
        try (Database database = new Database(url, 4)) {
            return database.jdbi().withHandle(handle -> handle
                    .createQuery("SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()").mapTo(String.class).one());
        }
    }

    private static void makeCertificate(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keyalg", "RSA", "-alias", name, "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD),
                "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "2")).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Key key = keys.getKey(name, PASSWORD);
        Certificate certificate = keys.getCertificate(name);
        Path keyFile = Files.createFile(folder.resolve(name + ".key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
        Files.writeString(folder.resolve(name + ".crt"), pem("CERTIFICATE", certificate.getEncoded()));
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }
}
