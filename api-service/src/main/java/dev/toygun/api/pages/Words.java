package dev.toygun.api.pages;

import java.util.List;

/**
 * What to type in a terminal for what a page shows. No key is in it: both take it from the
 * environment.
 *
 * @param command of the command line
 * @param curl for whoever has no command line
 */
public record Words(String command, String curl) {
  static Words of(Page page, Shown it, Url url) {
    return new Words("toygun " + command(page, it, url), curl("GET", url.toString()));
  }

  private static String command(Page page, Shown it, Url url) {
    return switch (page) {
      case FLEET -> "get types";
      case TYPE -> "describe type " + quoted(it.text("name"));
      case RESOURCES -> "get " + quoted(url.name()) + filters(url);
      case RESOURCE -> "describe %s %s".formatted(quoted(it.text("type")), it.text("uuid"));
      case TREE -> "tree %s %s".formatted(quoted(url.part(3)), url.part(4));
      case ERROR_GROUPS -> "get error-groups" + asked(url);
      case ERRORS -> "get errors" + asked(url);
      case ERROR -> "get errors --filter resource=" + it.text("resource");
      case SINKS -> "sinks";
      case RUNS -> "get tasks" + asked(url);
      case TASK -> "events %s %s".formatted(quoted(it.text("type")), it.text("resource"));
      case INBOX -> "get alarms";
      case ALARM -> "alarms show " + it.text("uuid");
      case HOLDS -> "get holds";
      case BREAKERS -> "breakers";
      case REPAIRS -> "repairs";
      case BULKS -> "bulk list";
      case BULK -> "bulk show " + it.text("uuid");
      case BULK_ITEMS -> "bulk show " + bulk(url) + result(url);
      case QUEUES -> "get queues";
      case USAGE -> "top" + options(it, url);
      case AUDIT -> "get audit" + asked(url);
    };
  }

  private static String options(Shown it, Url url) {
    StringBuilder all = new StringBuilder(" --by ").append(it.text("by"));
    for (String name : List.of("since", "under")) {
      if (!url.asked(name).isEmpty()) {
        all.append(" --").append(name).append(' ').append(quoted(url.asked(name)));
      }
    }
    return all.toString();
  }

  private static String bulk(Url url) {
    return url.path().replaceFirst("/items$", "").replaceFirst(".*/", "");
  }

  private static String result(Url url) {
    String result = url.asked("result");
    return result.isEmpty() ? "" : " --result " + quoted(result);
  }

  private static String asked(Url url) {
    StringBuilder all = new StringBuilder();
    url.query()
        .forEach(
            (name, values) -> {
              if (!name.startsWith("page_")) {
                values.forEach(v -> all.append(" --filter ").append(quoted(name + "=" + v)));
              }
            });
    return all.toString();
  }

  private static String filters(Url url) {
    StringBuilder all = new StringBuilder();
    for (String filter : url.query().getOrDefault("filter", List.of())) {
      all.append(" --filter ").append(quoted(filter));
    }
    return all.append(url.asked("ended").equals("true") ? " --ended" : "").toString();
  }

  /** A request, for whoever has no command line. */
  public static String curl(String method, String url) {
    return "curl -sS -X %s -H \"Authorization: Bearer $TOYGUN_API_KEY\" \"$TOYGUN_URL\"%s"
        .formatted(method, quoted(url))
        .replace("-X GET ", "");
  }

  /** The same, that sends this JSON. */
  public static String curl(String method, String url, String json) {
    return "%s -H \"Content-Type: application/json\" -d %s"
        .formatted(curl(method, url), quoted(json));
  }

  /** As a shell takes it for one word, whatever is in it. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
