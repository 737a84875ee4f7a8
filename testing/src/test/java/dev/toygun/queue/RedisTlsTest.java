package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void aServerOfOurAuthorityIsSpokenTo() {
    RedisQueue queue = queue("localhost", true);
    Waiting.get(queue.ping());
    assertThat(Waiting.get(queue.epoch()).made()).isTrue();
    Waiting.get(queue.close());
  }

  @Test
  void aServerThatAnybodyCouldBeIsNot() {
    RedisQueue queue = queue("localhost", false);
    assertThatThrownBy(() -> Waiting.get(queue.ping()))
        .isInstanceOf(RedisFailure.class)
        .hasMessageContaining("rediss://localhost:" + port);
    Waiting.get(queue.close());
  }

  @Test
  void aServerOfAnotherNameIsNot() {
    RedisQueue queue = queue("127.0.0.1", true);
    assertThatThrownBy(() -> Waiting.get(queue.ping())).isInstanceOf(RedisFailure.class);
    Waiting.get(queue.close());
  }

  private RedisQueue queue(String host, boolean withAuthority) {
    RedisSettings settings =
        withAuthority ? rig.settings.withAuthority(folder.resolve("authority.pem")) : rig.settings;
    return RedisQueue.connect(
        rig.vertx,
        "rediss://" + host + ":" + port,
        Keyring.parse(rig.keychain, rig.time::random),
        rig.time,
        rig.metrics,
        settings);
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
