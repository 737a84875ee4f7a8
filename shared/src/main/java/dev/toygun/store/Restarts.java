package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.Limits;
import dev.toygun.TaskStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a resource was restarted of late, whoever asked for it: kept with the latest run of its
 * restart task, so that whoever decides on the resource knows it.
 *
 * @param begun the times, oldest first: the latest hundred of the last day
 */
public record Restarts(List<Instant> begun) {
  /** Beside the fields of the run; no field is called so. */
  private static final String KEPT = "__restarts__";

  private static final int MOST = 100;
  private static final Duration LONGEST = Duration.ofDays(1);

  public Restarts {
    begun = List.copyOf(begun);
  }

  /** Those of a resource: a run that ended before it began was none. */
  public static Restarts of(Family family) {
    return family
        .task(BuiltIn.RESTART_TASK.value())
        .map(run -> run.hasNotBegun() && !run.machine().active() ? before(kept(run)) : kept(run))
        .map(Restarts::new)
        .orElseGet(() -> new Restarts(List.of()));
  }

  private static List<Instant> kept(TaskRow run) {
    JsonArray times = new JsonObject(run.machine().attrs()).getJsonArray(KEPT, new JsonArray());
    return times.stream().map(String::valueOf).map(Instant::parse).toList();
  }

  private static List<Instant> before(List<Instant> times) {
    return times.subList(0, Math.max(0, times.size() - 1));
  }

  /** Whether a resource is being restarted: one whose restart waits, or stands still, is not. */
  public static boolean isUnderWay(Family family) {
    return family
        .task(BuiltIn.RESTART_TASK.value())
        .filter(run -> run.status() == TaskStatus.RUNNING)
        .filter(run -> !run.hasNotBegun())
        .isPresent();
  }

  /** How many there were within this time. */
  public int within(Duration per, Instant now) {
    return since(now.minus(per)).size();
  }

  private List<Instant> since(Instant then) {
    return begun.stream().filter(at -> at.isAfter(then)).toList();
  }

  /** From when on there may be another; nothing where that is now. */
  public Optional<Instant> next(Limits.Rate most, Instant now) {
    List<Instant> recent = since(now.minus(most.per()));
    return recent.size() < most.runs()
        ? Optional.empty()
        : Optional.of(recent.get(recent.size() - most.runs()).plus(most.per()));
  }

  /** The run as it begins now: one that restarts its resource has the others with it. */
  static TaskStart counted(TaskStart start, Family family, Instant now) {
    if (!start.name().equals(BuiltIn.RESTART_TASK.value())) {
      return start;
    }
    List<Instant> recent = of(family).since(now.minus(LONGEST));
    JsonArray kept = new JsonArray();
    Stream.concat(recent.stream().skip(Math.max(0, recent.size() - MOST + 1)), Stream.of(now))
        .forEach(at -> kept.add(at.toString()));
    String fields = start.attrs().strip();
    String others = fields.substring(1, fields.length() - 1);
    // Spliced in, so that what the fields are is left as it was written.
    String member = "\"%s\":%s".formatted(KEPT, kept.encode());
    return start.with("{%s}".formatted(others.isBlank() ? member : others + "," + member));
  }
}
