package dev.toygun.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go, when they are given up, and who sees the key. */
class ConnectionTest {
  private static final String KEY = Peer.KEY;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://toygun.example",
        "http://10.0.0.1:8080",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "HTTP://toygun.example",
        "http://[2001:db8::1]:8080"
      })
  void theKeyGoesUnencryptedToNobodyElse(String url) {
    assertThatThrownBy(() -> Toygun.builder().url(url).key(KEY).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unencrypted")
        .hasMessageNotContainingAny(KEY);
    assertThat(Toygun.builder().url(url).key(KEY).allowHttp().build()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080",
        "http://127.1.2.3",
        "http://[::1]:8080",
        "http://localhost",
        "https://toygun.example",
        "https://toygun.example/behind/a/path/"
      })
  void theKeyGoesToThisMachineOrEncrypted(String url) {
    assertThat(Toygun.builder().url(url).key(KEY).build())
        .hasToString("Toygun[%s]".formatted(url.replaceAll("/$", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://localhost",
        "localhost:8080",
        "/",
        "https://user:secret@localhost",
        "https://user:secret@local host",
        "https://localhost?key=secret"
      })
  void whatIsNoUrlOfAnApiIsRefused(String url) {
    assertThatThrownBy(() -> Toygun.builder().url(url).key(KEY).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContainingAny("secret", KEY);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void noRedirectIsFollowed(int status) throws IOException {
    try (Peer elsewhere = Peer.answering(asked -> Peer.said(200, "{}"));
        Peer peer = Peer.answering(new Peer.Said(status, Map.of("Location", elsewhere.url()), ""));
        Toygun toygun = peer.client().build()) {
      assertThatThrownBy(toygun::health).isInstanceOf(Problem.class);
      assertThat(peer.asked).hasSize(1);
      assertThat(elsewhere.asked).isEmpty();
    }
  }

  @Test
  void theKeyIsNowhereToBeSeen() throws IOException {
    String url;
    try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://127.0.0.1:" + nobody.getLocalPort();
    }
    try (Toygun toygun = Toygun.builder().url(url).key(KEY).tries(1).build()) {
      Problem problem = catchThrowableOfType(Problem.Unreachable.class, toygun::health);
      StringWriter trace = new StringWriter();
      problem.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).contains("no answer from the API at " + url).doesNotContain(KEY);
      assertThat(toygun.toString()).doesNotContain(KEY);
    }
    for (String wrong : new String[] {KEY + "\n", KEY + " x", KEY + "ü"}) {
      assertThatThrownBy(() -> Toygun.builder().url(url).key(wrong).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("printable")
          .hasMessageNotContainingAny(KEY);
    }
    assertThat(new Found(Map.of(), Path.of(""), url, KEY).toString()).doesNotContain(KEY);
    MadeKey made =
        new MadeKey(
            Json.read(
                ("{\"name\": \"ci\", \"key\": \"" + KEY + "\"}").getBytes(StandardCharsets.UTF_8)));
    assertThat(made.key()).isEqualTo(KEY);
    assertThat(made.toString()).contains("ci").doesNotContain(KEY);
  }

  @Test
  @Timeout(10)
  void anAnswerThatComesAByteAtATimeIsGivenUp() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CountDownLatch given = new CountDownLatch(1);
      CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> dribble(server, given));
      String url = "http://127.0.0.1:" + server.getLocalPort();
      try (Toygun toygun =
          Toygun.builder().url(url).key(KEY).tries(1).timeout(Duration.ofMillis(300)).build()) {
        assertThatThrownBy(toygun::health)
            .isInstanceOf(Problem.Unreachable.class)
            .hasMessageContaining("takes too long");
      }
      given.countDown();
      peer.join();
    }
  }

  /* The head at once, and then a body that never ends, as fast as somebody takes it. */
  private static void dribble(ServerSocket server, CountDownLatch given) {
    try (Socket taken = server.accept();
        OutputStream out = taken.getOutputStream()) {
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
      while (!given.await(20, TimeUnit.MILLISECONDS)) {
        out.write(' ');
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // It was given up.
    }
  }

  @Test
  void urlAndKeyAreFoundWhereUpHasLeftThem(@TempDir Path folder) throws IOException {
    Map<String, String> environment = new HashMap<>(Map.of("TOYGUN_DATA", folder.toString()));
    assertThatThrownBy(() -> found(environment, null))
        .isInstanceOf(ToygunException.class)
        .hasMessageContaining("TOYGUN_API_KEY")
        .hasMessageContaining(folder.toString());
    Files.writeString(folder.resolve("api-key"), KEY + "\n");
    assertThat(found(environment, null)).isEqualTo("http://127.0.0.1:8080 " + KEY);
    Files.writeString(folder.resolve("url"), "http://127.0.0.1:1234\n");
    assertThat(found(environment, null)).isEqualTo("http://127.0.0.1:1234 " + KEY);
    // A folder that says where another key goes may be anybody's.
    assertThat(found(environment, "mine")).isEqualTo("http://127.0.0.1:8080 mine");
    environment.put("TOYGUN_API_KEY", "theirs");
    environment.put("TOYGUN_PORT", "9");
    assertThat(found(environment, null)).isEqualTo("http://127.0.0.1:9 theirs");
    environment.put("TOYGUN_URL", "https://toygun.example");
    assertThat(found(environment, null)).isEqualTo("https://toygun.example theirs");
    Path here = folder.resolve("here");
    Files.createDirectories(here.resolve(".toygun"));
    Files.writeString(here.resolve(".toygun/api-key"), "local");
    assertThat(Found.in(Map.of(), here).given(null, null).key()).isEqualTo("local");
  }

  private static String found(Map<String, String> environment, @Nullable String key) {
    Found found = Found.in(environment, Path.of("")).given(null, key);
    return found.url() + " " + found.key();
  }
}
