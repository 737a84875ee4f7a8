package dev.toygun.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the API is and the key, as the command line finds them.
 *
 * @param environment variables
 * @param folder where {@code toygun up} keeps its data
 */
record Found(Map<String, String> environment, Path folder, String url, String key) {
  static Found in(Map<String, String> environment, Path here) {
    String data = environment.getOrDefault("TOYGUN_DATA", "");
    return new Found(environment, here.resolve(data.isEmpty() ? ".toygun" : data), "", "");
  }

  /** The whole, where this is said; null for what is not. */
  Found given(@Nullable String url, @Nullable String key) {
    String who = first(key, environment.get("TOYGUN_API_KEY"));
    // A folder may be anybody's, as one that was cloned: it says where its own key goes, and no
    // other.
    String left = who.isEmpty() ? line(folder.resolve("url")) : "";
    String port = first(environment.get("TOYGUN_PORT"), "8080");
    String where = first(url, environment.get("TOYGUN_URL"), left, "http://127.0.0.1:" + port);
    who = first(who, line(folder.resolve("api-key")));
    if (who.isEmpty()) {
      throw new ToygunException(
          "No API key: set TOYGUN_API_KEY, give one, or run this where `toygun up` runs (%s has no api-key)"
              .formatted(folder.toAbsolutePath()));
    }
    return new Found(environment, folder, where, who);
  }

  private static String first(@Nullable String... values) {
    for (String value : values) {
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private static String line(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      throw new ToygunException("cannot read " + file.toAbsolutePath(), e);
    }
  }

  @Override
  public String toString() {
    return "Found[" + url + "]"; // Without the key.
  }
}
