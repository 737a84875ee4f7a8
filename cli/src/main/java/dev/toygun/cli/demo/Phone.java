package dev.toygun.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where the alarms of the demo arrive: a web server of its own, as anybody's would be. */
final class Phone implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();

  private Phone(HttpServer server) {
    this.server = server;
  }

  /** Begins to listen, on loopback. */
  static Phone open(Timeline timeline) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Phone phone = new Phone(server);
    server.createContext(
        "/",
        exchange -> {
          JsonNode message = JSON.readTree(exchange.getRequestBody());
          phone.messages.add(message);
          timeline.say("   the phone says: " + message.path("title").asText());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return phone;
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
  }

  /** Whether it has rung for this alarm of this resource. */
  boolean heard(String event, String alarm, String label) {
    return messages.stream()
        .anyMatch(
            message ->
                message.path("event").asText().equals(event)
                    && message.path("alarm").path("name").asText().equals(alarm)
                    && message.path("alarm").path("resource_label").asText().equals(label));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
