package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What happened to a resource and its tasks, in the order in which it happened: the newest moves,
 * where there are more than are asked for.
 */
public final class Story {
  /** Moves, where nobody says how many. */
  static final int MOST = 10_000;

  /** Runs of tasks whose moves are looked at. */
  static final int MOST_RUNS = 1_000;

  /** Said where there are more. */
  static final String OF_RUNS =
      String.format(
          Locale.ROOT,
          "Of its tasks only what runs, and the newest %,d runs, were looked at.",
          MOST_RUNS);

  private static final int PAGE = 500;
  private static final Comparator<Move> ORDER =
      Comparator.comparing(Move::at)
          .thenComparing(Move::subject)
          .thenComparing(move -> move.move().path("step").asLong())
          .thenComparing(Move::isNote);

  private final Api api;
  private final int most;
  private final PriorityQueue<Move> newest = new PriorityQueue<>(ORDER);
  private boolean older;
  private boolean moreRuns;

  private Story(Api api, int most) {
    this.api = api;
    this.most = most;
  }

  /**
   * A move.
   *
   * @param subject whose: {@code -} for the resource itself, else the task and its run
   */
  public record Move(String subject, String id, JsonNode move) {
    Instant at() {
      return Instant.parse(move.path("at").asText());
    }

    /** Whether nothing moved: it is what was said meanwhile. */
    boolean isNote() {
      return move.path("note").asBoolean();
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
    String name = "alarm " + Words.alarm(alarm);
    return new Move(
        ofAny
            ? resource.path("type").asText() + "/" + resource.path("label").asText() + " " + name
            : name,
        alarm.path("uuid").asText() + event.path("move").path("step").asText(),
        event.path("move"));
  }

  /**
   * The newest moves of a resource and of the runs of its tasks.
   *
   * @param path of the resource, such as {@code /v1/resources/website/UUID}
   * @param most how many of them
   */
  public static Story of(Api api, String path, int most) {
    Story story = new Story(api, most);
    story.read("-", "-", path);
    story.readRuns(path);
    return story;
  }

  /** The same, as many as anybody may want. */
  public static Story of(Api api, String path) {
    return of(api, path, MOST);
  }

  /** The moves, oldest first. */
  public List<Move> moves() {
    return newest.stream().sorted(ORDER).toList();
  }

  /** Whether there are older moves than these. */
  boolean older() {
    return older;
  }

  /** Whether there are runs of tasks that were not looked at: they are over, and began long ago. */
  boolean moreRuns() {
    return moreRuns;
  }

  /* Each is looked at from its last move back, and only while that is one of the newest. */
  private void readRuns(String path) {
    List<JsonNode> found = Lists.all(api, path + "/tasks", MOST_RUNS + 1);
    List<JsonNode> runs = new ArrayList<>(found.subList(0, Math.min(found.size(), MOST_RUNS)));
    moreRuns = runs.size() < found.size();
    if (moreRuns) {
      Set<String> known = new HashSet<>();
      runs.forEach(run -> known.add(run.path("uuid").asText()));
      for (JsonNode latest : api.get(path).path("tasks")) {
        if (latest.path("uuid").isTextual() && known.add(latest.path("uuid").asText())) {
          runs.add(latest);
        }
      }
    }
    runs.sort(Comparator.comparing(Story::changed).reversed());
    for (JsonNode run : runs) {
      if (isFull() && changed(run).isBefore(oldest().at())) {
        older = true;
        return;
      }
      String uuid = run.path("uuid").asText();
      read(run.path("name").asText() + " " + run.path("run").asText(), uuid, "/v1/tasks/" + uuid);
    }
  }

  /** No move of a run is later; of one that does not say, any may be. */
  private static Instant changed(JsonNode run) {
    return run.path("updated_at").isTextual()
        ? Instant.parse(run.path("updated_at").asText())
        : Instant.MAX;
  }

  private void read(String subject, String id, String path) {
    String history =
        "%s/history?order_by=step%%20desc&page_size=%d".formatted(path, Math.min(most, PAGE));
    String token = "";
    String last = "";
    do {
      JsonNode page = api.get(history + token);
      for (JsonNode move : page.path("items")) {
        last = id + move.path("step").asText();
        notes(subject, last, move);
        newest.add(new Move(subject, last, move));
        if (newest.size() > most) {
          older = true;
          if (newest.remove().id().equals(last)) {
            return;
          }
        }
      }
      token = Lists.next(page);
      if (!token.isEmpty() && isFull() && oldest().id().equals(last)) {
        older = true;
        return;
      }
    } while (!token.isEmpty());
  }

  /**
   * What was said while it stayed where a move led, as lines of their own. By the first move stands
   * also what was said before it.
   */
  private void notes(String subject, String id, JsonNode move) {
    Instant moved = Instant.parse(move.path("at").asText());
    for (JsonNode note : move.path("notes")) {
      boolean before = Instant.parse(note.path("at").asText()).isBefore(moved);
      ObjectNode said = note.deepCopy();
      said.put("note", true);
      said.put("step", move.path("step").asLong() - (before ? 1 : 0));
      said.set("from", move.path(before ? "from" : "to"));
      newest.add(new Move(subject, id + "-" + note.path("at").asText(), said));
      if (newest.size() > most) {
        older = true;
        newest.remove();
      }
    }
  }

  private boolean isFull() {
    return newest.size() >= most;
  }

  private Move oldest() {
    return Objects.requireNonNull(newest.peek());
  }

  /** The moves as a table. */
  public static Table table(List<Move> moves) {
    return rows(new Table("AT", "TASK", "STEP", "FROM", "TO", "BY", "BECAUSE"), moves);
  }

  /** Moves that follow those of a table: without its heads, and about as wide. */
  static Table more(List<Move> moves) {
    return rows(Table.bare(12, 10, 4, 9, 9, 10, 12), moves);
  }

  /** Whoever asked for it; where nobody did, the worker. */
  private static String by(JsonNode move) {
    String actor = move.path("actor").asText("");
    return actor.contains(":") ? actor : move.path("worker").asText();
  }

  private static Table rows(Table table, List<Move> moves) {
    for (Move move : moves) {
      table.row(
          Words.clock(move.move().path("at")),
          move.subject(),
          move.move().path("step").asText(),
          move.move().path("from").asText(),
          move.isNote() ? "(stays)" : move.move().path("to").asText(),
          by(move.move()),
          move.move().path("message").asText());
    }
    return table;
  }
}
