package dev.toygun.api.pages;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The pages that there are. Each has the URL of its operation. */
public enum Page {
  /** The fleet: each type, how many are in each state, and which alarms are open. */
  FLEET("listTypes"),
  /** A type. */
  TYPE("getType"),
  /** Resources of a type. */
  RESOURCES("listResources"),
  /** A resource, and all that hangs off it. */
  RESOURCE("getResource"),
  /** A resource, and what is active below it. */
  TREE("resourceTree"),
  /** Runs of tasks of all resources. */
  RUNS("listRuns"),
  /** A run of a task. */
  TASK("getTask"),
  /** Alarms that are not closed. */
  INBOX("listAlarms"),
  /** An alarm, and who was told of it. */
  ALARM("getAlarm"),
  /** What goes wrong again and again. */
  ERROR_GROUPS("listErrorGroups"),
  /** What went wrong. */
  ERRORS("listErrors"),
  /** One error. */
  ERROR("getError"),
  /** What is on hold. */
  HOLDS("listHolds"),
  /** What keeps tasks from running while what they need does not work. */
  BREAKERS("listBreakers"),
  /** How well tasks put alarms right. */
  REPAIRS("listRepairs"),
  /** Bulk runs. */
  BULKS("listBulks"),
  /** A bulk run, and how far it has come. */
  BULK("getBulk"),
  /** What became of each resource of a bulk run. */
  BULK_ITEMS("listBulkItems"),
  /** What waits, and who takes it. */
  QUEUES("listQueues"),
  /** What ticks have used, and who used it. */
  USAGE("getUsage"),
  /** Who is told of alarms, and what they could not be told. */
  SINKS("listSinks"),
  /** Who changed something, and who was not allowed to. */
  AUDIT("listAudit");

  private static final String SOME = "20";

  private final String operation;

  Page(String operation) {
    this.operation = operation;
  }

  /** The operation of the contract whose answer it shows. */
  public String operation() {
    return operation;
  }

  /** What it is about. */
  public String title(Shown it) {
    return switch (this) {
      case FLEET -> "Fleet";
      case TYPE, TASK, ALARM -> it.text("name");
      case RESOURCES -> "Resources";
      case RESOURCE -> it.text("label");
      case TREE -> "Tree";
      case ERROR_GROUPS, ERRORS -> "Errors";
      case ERROR -> it.text("kind");
      case SINKS -> "Sinks";
      case RUNS -> "Runs";
      case INBOX -> "Alarms";
      case HOLDS -> "Holds";
      case BREAKERS -> "Breakers";
      case REPAIRS -> "Repairs";
      case BULKS -> "Bulk runs";
      case BULK -> "%s %s %s".formatted(it.text("action"), it.text("type"), it.text("task"));
      case BULK_ITEMS -> "Items of a bulk run";
      case QUEUES -> "Queues and workers";
      case USAGE -> "Usage";
      case AUDIT -> "Audit";
    };
  }

  /** The same for a terminal. */
  public Words words(Shown it, Url url) {
    return Words.of(this, it, url);
  }

  /**
   * Where to hear that what it shows has moved; empty where it is only looked at again from time to
   * time. What shows many things would hear of every move there is.
   */
  public String events(Shown it) {
    return switch (this) {
      case RESOURCE -> eventsOf(it.text("uuid"));
      case TASK -> eventsOf(it.text("resource"));
      case ALARM -> it.text("type").startsWith("__") ? "" : eventsOf(it.text("resource"));
      default -> "";
    };
  }

  private static String eventsOf(String resource) {
    return new Url("/v1/events", Map.of()).with("resource", resource).toString();
  }

  /**
   * What else it asks, by name.
   *
   * @param known what it has heard so far
   */
  public Map<String, Part> parts(Shown it, Map<String, Shown> known) {
    return switch (this) {
      case FLEET -> ofFleet(it);
      case RESOURCE -> ofResource(it, known);
      case TASK -> ofTask(it);
      case ALARM -> ofRun("alarmHistory", it);
      case QUEUES -> Map.of("workers", Part.of("listWorkers", Map.of()));
      case BULK -> ofBulk(it);
      case SINKS ->
          Map.of(
              "failed",
              Part.of("listDeliveries", Map.of()).with("state", "failed").with("page_size", SOME));
      default -> Map.of();
    };
  }

  String template() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Part> ofFleet(Shown it) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Shown type : it.all("items")) {
      String name = type.text("name");
      parts.put(
          name,
          Part.of("listResources", Map.of("type", name))
              .with("counts", "true")
              .with("page_size", "1"));
    }
    // A type's name has no colon.
    parts.put(
        ":alarms",
        Part.of("listAlarms", Map.of())
            .with("counts", "true")
            .with("state", "open")
            .with("page_size", SOME));
    return parts;
  }

  private static Map<String, Part> ofRun(String history, Shown it) {
    Part moves = Part.of(history, Map.of("uuid", it.text("uuid")));
    return Map.of("history", moves.with("order_by", "step desc").with("page_size", SOME));
  }

  private static Map<String, Part> ofTask(Shown it) {
    Map<String, Part> parts = new LinkedHashMap<>(ofRun("taskHistory", it));
    parts.put("explain", Part.of("explainTask", Map.of("uuid", it.text("uuid"))));
    return parts;
  }

  private static Map<String, Part> ofBulk(Shown it) {
    Part items = Part.of("listBulkItems", Map.of("uuid", it.text("uuid")));
    return Map.of("failed", items.with("result", "failed").with("page_size", SOME));
  }

  private static Map<String, Part> ofResource(Shown it, Map<String, Shown> known) {
    Map<String, String> path = Map.of("type", it.text("type"), "uuid", it.text("uuid"));
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("explain", Part.of("explainResource", path));
    parts.put("availability", Part.of("getAvailability", path));
    parts.put(
        "history",
        Part.of("resourceHistory", path).with("order_by", "step desc").with("page_size", SOME));
    parts.put(
        "type",
        Part.of("getType", Map.of("type", it.text("type")))
            .with("version", it.text("schema_version")));
    for (String child : known.getOrDefault("type", Shown.NOTHING).texts("children")) {
      parts.put(
          "children " + child,
          Part.of("listResources", Map.of("type", child))
              .with("filter", "parent=" + it.text("uuid"))
              .with("page_size", SOME));
    }
    return parts;
  }
}
