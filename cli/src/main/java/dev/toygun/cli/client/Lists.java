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
  private static final int LEAST_BEGINNING = 6;
  private static final int SHOWN = 5;

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

  /**
   * As much of a uuid as fits into a table, and as tells it from others: the end of it. Only of
   * what is then found by it, as {@link #meant} does.
   */
  static String ending(String uuid) {
    return uuid.substring(Math.max(0, uuid.length() - 12));
  }

  /**
   * The uuid of the one item that a person means by a part of it.
   *
   * @param part the end of it, or six digits or more of its beginning
   * @param one what an item is called
   */
  static String meant(List<JsonNode> items, String part, String one) {
    if (part.isBlank()) {
      throw new Exit.Failure(
          Exit.USAGE,
          "Which %s? Write its uuid, the end of it, or its first %d digits or more."
              .formatted(one, LEAST_BEGINNING));
    }
    List<String> found =
        items.stream()
            .map(item -> item.path("uuid").asText())
            .filter(uuid -> isMeant(uuid, part))
            .distinct()
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw found.isEmpty()
        ? new Exit.Failure(
            Exit.NOT_FOUND,
            "There is no %s whose uuid ends with %s%s"
                .formatted(one, part, part.length() < LEAST_BEGINNING ? "" : ", or begins so"))
        : new Exit.Failure(
            Exit.CONFLICT,
            "%s is ambiguous: it is a part of %s%s. Write more of it"
                .formatted(
                    part,
                    String.join(", ", found.subList(0, Math.min(found.size(), SHOWN))),
                    found.size() > SHOWN ? " and %d others".formatted(found.size() - SHOWN) : ""));
  }

  /** Whether a person may mean this uuid by a part of it. */
  static boolean isMeant(String uuid, String part) {
    return uuid.endsWith(part) || (part.length() >= LEAST_BEGINNING && uuid.startsWith(part));
  }

  /** A list in the API's own shape. */
  static JsonNode of(List<JsonNode> items) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.putArray("items").addAll(items);
    list.putNull("next_page_token");
    return list;
  }
}
