package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.StringJoiner;

/** What waits, and who takes it, as tables. */
final class Queues {
  private Queues() {}

  static Table table(List<JsonNode> items) {
    Table table =
        new Table("QUEUE", "PRIORITY", "TYPE", "VERSION", "TICKETS", "OLDEST", "TAKEN BY");
    for (JsonNode item : items) {
      table.row(
          item.path("queue").asText(),
          item.path("priority").asText(),
          item.path("type").asText(),
          item.path("version").asText(),
          item.path("tickets").asText(),
          seconds(item.path("oldest_seconds")),
          takers(item));
    }
    return table;
  }

  private static String takers(JsonNode list) {
    String all =
        list.path("problem").isTextual()
            ? list.path("problem").asText()
            : joined(list.path("workers"));
    return list.path("held").asBoolean() ? all + " (on hold)" : all;
  }

  static Table workers(List<JsonNode> items) {
    Table table =
        new Table("WORKER", "HOST", "BUILD", "QUEUES", "TYPES", "SINCE", "HEARTBEAT", "IN FLIGHT");
    for (JsonNode item : items) {
      StringJoiner types = new StringJoiner(" ");
      item.path("types")
          .forEach(
              type -> types.add(type.path("name").asText() + ":" + joined(type.path("versions"))));
      String draining = item.path("draining").asBoolean() ? " (draining)" : "";
      table.row(
          item.path("id").asText() + draining,
          text(item.path("host")),
          item.path("build").asText(),
          joined(item.path("queues")),
          types.toString(),
          Words.time(item.path("started_at")),
          seconds(item.path("heartbeat_seconds")),
          text(item.path("in_flight")));
    }
    return table;
  }

  private static String seconds(JsonNode much) {
    return much.isNumber() ? much.asText() + " s" : "-";
  }

  private static String text(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "-" : value.asText();
  }

  private static String joined(JsonNode list) {
    StringJoiner all = new StringJoiner(",");
    list.forEach(one -> all.add(one.asText()));
    return all.toString();
  }
}
