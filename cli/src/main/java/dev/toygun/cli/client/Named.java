package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.toygun.cli.Exit;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds a resource by what a person calls it. */
final class Named {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** As a table shows it, where the screen has cut it. */
  private static final Pattern BEGINNING = Pattern.compile("([0-9a-fA-F][0-9a-fA-F-]{5,35})…?");

  /** What else of a filter is a resource, among other things that have a uuid. */
  private static final Set<String> OF_RESOURCE = Set.of("resource", "subject");

  private Named() {}

  /** Whether it can be nothing but a uuid. */
  static boolean isUuid(String name) {
    return UUID.matcher(name).matches();
  }

  /**
   * The uuid of the resource that an option names.
   *
   * @param option such as {@code --under}
   */
  static String uuid(Api api, String option, String resource) {
    if (isUuid(resource)) {
      return resource;
    }
    int slash = resource.indexOf('/');
    if (slash < 1) {
      throw new Exit.Failure(
          Exit.USAGE,
          "%s takes TYPE/NAME, such as website/home, or a uuid, and not \"%s\""
              .formatted(option, resource));
    }
    String path = path(api, resource.substring(0, slash), resource.substring(slash + 1));
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * What narrows a list, with a resource that it names by TYPE/NAME as a uuid.
   *
   * @param filter such as {@code parent=web-pool/shop}
   */
  static String filter(Api api, String filter) {
    int equals = filter.indexOf('=');
    String what = filter.substring(0, Math.max(0, equals));
    String value = filter.substring(equals + 1);
    boolean names =
        what.equals("parent") || (OF_RESOURCE.contains(what) && value.indexOf('/') >= 0);
    return names ? what + "=" + uuid(api, "--filter " + what + "=", value) : filter;
  }

  /** The path of the resource with this label or uuid, or whose uuid begins so. */
  static String path(Api api, String type, String name) {
    if (isUuid(name)) {
      return types(type) + "/" + name;
    }
    JsonNode found = labelled(api, type, name, "?page_size=6");
    if (found.size() > 1) {
      throw new Exit.Failure(
          Exit.CONFLICT,
          "More than one %s is labelled \"%s\", under different parents: name it by its uuid, of %s"
              .formatted(type, name, candidates(found)));
    }
    return found.isEmpty() ? begun(api, type, name, "") : of(type, found);
  }

  /** The same or, where no such one is active, the one that was made last. */
  static String past(Api api, String type, String name) {
    try {
      return path(api, type, name);
    } catch (Exit.Failure none) {
      if (none.code() != Exit.NOT_FOUND) {
        throw none;
      }
      // Looked for second: one that ends meanwhile is among these.
      String ended = "&ended=true";
      JsonNode last =
          labelled(api, type, name, "?page_size=1" + ended + "&order_by=created_at%20desc");
      return last.isEmpty() ? begun(api, type, name, ended) : of(type, last);
    }
  }

  private static String types(String type) {
    return "/v1/resources/" + Api.part(type);
  }

  private static String of(String type, JsonNode found) {
    return types(type) + "/" + found.get(0).path("uuid").asText();
  }

  private static JsonNode labelled(Api api, String type, String name, String query) {
    return api.get(types(type) + query + "&filter=" + Api.part("label=" + name)).path("items");
  }

  /* A label may look like the beginning of a uuid, so it is looked for first. */
  private static String begun(Api api, String type, String name, String more) {
    Matcher beginning = BEGINNING.matcher(name);
    boolean isOne = beginning.matches();
    JsonNode found =
        isOne
            ? api.get(types(type) + "?page_size=6&uuid_prefix=" + beginning.group(1) + more)
                .path("items")
            : MissingNode.getInstance();
    if (found.size() == 1) {
      return of(type, found);
    }
    throw found.isEmpty()
        ? new Exit.Failure(
            Exit.NOT_FOUND,
            "There is no %s labelled \"%s\"%s%s"
                .formatted(
                    type,
                    name,
                    more.isEmpty() ? " that has not ended" : "",
                    isOne ? ", and none whose uuid begins so" : ""))
        : new Exit.Failure(Exit.CONFLICT, ambiguous(name, found));
  }

  private static String ambiguous(String name, JsonNode found) {
    return "%s is ambiguous: it begins the uuids of %s. Write more of it"
        .formatted(name, candidates(found));
  }

  private static String candidates(JsonNode found) {
    StringJoiner all = new StringJoiner(", ");
    found.forEach(one -> all.add(Words.child(one) + " " + one.path("uuid").asText()));
    return all + (found.size() > 5 ? " and maybe others" : "");
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
