package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What happened to a resource and its tasks, in the order in which it happened. */
public final class Story {
  private static final int MOST = 10_000;

  private Story() {}

  /**
   * A move.
   *
   * @param subject whose: {@code -} for the resource itself, else the task and its run
   */
  public record Move(String subject, String id, JsonNode move) {
    String at() {
      return move.path("at").asText();
    }

    boolean isOfResource() {
      return id.startsWith("-");
    }
  }

  /**
   * The move that an event tells of.
   *
   * @param ofAny whether it may be any resource's, and is to be named by it
   */
  static Move move(JsonNode event, boolean ofAny) {
    JsonNode resource = event.path("resource");
    JsonNode task = event.path("task");
    JsonNode alarm = event.path("alarm");
    if (alarm.isObject()) {
      return alarmed(event, alarm, ofAny);
    }
    boolean own = !task.isObject();
    String step = event.path("move").path("step").asText();
    String run = own ? "-" : task.path("name").asText() + " " + task.path("run").asText();
    String whole = resource.path("type").asText() + "/" + resource.path("label").asText();
    return new Move(
        !ofAny ? run : own ? whole : whole + " " + run,
        (own ? "-" : task.path("uuid").asText()) + step,
        event.path("move"));
  }

  private static Move alarmed(JsonNode event, JsonNode alarm, boolean ofAny) {
    JsonNode resource = event.path("resource");
    String name =
        "alarm "
            + (alarm.path("task").isTextual() ? alarm.path("task").asText() + ":" : "")
            + alarm.path("name").asText();
    return new Move(
        ofAny
            ? resource.path("type").asText() + "/" + resource.path("label").asText() + " " + name
            : name,
        alarm.path("uuid").asText() + event.path("move").path("step").asText(),
        event.path("move"));
  }

  /**
   * Every move of a resource and of all runs of its tasks, oldest first.
   *
   * @param path of the resource, such as {@code /v1/resources/website/UUID}
   */
  public static List<Move> of(Api api, String path) {
    List<Move> moves = new ArrayList<>();
    for (JsonNode move : Lists.all(api, path + "/history", MOST)) {
      moves.add(new Move("-", "-" + move.path("step").asText(), move));
    }
    for (JsonNode task : Lists.all(api, path + "/tasks", MOST)) {
      String uuid = task.path("uuid").asText();
      String subject = task.path("name").asText() + " " + task.path("run").asText();
      for (JsonNode move : Lists.all(api, "/v1/tasks/" + uuid + "/history", MOST)) {
        moves.add(new Move(subject, uuid + move.path("step").asText(), move));
      }
    }
    moves.sort(
        Comparator.comparing(Move::at)
            .thenComparing(Move::subject)
            .thenComparing(move -> move.move().path("step").asLong()));
    return moves;
  }

  /** The moves as a table. */
  public static Table table(List<Move> moves) {
    return rows(new Table("AT", "TASK", "STEP", "FROM", "TO", "WORKER", "BECAUSE"), moves);
  }

  /** Moves that follow those of a table: without its heads, and about as wide. */
  static Table more(List<Move> moves) {
    return rows(Table.bare(12, 10, 4, 9, 9, 10, 12), moves);
  }

  private static Table rows(Table table, List<Move> moves) {
    for (Move move : moves) {
      table.row(
          Words.clock(move.move().path("at")),
          move.subject(),
          move.move().path("step").asText(),
          move.move().path("from").asText(),
          move.move().path("to").asText(),
          move.move().path("worker").asText(),
          move.move().path("message").asText());
    }
    return table;
  }
}
