package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds a resource by what a person calls it. */
final class Named {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Named() {}

  /** Whether it can be nothing but a uuid. */
  static boolean isUuid(String name) {
    return UUID.matcher(name).matches();
  }

  /** The uuid of what {@code --under} names. */
  static String under(Api api, String resource) {
    if (isUuid(resource)) {
      return resource;
    }
    int slash = resource.indexOf('/');
    if (slash < 1) {
      throw new Exit.Failure(
          Exit.USAGE,
          "--under takes TYPE/NAME, such as website/home, or a uuid, and not \"%s\""
              .formatted(resource));
    }
    String path = path(api, resource.substring(0, slash), resource.substring(slash + 1));
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The path of the resource with this label or uuid. */
  static String path(Api api, String type, String name) {
    String types = "/v1/resources/" + Api.part(type);
    if (isUuid(name)) {
      return types + "/" + name;
    }
    JsonNode found =
        api.get(types + "?page_size=2&filter=" + Api.part("label=" + name)).path("items");
    if (found.isEmpty()) {
      throw new Exit.Failure(
          Exit.NOT_FOUND,
          "There is no %s labelled \"%s\" that has not ended".formatted(type, name));
    }
    if (found.size() > 1) {
      throw new Exit.Failure(
          Exit.CONFLICT,
          "More than one %s is labelled \"%s\", under different parents: name it by its uuid"
              .formatted(type, name));
    }
    return types + "/" + found.get(0).path("uuid").asText();
  }

  /** The same or, where none of this label is active, the one that was made last. */
  static String past(Api api, String type, String name) {
    try {
      return path(api, type, name);
    } catch (Exit.Failure none) {
      if (none.code() != Exit.NOT_FOUND) {
        throw none;
      }
      // Looked for second: one that ends meanwhile is among these.
      String types = "/v1/resources/" + Api.part(type);
      String ended = "?page_size=1&ended=true&order_by=created_at%20desc&filter=";
      JsonNode last = api.get(types + ended + Api.part("label=" + name)).path("items").path(0);
      if (last.isMissingNode()) {
        throw none;
      }
      return types + "/" + last.path("uuid").asText();
    }
  }

  /** The resource itself. */
  static JsonNode resource(Api api, String type, String name) {
    return api.get(path(api, type, name));
  }

  /** The path of a resource, or of the latest run of a task of it. */
  static String subject(Api api, String type, String name, @Nullable String task) {
    return task == null ? path(api, type, name) : subject(resource(api, type, name), task);
  }

  /** The same, of a resource that was read. */
  static String subject(JsonNode resource, @Nullable String task) {
    return task == null
        ? "/v1/resources/"
            + Api.part(resource.path("type").asText())
            + "/"
            + resource.path("uuid").asText()
        : "/v1/tasks/" + run(resource, task);
  }

  /** Its type, in the version that it was written with. */
  static JsonNode definition(Api api, JsonNode resource) {
    return api.get(
        "/v1/types/%s?version=%s"
            .formatted(
                Api.part(resource.path("type").asText()),
                resource.path("schema_version").asText()));
  }

  /** Its latest run of a task; fails where it never ran. */
  static String run(JsonNode resource, String task) {
    for (JsonNode known : resource.path("tasks")) {
      if (known.path("name").asText().equals(task)) {
        if (known.path("uuid").isTextual()) {
          return known.path("uuid").asText();
        }
        throw new Exit.Failure(Exit.NOT_FOUND, "The task " + task + " has never run");
      }
    }
    throw noTask(resource, task);
  }

  static Exit.Failure noTask(JsonNode resource, String task) {
    return new Exit.Failure(
        Exit.NOT_FOUND,
        "%s has no task %s; it has: %s"
            .formatted(resource.path("type").asText(), task, Words.names(resource.path("tasks"))));
  }
}
