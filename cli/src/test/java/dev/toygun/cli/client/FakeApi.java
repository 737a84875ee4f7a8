package dev.toygun.cli.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.toygun.cli.Toygun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An API that says what it is told to, and notes what it was asked; and the command, run on it. */
final class FakeApi implements AutoCloseable {
  private final HttpServer server;
  private final Answers answers;
  private final Path folder;

  /** What it was asked, in order. */
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** What a client asked. */
  record Asked(String method, String target, String body, @Nullable String ifMatch) {}

  /** What it hears. */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer ok(String body) {
      return new Answer(200, Map.of(), body);
    }
  }

  /** What to say to what. */
  interface Answers {
    Answer to(Asked asked);
  }

  FakeApi(Path folder, Answers answers) throws IOException {
    this.folder = folder;
    this.answers = answers;
    Files.writeString(folder.resolve("api-key"), "a-key");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Asked question =
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            exchange.getRequestHeaders().getFirst("If-Match"));
    asked.add(question);
    Answer answer = answers.to(question);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  Api client() {
    return new Api(url(), "a-key");
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What a command said, and its code. */
  record Said(int code, String out, String err) {}

  Said run(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--url", url(), "--data", folder.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Toygun.run(new PrintWriter(out), new PrintWriter(err), all.toArray(new String[0]));
    return new Said(code, out.toString(), err.toString());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
