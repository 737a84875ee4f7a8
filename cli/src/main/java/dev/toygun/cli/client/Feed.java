package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Events as the API tells them, one after the other. A connection that breaks is made again, and
 * goes on after the last event.
 */
final class Feed implements AutoCloseable {
  private static final int MOST_TRIES = 30;

  private final Api api;
  private final String path;
  private @Nullable BufferedReader lines;
  private String last = "";

  /** Begins at once: what happens from now on is not missed. */
  Feed(Api api, String path) {
    this.api = api;
    this.path = path;
    next(true);
  }

  /**
   * One event.
   *
   * @param reset whether what happened before it is not known: to be read anew
   * @param body what it says
   */
  record Event(boolean reset, JsonNode body) {}

  /** Waits for the next event. */
  Event next() {
    while (true) {
      Event event = next(false);
      if (event != null) {
        return event;
      }
    }
  }

  /** Waits for the next event or a sign of life, which is null; 15 s at most while all is well. */
  @Nullable Event nextOrSign() {
    return next(false);
  }

  /* Without an event where the stream only begins, or gives a sign of life. */
  private @Nullable Event next(boolean atOnce) {
    String name = "";
    String data = "";
    for (int tries = 0; ; ) {
      try {
        BufferedReader from = open();
        for (String line = from.readLine(); line != null; line = from.readLine()) {
          if (line.startsWith("id: ")) {
            last = line.substring(4);
          } else if (line.startsWith("event: ")) {
            name = line.substring(7);
          } else if (line.startsWith("data: ")) {
            data = line.substring(6);
          } else if (line.isEmpty()) {
            return data.isEmpty()
                ? null
                : new Event(name.equals("reset"), Api.parse(data, "event"));
          }
        }
        throw new IOException("the API has ended the stream of events");
      } catch (IOException e) {
        close();
        name = "";
        data = "";
        if (atOnce || ++tries > MOST_TRIES || !Pause.of(java.time.Duration.ofSeconds(1))) {
          throw new Exit.Failure(Exit.UNAVAILABLE, "Events cannot be followed: " + e.getMessage());
        }
      }
    }
  }

  private BufferedReader open() throws IOException {
    BufferedReader there = lines;
    if (there == null) {
      there =
          new BufferedReader(new InputStreamReader(api.follow(path, last), StandardCharsets.UTF_8));
      lines = there;
    }
    return there;
  }

  @Override
  public void close() {
    try {
      if (lines != null) {
        lines.close();
      }
    } catch (IOException e) {
      // It is given up in any case.
    }
    lines = null;
  }
}
