package dev.toygun.store;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bulk run as it is stored: what was asked for, and how far it has come.
 *
 * @param trace the trace id of the request that asked for it
 * @param course how it goes on
 * @param counts how many items there are of each result
 * @param note why it is in its state, where that is not plain
 */
public record Bulk(
    UUID uuid,
    BulkOrder order,
    String actor,
    String reason,
    @Nullable String trace,
    State state,
    Course course,
    Map<Result, Long> counts,
    String note,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant endedAt) {
  public Bulk {
    counts = Map.copyOf(counts);
  }

  /** Where a bulk run is. */
  public enum State {
    /** It finds its items. */
    GATHERING,
    /** Its first items are done, or are watched. */
    CANARY,
    /** It goes on. */
    RUNNING,
    /** Somebody paused it. */
    PAUSED,
    /** Failures have halted it: somebody is to look. */
    HALTED,
    /** All its items have a result. */
    DONE,
    /** Somebody ended it. */
    CANCELLED;

    /** The stored name. */
    public String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this stored name. */
    public static State ofStored(String stored) {
      return valueOf(stored.toUpperCase(Locale.ROOT));
    }

    /** Whether nothing more comes of it. */
    public boolean isOver() {
      return this == DONE || this == CANCELLED;
    }
  }

  /** What became of an item. */
  public enum Result {
    /** Its turn has not come. */
    WAITING,
    /** Something began, and is watched. */
    BEGUN,
    /** It is done, and what began has turned out well. */
    DONE,
    /** There was nothing to do. */
    SKIPPED,
    /** It could not be done, or has turned out badly. */
    FAILED;

    /** The stored name. */
    public String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The result with this stored name. */
    public static Result ofStored(String stored) {
      return valueOf(stored.toUpperCase(Locale.ROOT));
    }
  }

  /** What is said to a bulk run. */
  public enum Command {
    PAUSE,
    RESUME,
    CANCEL
  }

  /**
   * How it goes on.
   *
   * @param gatheredAt when the last resource was made that has been looked at; null for none
   * @param gathered that resource
   * @param complete whether all its items have been found
   * @param proven whether its canary is over
   * @param haltsAt at how many failures it halts
   * @param freeAt when the next item may be done by its rate
   * @param dueAt when a clock looks at it; null for never
   */
  public record Course(
      @Nullable Instant gatheredAt,
      UUID gathered,
      boolean complete,
      boolean proven,
      long haltsAt,
      Instant freeAt,
      @Nullable Instant dueAt) {}

  /**
   * An item: one resource.
   *
   * @param subject the run or the resource that was begun, and is watched; null for none
   * @param code what kind of refusal or failure; null for none
   * @param at when it got its result
   * @param dueAt when one that was begun is looked at again
   */
  public record Item(
      UUID resource,
      Result result,
      @Nullable UUID subject,
      @Nullable String code,
      String message,
      @Nullable Instant at,
      @Nullable Instant dueAt) {
    /** The same with another result, since now. */
    Item with(Result other, @Nullable String of, String why, Instant now) {
      return new Item(resource, other, subject, of, why, now, null);
    }

    /** Whether something was done with it, or tried: what was skipped costs nothing. */
    public boolean isTaken() {
      return result != Result.WAITING && result != Result.SKIPPED;
    }

    /** One whose turn has not come. */
    public static Item waiting(UUID resource) {
      return new Item(resource, Result.WAITING, null, null, "", null, null);
    }
  }

  /** A bulk run that somebody asks for. */
  public static Bulk asked(
      UUID uuid,
      BulkOrder order,
      String actor,
      String reason,
      @Nullable String trace,
      Instant now) {
    return new Bulk(
        uuid,
        order,
        actor,
        reason,
        trace,
        State.GATHERING,
        new Course(null, new UUID(0, 0), false, order.going().canary() == 0, 0, now, now),
        Map.of(),
        "",
        1,
        now,
        now,
        null);
  }

  /** How many items have this result. */
  public long count(Result result) {
    return counts.getOrDefault(result, 0L);
  }

  /** How many items there are. */
  public long total() {
    return counts.values().stream().mapToLong(n -> n).sum();
  }

  /** How many items something was done with, or tried. */
  long tried() {
    return count(Result.BEGUN) + count(Result.DONE) + count(Result.FAILED);
  }

  /** The same, with so many more of each result. */
  Bulk plus(Map<Result, Long> more) {
    Map<Result, Long> sums = new EnumMap<>(Result.class);
    sums.putAll(counts);
    more.forEach((result, n) -> sums.merge(result, n, Long::sum));
    return with(state, course, sums, note, updatedAt);
  }

  Bulk with(Course other) {
    return with(state, other, counts, note, updatedAt);
  }

  Bulk with(State other, String why, Instant now) {
    return with(other, course, counts, why, now);
  }

  private Bulk with(State other, Course next, Map<Result, Long> sums, String why, Instant now) {
    return new Bulk(
        uuid,
        order,
        actor,
        reason,
        trace,
        other,
        next,
        sums,
        why,
        version,
        createdAt,
        now,
        other.isOver() && endedAt == null ? now : endedAt);
  }
}
