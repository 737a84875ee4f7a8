package dev.toygun.testing;

import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The history of a store, in words. */
final class Story {
  private static final int TAIL = 30;

  private final MemoryRows rows;
  private final MemoryHistory history;
  private final MemoryAlarms alarms;

  Story(MemoryStore store) {
    this.alarms = store.alarms();
    this.rows = store.rows();
    this.history = store.history();
  }

  /**
   * One move, as people read it.
   *
   * @param machine {@code website} for a resource, {@code website/monitor} for a task
   * @param run which run of the task; 0 for a resource
   * @param own whether a tick of the machine itself made it
   */
  record Line(
      SubjectKey subject,
      Instant at,
      String machine,
      long run,
      long step,
      String from,
      String to,
      String message,
      List<String> changed,
      boolean own) {

    String text() {
      String name = run > 1 ? machine + "#" + run : machine;
      String why = message.isEmpty() ? "" : " (" + message + ")";
      String what = changed.isEmpty() ? "" : " " + changed;
      return "%10s  %s: %s -> %s%s%s".formatted(since(at), name, from, to, why, what);
    }
  }

  List<Line> lines() {
    return history.moves().stream().map(this::line).toList();
  }

  /** The moves of a resource and its tasks. */
  List<Line> lines(UUID resource) {
    return lines().stream().filter(line -> line.subject().resource().equals(resource)).toList();
  }

  /** The last moves, as text. */
  List<String> tail() {
    List<Line> all = lines();
    return all.subList(Math.max(0, all.size() - TAIL), all.size()).stream()
        .map(Line::text)
        .toList();
  }

  /** Panics and time-outs that wait for a person. */
  List<String> unhandled() {
    return alarms.all().stream()
        .filter(alarm -> alarm.active() && alarm.error() != null)
        .map(
            alarm ->
                "alarm %s: %s, %s"
                    .formatted(
                        nameOf(new SubjectKey(alarm.key().resource(), alarm.subject())),
                        alarm.name(),
                        alarm.message()))
        .toList();
  }

  private Line line(MemoryHistory.Moved moved) {
    SubjectKey key = moved.subject();
    TaskRow task = key.isResource() ? null : rows.task(key.uuid());
    return new Line(
        key,
        moved.at(),
        nameOf(key),
        task == null ? 0 : task.run(),
        moved.transition().step(),
        moved.transition().from(),
        moved.transition().to(),
        moved.transition().message(),
        moved.transition().changed(),
        moved.own());
  }

  /** The edges that were walked by moves that are removed by now. */
  Set<MemoryHistory.Walked> removed() {
    return history.walked();
  }

  /** How people know a subject: {@code website} or {@code website/monitor}. */
  String nameOf(SubjectKey key) {
    return nameOf(rows, key);
  }

  static String nameOf(MemoryRows rows, SubjectKey key) {
    ResourceRow resource = rows.resource(key.resource());
    String type = resource == null ? "?" : resource.type();
    TaskRow task = key.isResource() ? null : rows.task(key.uuid());
    return task == null ? type : type + "/" + task.name();
  }

  /** Seconds since the simulation began. */
  static String since(Instant at) {
    return "%.3fs".formatted(Duration.between(VirtualTime.START, at).toMillis() / 1000.0);
  }
}
