package dev.toygun.store;

import dev.toygun.TaskName;
import dev.toygun.store.ResourceRow.Deleting;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One level of a panic's way up that has been asked and has not answered.
 *
 * @param level 0 is the task's own handler, 1 its resource's, 2 the parent's, …
 * @param resource whose handler is asked
 * @param panicked the machine that panicked
 * @param step the step at which it panicked
 * @param retries how often handlers have retried it since it last moved by itself
 * @param dueAt when it climbs further by itself
 */
public record Hop(
    UUID error,
    int level,
    UUID resource,
    SubjectKey panicked,
    long step,
    int retries,
    Instant dueAt) {

  /** The same, with so much time to answer. */
  public Hop until(Instant due) {
    return new Hop(error, level, resource, panicked, step, retries, due);
  }

  /**
   * When what is retried at this moment is ticked: after 2ⁿ s for the n-th time, 5 min at most, and
   * no later than its run times out.
   */
  public Instant retried(Instant now, @Nullable Instant runDeadline) {
    Instant rested = now.plusSeconds(Math.min(1L << Math.min(retries + 1, 9), 300));
    if (runDeadline == null || rested.isBefore(runDeadline)) {
      return rested;
    }
    return runDeadline.isBefore(now) ? now : runDeadline;
  }

  /** What was decided at a level. */
  public enum Decision {
    RETRY,
    REWIND,
    STOP,
    START,
    DECLINE,
    /** Nobody answered in time. */
    TIME_OUT,
    /** Somebody else had settled it. */
    OVERTAKEN;

    /** The stored name: {@code time_out}. */
    public String stored() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether the panic is over with it. */
    public boolean handles() {
      return this == RETRY || this == REWIND || this == STOP || this == START;
    }
  }

  /**
   * A hop with what its handler is told of it.
   *
   * @param task the name of the task that panicked; null where the resource itself did
   */
  public record Asked(Hop hop, String type, String label, @Nullable String task, ErrorRow error) {
    /** Whether it is about this task of this resource. */
    public boolean isOf(UUID resource, TaskName name) {
      return hop.panicked.resource().equals(resource) && name.value().equals(task);
    }
  }

  /**
   * What a handler decided, which an outcome of its resource carries out on the machine that
   * panicked.
   *
   * @param states where a rewind goes: the state's name, and its former ones; else empty
   */
  public record Decided(Hop hop, Decision decision, String reason, List<String> states) {
    /**
     * The same, as far as it can be done to a resource: a stop does nothing to one that is being
     * taken down already, so the next one up is asked.
     */
    public Decided on(Deleting resource) {
      boolean stops = decision == Decision.STOP || decision == Decision.START;
      return stops && resource == Deleting.BEGUN
          ? new Decided(
              hop, Decision.DECLINE, "it is being taken down already: " + reason, List.of())
          : this;
    }
  }
}
