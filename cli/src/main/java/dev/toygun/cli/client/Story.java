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
    Table table = new Table("AT", "TASK", "STEP", "FROM", "TO", "WORKER", "BECAUSE");
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
