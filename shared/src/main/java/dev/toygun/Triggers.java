package dev.toygun;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What starts and stops a task by itself. Predicates are pure: they are judged by a worker after
 * every tick of the resource or its tasks. A schedule is a clock's.
 *
 * @param startWhen starts it as this turns true, or null
 * @param stopWhen stops it as this turns true, and keeps {@code startWhen} from starting it while
 *     it is; or null
 * @param schedule when it starts, whatever is true; or null
 */
public record Triggers(
    @Nullable Predicate<Snapshot> startWhen,
    @Nullable Predicate<Snapshot> stopWhen,
    @Nullable Schedule schedule) {
  /** None: the task is started and stopped by others. */
  public static final Triggers NONE = new Triggers(null, null, null);

  /** Whether a worker has to judge any of them. */
  public boolean areJudged() {
    return startWhen != null || stopWhen != null;
  }
}
