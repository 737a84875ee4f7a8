package dev.toygun.api;

import dev.toygun.store.ApiKeys;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** API keys: made, listed, revoked. */
final class Keys {
  private final ApiKeys keys;
  private final Auth auth;
  private final Time time;

  Keys(ApiKeys keys, Auth auth, Time time) {
    this.keys = keys;
    this.auth = auth;
    this.time = time;
  }

  /** {@code GET /v1/keys}. */
  Future<Answer> list(Call call) {
    List<String> after = Pages.after(call, 1);
    UUID last = after == null ? null : Parameters.uuid("page_token", after.get(0));
    return keys.list(last, call.pageSize() + 1)
        .map(
            rows ->
                Answer.ok(
                    Pages.page(call, rows, Keys::show, key -> List.of(key.uuid().toString()))));
  }

  /** {@code POST /v1/keys}. */
  Future<Answer> create(Call call) {
    Instant expires = Bodies.time(call.body(), "expires_at");
    if (expires != null && !expires.isAfter(time.now())) {
      throw Problem.invalid(List.of(new Problem.Wrong("/expires_at", "it is past already")));
    }
    KeyText text = KeyText.make(time);
    List<String> types =
        call.body().getJsonArray("types", new JsonArray()).stream()
            .map(String.class::cast)
            .toList();
    return keys.insert(
            text.stored(
                time.uuid(),
                call.body().getString("name"),
                call.body().getString("role"),
                call.caller().stored(),
                expires,
                KeyScope.of(types)))
        .map(key -> Answer.of(201, show(key).put("key", text.reveal())));
  }

  /** {@code POST /v1/keys/{uuid}:revoke}. */
  Future<Answer> revoke(Call call) {
    UUID uuid = call.uuid("uuid");
    return keys.revoke(uuid)
        .map(
            key -> {
              if (key == null) {
                throw Problem.notFound("not_found", "there is no API key " + uuid);
              }
              auth.forget(key.prefix());
              return Answer.ok(show(key));
            });
  }

  /* One that a newer build has limited by more than types is refused here, and shown by that. */
  private static @Nullable JsonArray types(ApiKeys.Key key) {
    @Nullable Set<String> types = KeyScope.read(key.scopes()).orElse(KeyScope.ALL).types();
    return types == null ? null : new JsonArray(List.copyOf(types));
  }

  private static JsonObject show(ApiKeys.Key key) {
    return new JsonObject()
        .put("uuid", key.uuid().toString())
        .put("name", key.name())
        .put("prefix", key.prefix())
        .put("role", key.role())
        .put("types", types(key))
        .put("created_by", key.createdBy())
        .put("created_at", key.createdAt().toString())
        .put("expires_at", TypeShow.time(key.expiresAt()))
        .put("last_used_at", TypeShow.time(key.lastUsedAt()))
        .put("revoked_at", TypeShow.time(key.revokedAt()));
  }
}
