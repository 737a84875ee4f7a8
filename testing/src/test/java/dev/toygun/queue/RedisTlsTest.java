package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.alert.Certificate;
import dev.toygun.crypto.Keyring;
import dev.toygun.testing.servers.RedisServer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis behind a door that speaks TLS only. */
class RedisTlsTest {
  @TempDir static Path folder = Path.of("");
  private final RedisRig rig = new RedisRig();
  private int port;

  @BeforeAll
  static void makeCertificate() throws Exception {
    keytool(
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=redis",
            "-ext",
            "san=dns:localhost",
            "-validity",
            "2"));
    keytool(List.of("-exportcert", "-rfc", "-file", folder.resolve("authority.pem").toString()));
  }

  @BeforeEach
  void openTheDoor() {
    NetServer door =
        rig.vertx.createNetServer(
            new NetServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSsl(true)
                .setKeyCertOptions(
                    new PfxOptions()
                        .setPath(folder.resolve("keys.p12").toString())
                        .setPassword("changeit")));
    door.connectHandler(this::letThrough);
    port = Waiting.get(door.listen()).actualPort();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aServerOfTheNamedAuthorityIsSpokenTo() {
    spokenTo("localhost", "?sslrootcert=" + authority());
    spokenTo("localhost", "?sslmode=verify-full&sslrootcert=" + authority());
    spokenTo("127.0.0.1", "?sslmode=verify-ca&sslrootcert=" + authority());
    spokenTo("127.0.0.1", "?sslmode=require");
  }

  @Test
  void aServerThatAnybodyCouldBeIsNot() {
    refused("localhost", "");
    refused("localhost", "?sslmode=verify-ca");
  }

  @Test
  void aServerOfAnotherNameIsNot() {
    refused("127.0.0.1", "?sslrootcert=" + authority());
  }

  @Test
  void anAuthorityThatIsNamedIsAskedForByRequireToo() throws Exception {
    Certificate.make(folder); // localhost.pem
    refused("localhost", "?sslmode=require&sslrootcert=" + folder.resolve("localhost.pem"));
  }

  @Test
  void whatAnAddressCannotSayIsRefusedWithoutItsPassword() {
    for (String wrong :
        List.of(
            "redis://:hush@host?sslmode=verify-full",
            "rediss://:hush@host?sslmode=prefer",
            "rediss://:hush@host/db",
            "http://:hush@host",
            "redis://:hu sh@host")) {
      assertThatThrownBy(() -> RedisAddress.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the address of Redis")
          .message()
          .doesNotContain("hush")
          .doesNotContain("hu sh");
    }
  }

  private static Path authority() {
    return folder.resolve("authority.pem");
  }

  private void spokenTo(String host, String parameters) {
    RedisQueue queue = queue(host, parameters);
    Waiting.get(queue.ping());
    assertThat(Waiting.get(queue.epoch())).isNotNull();
    Waiting.get(queue.close());
  }

  private void refused(String host, String parameters) {
    RedisQueue queue = queue(host, parameters);
    assertThatThrownBy(() -> Waiting.get(queue.ping()))
        .isInstanceOf(RedisFailure.class)
        .hasMessageContaining("rediss://" + host + ":" + port);
    Waiting.get(queue.close());
  }

  private RedisQueue queue(String host, String parameters) {
    return RedisQueue.connect(
        rig.vertx,
        "rediss://" + host + ":" + port + parameters,
        Keyring.parse(rig.keychain, rig.time::random),
        rig.time,
        rig.metrics,
        rig.settings);
  }

  private void letThrough(NetSocket client) {
    client.pause();
    rig.vertx
        .createNetClient()
        .connect(RedisServer.shared().port(), "127.0.0.1")
        .onSuccess(
            redis -> {
              redis.pipeTo(client);
              client.pipeTo(redis);
            })
        .onFailure(failure -> client.close());
  }

  private static void keytool(List<String> what) throws IOException, InterruptedException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(what);
    command.addAll(
        List.of(
            "-alias",
            "redis",
            "-keystore",
            folder.resolve("keys.p12").toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
