package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.cli.Exit;
import java.util.ArrayList;
import java.util.List;

/** Lists that the API hands out a page at a time. */
final class Lists {
  private static final int PAGE = 500;

  private Lists() {}

  /** All items of a list, page after page, so many at most. */
  static List<JsonNode> all(Api api, String path, int most) {
    return all(api, path, "", most);
  }

  /**
   * The same.
   *
   * @param query what narrows it, such as {@code &closed=true}
   */
  static List<JsonNode> all(Api api, String path, String query, int most) {
    List<JsonNode> items = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = api.get(path + "?page_size=" + PAGE + query + token);
      page.path("items").forEach(items::add);
      token = next(page);
    } while (!token.isEmpty() && items.size() < most);
    return items;
  }

  /** What asks for the page that follows this one; empty where none does. */
  static String next(JsonNode page) {
    JsonNode token = page.path("next_page_token");
    return token.isTextual() ? "&page_token=" + Api.part(token.asText()) : "";
  }

  /** As much of a uuid as fits into a table, and as tells it from others: the end of it. */
  static String ending(String uuid) {
    return uuid.substring(Math.max(0, uuid.length() - 12));
  }

  /**
   * The uuid of the one item that a person means by the end of it.
   *
   * @param one what an item is called, and {@code many} are
   */
  static String ending(List<JsonNode> items, String end, String one, String many) {
    if (end.isBlank()) {
      throw new Exit.Failure(
          Exit.USAGE, "Which %s? Write its uuid, or the end of it.".formatted(one));
    }
    List<String> found =
        items.stream()
            .map(item -> item.path("uuid").asText())
            .filter(uuid -> uuid.endsWith(end))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw found.isEmpty()
        ? new Exit.Failure(
            Exit.NOT_FOUND, "There is no %s whose uuid ends with %s".formatted(one, end))
        : new Exit.Failure(
            Exit.CONFLICT,
            "%d %s have a uuid that ends with %s: write more of it"
                .formatted(found.size(), many, end));
  }

  /** A list in the API's own shape. */
  static JsonNode of(List<JsonNode> items) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.putArray("items").addAll(items);
    list.putNull("next_page_token");
    return list;
  }
}
