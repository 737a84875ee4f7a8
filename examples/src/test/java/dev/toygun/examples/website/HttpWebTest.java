package dev.toygun.examples.website;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real client against a real server. */
class HttpWebTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final HttpWeb WEB = new HttpWeb(VERTX, 2_000);
  private static int port;

  @BeforeAll
  static void listen() throws Exception {
    HttpServer server = VERTX.createHttpServer().requestHandler(HttpWebTest::answer);
    port = result(server.listen(0, "127.0.0.1")).actualPort();
  }

  @AfterAll
  static void close() throws Exception {
    WEB.close();
    result(VERTX.close());
  }

  @ParameterizedTest
  @CsvSource({"/200,true", "/204,true", "/301,true", "/404,false", "/500,false", "/endless,true"})
  void theStatusDecides(String path, boolean up) throws Exception {
    assertThat(result(WEB.answers(at(path), Optional.empty()))).isEqualTo(up);
  }

  @Test
  void aSiteThatHangsDoesNotAnswer() throws Exception {
    assertThat(result(WEB.answers(at("/hang"), Optional.empty()))).isFalse();
  }

  @Test
  void aSiteThatHangsUpDoesNotAnswer() throws Exception {
    assertThat(result(WEB.answers(at("/hang-up"), Optional.empty()))).isFalse();
  }

  @Test
  void aPortWhereNobodyListensDoesNotAnswer() throws Exception {
    HttpServer gone = VERTX.createHttpServer().requestHandler(HttpWebTest::answer);
    int closed = result(gone.listen(0, "127.0.0.1")).actualPort();
    result(gone.close());
    URI address = URI.create("http://127.0.0.1:" + closed + "/200");
    assertThat(result(WEB.answers(address, Optional.empty()))).isFalse();
  }

  @Test
  void theTokenIsShown() throws Exception {
    URI closed = at("/closed");
    assertThat(result(WEB.answers(closed, Optional.empty()))).isFalse();
    assertThat(result(WEB.answers(closed, Optional.of(Secret.of("sesame"))))).isTrue();
  }

  private static void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/hang" -> request.pause();
      case "/hang-up" -> request.connection().close();
      case "/endless" -> request.response().setChunked(true).write("and so on");
      case "/closed" ->
          request
              .response()
              .setStatusCode("Bearer sesame".equals(request.getHeader("Authorization")) ? 200 : 401)
              .end();
      default ->
          request.response().setStatusCode(Integer.parseInt(request.path().substring(1))).end();
    }
  }

  private static URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
