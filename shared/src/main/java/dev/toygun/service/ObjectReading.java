package dev.toygun.service;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a setting that is a JSON object; it gathers what is wrong instead of stopping at
 * the first, and shows nothing of what was said but names.
 */
final class ObjectReading {
  private static final Set<String> ROLES =
      new TreeSet<>(Set.of("viewer", "secret-reader", "auditor", "operator", "admin"));
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final JsonObject said;
  private final List<String> wrongs = new ArrayList<>();

  private ObjectReading(JsonObject said) {
    this.said = said;
  }

  /**
   * Begins to read.
   *
   * @param names what its members are called
   * @throws IllegalArgumentException where it is no object
   */
  static ObjectReading of(String text, Set<String> names) {
    ObjectReading reading;
    try {
      reading = new ObjectReading(new JsonObject(text));
    } catch (DecodeException e) {
      throw new IllegalArgumentException("expected a JSON object");
    }
    reading.said.fieldNames().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> reading.wrong("nothing here is called " + name));
    return reading;
  }

  boolean has(String name) {
    return said.containsKey(name);
  }

  void wrong(String what) {
    wrongs.add(what);
  }

  String text(String name, @Nullable String standard) {
    if (standard != null && !said.containsKey(name)) {
      return standard;
    }
    if (said.getValue(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    wrong(name + " is a text");
    return "";
  }

  URI url(String name, boolean withPath) {
    try {
      URI url = URI.create(text(name, null));
      boolean secure =
          "https".equals(url.getScheme())
              || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost()));
      boolean bare = url.getRawQuery() == null && url.getRawFragment() == null;
      if (secure && url.getHost() != null && bare && (withPath || path(url).isEmpty())) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    wrong(
        "%s is a URL such as https://%s.example, or http:// of this very machine%s"
            .formatted(name, name, withPath ? "" : ", without a path"));
    return URI.create("");
  }

  private static String path(URI url) {
    return "/".equals(url.getRawPath()) ? "" : url.getRawPath();
  }

  String role(String name) {
    return role(name + " is", said.getValue(name));
  }

  private String role(String what, @Nullable Object value) {
    if (value instanceof String role && ROLES.contains(role)) {
      return role;
    }
    wrong("%s one of %s".formatted(what, String.join(", ", ROLES)));
    return "";
  }

  /** The role of each of those that it names, in their order. */
  Map<String, String> roles(String name, String example) {
    Map<String, String> roles = new LinkedHashMap<>();
    if (said.getValue(name) instanceof JsonObject all && !all.isEmpty()) {
      all.forEach(
          entry ->
              roles.put(
                  entry.getKey(),
                  role("the role of %s is".formatted(entry.getKey()), entry.getValue())));
    } else {
      wrong("%s is an object such as {\"%s\":\"admin\"}".formatted(name, example));
    }
    return roles;
  }

  /**
   * Ends it.
   *
   * @throws IllegalArgumentException saying all that is wrong
   */
  void end() {
    if (!wrongs.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrongs));
    }
  }
}
