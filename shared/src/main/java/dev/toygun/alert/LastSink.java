package dev.toygun.alert;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sink that the configuration names, for when there is no database to look one up in.
 *
 * @param settings in the clear
 */
public record LastSink(SinkKind kind, JsonObject settings) {
  public LastSink {
    settings = settings.copy();
  }

  /**
   * Reads {@code [{"kind":"webhook","url":"https://…","secret":"…"}, …]}.
   *
   * @throws IllegalArgumentException saying all that is wrong, and nothing that is secret
   */
  public static List<LastSink> read(String text) {
    JsonArray all;
    try {
      all = new JsonArray(text);
    } catch (DecodeException e) {
      throw new IllegalArgumentException("expected a JSON list of sinks");
    }
    List<String> wrongs = new ArrayList<>();
    List<LastSink> sinks = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (all.getValue(i) instanceof JsonObject one) {
        read(one, "sink " + (i + 1), sinks, wrongs);
      } else {
        wrongs.add("sink %d is no JSON object".formatted(i + 1));
      }
    }
    if (!wrongs.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrongs));
    }
    return List.copyOf(sinks);
  }

  private static void read(JsonObject one, String name, List<LastSink> sinks, List<String> wrongs) {
    JsonObject settings = one.copy();
    Object said = settings.remove("kind");
    Optional<SinkKind> kind = SinkKind.ofStored(String.valueOf(said));
    if (kind.isEmpty()) {
      wrongs.add("%s: kind is one of %s".formatted(name, SinkKind.known()));
      return;
    }
    if (kind.get().isOfErrors()) {
      wrongs.add(
          name
              + ": a sink of kind %s is told of errors, and this is none"
                  .formatted(kind.get().stored()));
      return;
    }
    List<SinkSettings.Wrong> found = SinkSettings.wrongs(kind.get(), settings);
    found.forEach(wrong -> wrongs.add("%s, %s: %s".formatted(name, wrong.name(), wrong.detail())));
    sinks.add(new LastSink(kind.get(), settings));
  }

  /** Its kind, and nothing else. */
  @Override
  public String toString() {
    return "LastSink[" + kind.stored() + "]";
  }
}
