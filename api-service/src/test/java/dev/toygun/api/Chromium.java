package dev.toygun.api;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A real browser with one page open, spoken to by the DevTools protocol (chromedevtools.github.io):
 * all that it is asked is to evaluate expressions in that page.
 */
final class Chromium implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String LISTENING = "DevTools listening on ws://";

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
  private int last;

  Chromium(String program, Path profile) {
    try {
      process =
          new ProcessBuilder(
                  program,
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--remote-debugging-port=0",
                  "--remote-debugging-address=127.0.0.1",
                  "--user-data-dir=" + profile)
              .redirectErrorStream(true)
              .start();
      String address = address(process.inputReader(StandardCharsets.UTF_8));
      String made =
          CLIENT
              .send(
                  HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?about:blank"))
                      .PUT(HttpRequest.BodyPublishers.noBody())
                      .build(),
                  BodyHandlers.ofString())
              .body();
      socket =
          CLIENT
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create(new JsonObject(made).getString("webSocketDebuggerUrl")), new Answers())
              .join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String address(BufferedReader said) throws IOException {
    for (@Nullable String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(LISTENING)) {
        String rest = line.substring(LISTENING.length());
        return rest.substring(0, rest.indexOf('/'));
      }
    }
    throw new IOException("the browser ended before it listened");
  }

  /** Goes to a page, and waits until it is there. */
  void open(String url) {
    send("Page.navigate", new JsonObject().put("url", url));
    until("location.href === '%s' && document.readyState === 'complete'".formatted(url));
  }

  /** What an expression of JavaScript comes to in the page, as text. */
  String evaluate(String expression) {
    JsonObject answer =
        send(
            "Runtime.evaluate",
            new JsonObject().put("expression", expression).put("returnByValue", true));
    return String.valueOf(answer.getJsonObject("result").getJsonObject("result").getValue("value"));
  }

  /** Waits until an expression is true in the page. */
  void until(String expression) {
    for (int i = 0; i < 300; i++) {
      if (evaluate(expression).equals("true")) {
        return;
      }
      evaluateLater();
    }
    throw new AssertionError(
        expression + " is not so within 30 s: " + evaluate("document.body.innerText"));
  }

  /* The page itself says when a tenth of a second is over, so that nothing here sleeps. */
  private void evaluateLater() {
    send(
        "Runtime.evaluate",
        new JsonObject()
            .put("expression", "new Promise(then => setTimeout(then, 100))")
            .put("awaitPromise", true));
  }

  private JsonObject send(String method, JsonObject params) {
    int id = ++last;
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    asked.put(id, answer);
    socket
        .sendText(
            new JsonObject().put("id", id).put("method", method).put("params", params).encode(),
            true)
        .join();
    try {
      return answer.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder begun = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
      begun.append(data);
      if (whole) {
        JsonObject said = new JsonObject(begun.toString());
        begun.setLength(0);
        @Nullable Integer id = said.getInteger("id");
        if (id != null) {
          Objects.requireNonNull(asked.remove(id)).complete(said);
        }
      }
      from.request(1);
      return null;
    }
  }

  @Override
  public void close() {
    send("Browser.close", new JsonObject());
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
