package dev.toygun.api;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What an operation says.
 *
 * @param body null for none
 * @param made the resource that it made, for the audit; null for none
 */
record Answer(
    int status, @Nullable JsonObject body, Map<String, String> headers, @Nullable UUID made) {

  static Answer ok(JsonObject body) {
    return of(200, body);
  }

  static Answer of(int status, JsonObject body) {
    return new Answer(status, body, Map.of(), null);
  }

  /** To {@code validate_only}. */
  static Answer valid() {
    return ok(new JsonObject().put("valid", true));
  }

  /**
   * A thing, and its ETag: its version, by which {@code If-Match} goes, and a fingerprint of what
   * is shown, by which {@code If-None-Match} goes too. A resource shows its tasks, which move
   * without it.
   */
  Answer version(long version) {
    CRC32 fingerprint = new CRC32();
    if (body != null) {
      fingerprint.update(body.toBuffer().getBytes());
    }
    return header("ETag", "\"%d.%08x\"".formatted(version, fingerprint.getValue()));
  }

  Answer header(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Answer(status, body, Map.copyOf(more), made);
  }

  Answer made(UUID resource) {
    return new Answer(status, body, headers, resource);
  }
}
