package dev.toygun.api;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream of events that somebody reads. */
final class Followed implements AutoCloseable {
  private static final String END = "";

  private final InputStream in;
  private final LinkedBlockingQueue<String> blocks = new LinkedBlockingQueue<>();

  Followed(InputStream in) {
    this.in = in;
    Thread reader = new Thread(this::read, "followed");
    reader.setDaemon(true);
    reader.start();
  }

  /** One event; without a name for where it begins, and for a sign of life. */
  record Said(String event, String id, String data) {
    JsonObject body() {
      return new JsonObject(data);
    }
  }

  /** The next event of this name; others but signs of life must not come before it. */
  Said next(String event) {
    while (true) {
      Said said = said(block());
      if (said.event().equals(event)) {
        return said;
      }
      if (!said.event().isEmpty()) {
        throw new AssertionError("expected '%s': %s".formatted(event, said));
      }
    }
  }

  /** Whether the other side ends it, after whatever it still had to say: 200 blocks at most. */
  boolean ends() {
    for (int i = 0; i < 200; i++) {
      if (block().equals(END)) {
        return true;
      }
    }
    return false;
  }

  private String block() {
    try {
      String block = blocks.poll(30, TimeUnit.SECONDS);
      if (block == null) {
        throw new AssertionError("no event came in 30 s");
      }
      return block;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Said said(String block) {
    String event = "";
    String id = "";
    String data = "";
    for (String line : block.lines().toList()) {
      if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("data: ")) {
        data = line.substring(6);
      }
    }
    return new Said(event, id, data);
  }

  private void read() {
    List<String> lines = new ArrayList<>();
    try (var reader =
        new java.io.BufferedReader(
            new java.io.InputStreamReader(in, java.nio.charset.StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isEmpty()) {
          blocks.add(String.join("\n", lines));
          lines.clear();
        } else {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      // Closed, here or there.
    }
    blocks.add(END);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
