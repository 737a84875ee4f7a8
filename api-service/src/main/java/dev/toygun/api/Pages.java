package dev.toygun.api;

import dev.toygun.store.Views.Page;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cuts lists into pages. A token holds what the page before ended with, and a fingerprint of the
 * query, without which the next page would be of another list. It is no secret and gives no rights:
 * whoever makes one up gets a page that a filter would give too. Keys that are limited have it as
 * {@link SealedTokens} has closed it.
 */
final class Pages {
  private Pages() {}

  /** What the page before ended with, as {@link #page} was told; null for the first page. */
  static @Nullable List<String> after(Call call, int values) {
    String token = call.maybe("page_token");
    if (token == null) {
      return null;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      JsonArray parts = new JsonArray(new String(bytes, StandardCharsets.UTF_8));
      if (parts.size() == values + 1 && !parts.contains(null)) {
        if (!fingerprint(call).equals(parts.getValue(0))) {
          throw Problem.badRequest(
              "bad_page_token",
              "page_token belongs to another query: repeat the query that it came from, or leave it"
                  + " out to begin");
        }
        return parts.stream().skip(1).map(String.class::cast).toList();
      }
    } catch (IllegalArgumentException | DecodeException | ClassCastException e) {
      // said below
    }
    throw unknownToken();
  }

  /** What is said of a token that nobody was given. */
  static Problem unknownToken() {
    return Problem.badRequest(
        "bad_page_token", "page_token is none that was given out: leave it out to begin");
  }

  /**
   * A page of rows, of which one more than a page holds was read.
   *
   * @param end what the page ends with, if it ends with this row
   */
  static <T> JsonObject page(
      Call call, List<T> rows, Function<T, JsonObject> show, Function<T, List<String>> end) {
    return page(call, Page.of(rows, call.pageSize()), show, end);
  }

  /** A page that was cut already. */
  static <T> JsonObject page(
      Call call, Page<T> page, Function<T, JsonObject> show, Function<T, List<String>> end) {
    List<T> rows = page.rows();
    return page(call, rows, show, page.more() ? end.apply(rows.get(rows.size() - 1)) : null);
  }

  /** A page that ends with this; null where it is the last one. */
  static <T> JsonObject page(
      Call call, List<T> rows, Function<T, JsonObject> show, @Nullable List<String> end) {
    JsonArray items = new JsonArray();
    rows.forEach(row -> items.add(show.apply(row)));
    return new JsonObject()
        .put("items", items)
        .put("next_page_token", end == null ? null : token(call, end));
  }

  private static String token(Call call, List<String> values) {
    JsonArray parts = new JsonArray().add(fingerprint(call));
    values.forEach(parts::add);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(parts.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** Of the operation and everything asked of it, but for where in the list, and how much of it. */
  private static String fingerprint(Call call) {
    Map<String, Object> query = new TreeMap<>(call.values());
    query.keySet().removeAll(List.of("page_token", "page_size", "counts"));
    String text = call.operation().id() + query;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
