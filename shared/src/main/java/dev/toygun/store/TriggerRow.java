package dev.toygun.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the triggers of a task were last seen to be: so that it is started and stopped as they turn
 * true, and not for as long as they are.
 *
 * @param starts it was to run, and was started for that
 * @param stops it was to be stopped
 * @param stopped the last run that its trigger stopped; 0 for none
 * @param fault what a predicate threw, or null
 */
public record TriggerRow(
    UUID resource,
    String task,
    boolean starts,
    boolean stops,
    long stopped,
    @Nullable String fault) {

  /** Of triggers that nobody has seen true yet. */
  public static TriggerRow unseen(UUID resource, String task) {
    return new TriggerRow(resource, task, false, false, 0, null);
  }

  /** The same, of a predicate that threw this; or of one that throws no longer. */
  public TriggerRow withFault(@Nullable String thrown) {
    return new TriggerRow(resource, task, starts, stops, stopped, thrown);
  }

  /** Whether a run may begin for them over this one, the last of its name. */
  public boolean mayStartOver(@Nullable TaskRow last) {
    return last == null
        || switch (last.status()) {
          case ABSENT, FINISHED, TIMED_OUT -> true;
          case STOPPED -> last.run() == stopped;
          case RUNNING, PANICKED, ABORTED -> false;
        };
  }
}
