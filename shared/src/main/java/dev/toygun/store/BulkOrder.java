package dev.toygun.store;

import dev.toygun.Availability;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for in bulk: one action on all resources of a type that a filter finds.
 *
 * @param version of the type, by which the content was checked
 * @param task whose runs it is about; null where it is about the resources themselves
 * @param signal the type of the signal that is sent; null for other actions
 * @param content what a task is started with, the fields that are set, or those of the signal, as
 *     decorated JSON; {@code {}} for none
 */
public record BulkOrder(
    String type,
    int version,
    Filter filter,
    Action action,
    @Nullable String task,
    @Nullable String signal,
    String content,
    Going going) {

  /** What is done with each. */
  public enum Action {
    /** Starts a task. */
    START,
    /** Stops the active run of a task. */
    STOP,
    /** Breaks the active run of a task off. */
    ABORT,
    /** Sends back what is panicked or timed out: the run of a task, or the resource itself. */
    RETRY,
    /** Sends a signal, to the active run of a task, or to the resource itself. */
    SIGNAL,
    /** Asks the resource to go. */
    DELETE,
    /** Sets fields of the resource. */
    SET;

    /** The stored name. */
    public String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The action with this stored name. */
    public static Action ofStored(String stored) {
      return valueOf(stored.toUpperCase(Locale.ROOT));
    }

    /** Whether what it begins may yet turn out badly, so that it is watched for a while. */
    boolean begins() {
      return this == START || this == RETRY;
    }
  }

  /**
   * Which resources: those that a list with the same filter has.
   *
   * @param asked as it was asked for, for people
   * @param label null for any; so are states, parent and availability
   * @param states the names under which a state may be stored
   * @param fields as {@link Views.ResourceQuery} has them
   * @param under only this resource and what is below it; null for all there is
   */
  public record Filter(
      List<String> asked,
      @Nullable String label,
      @Nullable List<String> states,
      @Nullable UUID parent,
      @Nullable Availability availability,
      String fields,
      @Nullable UUID under) {}

  /**
   * How it goes on.
   *
   * @param rate how many are done within {@code per}, at most; null for as fast as it can
   * @param canary how many are done first, and have to turn out well; 0 for none
   * @param watch for how long what was begun has to go well; zero where it is not watched
   * @param haltAfter how many failures halt it, or null
   * @param haltShare how many failures in a hundred of all there are halt it, or null
   */
  public record Going(
      @Nullable Integer rate,
      Duration per,
      int canary,
      Duration watch,
      @Nullable Integer haltAfter,
      @Nullable Integer haltShare) {
    /** How many failures halt it, where so many are to be done in all. */
    long failures(long total) {
      long some = haltAfter == null ? Long.MAX_VALUE : haltAfter;
      long share = haltShare == null ? Long.MAX_VALUE : (total * haltShare + 99) / 100;
      return Math.max(1, Math.min(some, share));
    }
  }
}
