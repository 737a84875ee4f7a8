package dev.toygun.api;

import dev.toygun.store.ApiKeys;
import dev.toygun.store.Place;
import dev.toygun.store.Views;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** API keys: made, listed, revoked. */
final class Keys {
  private final ApiKeys keys;
  private final Roots roots;
  private final Auth auth;
  private final Time time;

  Keys(ApiKeys keys, Views views, Auth auth, Time time) {
    this.keys = keys;
    this.roots = new Roots(views);
    this.auth = auth;
    this.time = time;
  }

  /** {@code GET /v1/keys}. */
  Future<Answer> list(Call call) {
    List<String> after = Pages.after(call, 1);
    UUID last = after == null ? null : Parameters.uuid("page_token", after.get(0));
    return keys.list(last, call.pageSize() + 1)
        .compose(
            rows ->
                roots(rows)
                    .map(
                        roots ->
                            Answer.ok(
                                Pages.page(
                                    call,
                                    rows,
                                    key -> show(key, roots),
                                    key -> List.of(key.uuid().toString())))));
  }

  /** Where the roots are that keys are limited to. */
  private Future<Map<UUID, Place>> roots(Collection<ApiKeys.Key> rows) {
    return roots.places(rows.stream().map(key -> scope(key).under()).toList());
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
    String root = call.body().getString("under");
    UUID under = root == null ? null : Parameters.uuid("under", root);
    return roots
        .living(under)
        .compose(
            places ->
                keys.insert(
                        text.stored(
                            time.uuid(),
                            call.body().getString("name"),
                            call.body().getString("role"),
                            call.caller().stored(),
                            expires,
                            KeyScope.of(types).under(under)))
                    .map(key -> Answer.of(201, show(key, places).put("key", text.reveal()))));
  }

  /** {@code POST /v1/keys/{uuid}:revoke}. */
  Future<Answer> revoke(Call call) {
    UUID uuid = call.uuid("uuid");
    return keys.revoke(uuid)
        .compose(
            key -> {
              if (key == null) {
                throw Problem.notFound("not_found", "there is no API key " + uuid);
              }
              auth.forget(key.prefix());
              return roots(List.of(key)).map(roots -> Answer.ok(show(key, roots)));
            });
  }

  /* One that a newer build has limited by more than that is refused here, and shown by that. */
  private static KeyScope scope(ApiKeys.Key key) {
    return KeyScope.read(key.scopes()).orElse(KeyScope.ALL);
  }

  private static @Nullable JsonArray types(ApiKeys.Key key) {
    @Nullable Set<String> types = scope(key).typesWithin();
    return types == null ? null : new JsonArray(List.copyOf(types));
  }

  private static JsonObject show(ApiKeys.Key key, Map<UUID, Place> roots) {
    return new JsonObject()
        .put("uuid", key.uuid().toString())
        .put("name", key.name())
        .put("prefix", key.prefix())
        .put("role", key.role())
        .put("types", types(key))
        .put("under", Roots.show(scope(key).under(), roots))
        .put("created_by", key.createdBy())
        .put("created_at", key.createdAt().toString())
        .put("expires_at", TypeShow.time(key.expiresAt()))
        .put("last_used_at", TypeShow.time(key.lastUsedAt()))
        .put("revoked_at", TypeShow.time(key.revokedAt()));
  }
}
