package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.alert.Certificate;
import io.vertx.core.Vertx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A Postgres that speaks TLS, with a certificate of its own: as services and as migrate see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTlsTest {
  private final Path folder;
  private final Vertx vertx = Vertx.vertx();
  private Certificate certificate;
  private EmbeddedPostgres server;

  PostgresTlsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  void start() throws Exception {
    certificate = Certificate.make(folder);
    Path key =
        Files.createFile(
            folder.resolve("localhost.key"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, certificate.key());
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", pem().toString())
            .setServerConfig("ssl_key_file", key.toString())
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
    PostgresFixture.wait(vertx.close());
  }

  private Path pem() {
    return folder.resolve("localhost.pem");
  }

  private String url(String host, String parameters) {
    return "postgresql://postgres:postgres@%s:%d/postgres?%s"
        .formatted(host, server.getPort(), parameters);
  }

  /** Asks the server with TLS or not at all. */
  private static void check(Vertx vertx, DatabaseUrl url) {
    PgStore store = PgStore.connect(vertx, url, DatabaseSettings.of("test"));
    try {
      PostgresFixture.wait(store.check().map(true));
    } finally {
      PostgresFixture.wait(store.close().map(true));
    }
  }

  private void spokenTo(String host, String parameters) {
    DatabaseUrl url = DatabaseUrl.parse(url(host, parameters));
    assertThat(Migrations.migrate(url).version()).isEqualTo(Schema.VERSION);
    check(vertx, url);
  }

  private void refused(String host, String parameters, String why) {
    DatabaseUrl url = DatabaseUrl.parse(url(host, parameters));
    assertThatThrownBy(() -> check(vertx, url)).hasMessageContaining("SSL handshake failed");
    assertThatThrownBy(() -> Migrations.migrate(url)).hasStackTraceContaining(why);
  }

  @Test
  void aServerOfTheNamedAuthorityIsSpokenTo() {
    spokenTo("localhost", "sslmode=verify-full&sslrootcert=" + pem());
    spokenTo("127.0.0.1", "sslmode=verify-ca&sslrootcert=" + pem());
    spokenTo("127.0.0.1", "sslmode=require");
  }

  @Test
  void aServerOfAnotherNameIsNot() {
    refused(
        "127.0.0.1",
        "sslmode=verify-full&sslrootcert=" + pem(),
        "The hostname 127.0.0.1 could not be verified");
  }

  /** As to Postgres' own programs. */
  @Test
  void anAuthorityThatIsNamedIsAskedForByRequireToo() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Certificate.make(other);
    spokenTo("127.0.0.1", "sslmode=require&sslrootcert=" + pem());
    refused("localhost", "sslmode=require&sslrootcert=" + other.resolve("localhost.pem"), "PKIX");
  }

  @Test
  void aServerThatJavaDoesNotTrustIsNotWhereNoAuthorityIsNamed() {
    String untrusted = "unable to find valid certification path";
    refused("localhost", "sslmode=verify-full", untrusted);
    refused("localhost", "sslmode=verify-ca", untrusted);
  }

  /** In a process of its own: a Java reads whom it trusts once. */
  @Test
  void aServerThatJavaTrustsIsSpokenToWhereNoAuthorityIsNamed() throws Exception {
    Path said = folder.resolve("said");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djavax.net.ssl.trustStore=" + certificate.store(),
                "-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                Trusting.class.getName(),
                url("localhost", "sslmode=verify-full"))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(java.exitValue()).as(Files.readString(said)).isZero();
  }

  /** Migrates a database and looks at it; ends with another code than 0 where it cannot. */
  static final class Trusting {
    private Trusting() {}

    public static void main(String[] urls) {
      DatabaseUrl url = DatabaseUrl.parse(urls[0]);
      Migrations.migrate(url);
      Vertx vertx = Vertx.vertx();
      try {
        check(vertx, url);
      } finally {
        PostgresFixture.wait(vertx.close());
      }
    }
  }
}
