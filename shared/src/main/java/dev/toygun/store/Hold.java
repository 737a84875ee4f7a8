package dev.toygun.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person has put on hold: nothing in it is ticked, and its alarms are quiet.
 *
 * @param resource of a subtree: its root
 * @param name of a type, task or queue
 * @param effectiveAt before this, something that had begun may still be finishing
 * @param until null until it is released
 * @param abandons whether what it holds is ended, without running its code; then it is of a
 *     subtree, and nobody releases it
 */
public record Hold(
    UUID uuid,
    Scope scope,
    @Nullable UUID resource,
    @Nullable String name,
    String reason,
    String actor,
    Instant createdAt,
    Instant effectiveAt,
    @Nullable Instant until,
    boolean abandons) {

  /** How many may be in force: services read all of them, every second. */
  public static final int MOST = 1000;

  /** What a hold takes in. */
  public enum Scope {
    /** A resource, its tasks, and everything below it. */
    SUBTREE,
    /** All resources of a type with their tasks. */
    TYPE,
    /** All runs of a task of this name. */
    TASK,
    /** Whatever is in a queue. */
    QUEUE,
    ALL;

    /** The stored name: {@code subtree}. */
    public String stored() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Whether it holds a machine.
   *
   * @param line its resource and that one's ancestors
   * @param task the name of the task, or null for the resource itself
   */
  public boolean holds(List<UUID> line, ListName list, @Nullable String task) {
    return switch (scope) {
      case ALL -> true;
      case SUBTREE -> line.contains(resource);
      case TYPE -> list.type().equals(name);
      case QUEUE -> list.queue().equals(name);
      case TASK -> task != null && task.equals(name);
    };
  }

  /** Whether its time is over; what it held comes back once its deadlines have been moved. */
  public boolean isOver(Instant now) {
    return until != null && !until.isAfter(now);
  }

  /** A hold that somebody asks for. */
  public record Request(
      UUID uuid,
      Scope scope,
      @Nullable UUID resource,
      @Nullable String name,
      String reason,
      @Nullable Instant until) {
    /**
     * Checks that its parts go together.
     *
     * @throws Refusal of code {@code INVALID} where they do not
     */
    public Request {
      boolean named = scope == Scope.TYPE || scope == Scope.TASK || scope == Scope.QUEUE;
      if (reason.isBlank()) {
        throw invalid("a hold has a reason: whoever finds it wants to know why");
      }
      if (SystemWatch.SYSTEM.equals(resource)) {
        throw invalid("the alarms of the system hang off it: it is never held");
      }
      if ((scope == Scope.SUBTREE) != (resource != null)) {
        throw invalid("a hold of a subtree names its resource, and no other does");
      }
      if (named != (name != null && !name.isBlank())) {
        throw invalid("a hold of a type, a task or a queue names it, and no other does");
      }
    }

    private static Refusal invalid(String why) {
      return new Refusal(Refusal.Code.INVALID, why);
    }

    /** What a store answers that cannot put it. */
    public Refusal refused() {
      String past = "%s is past: name a time to come".formatted(until);
      String gone = "resource %s is not there, or has ended".formatted(resource);
      return invalid(resource == null ? past : until == null ? gone : gone + "; or " + past);
    }
  }

  /** What a store answers that has so many already. */
  public static Refusal tooMany() {
    return new Refusal(
        Refusal.Code.OCCUPIED,
        "%,d holds are in force, and there can be no more: release some, or hold a type or a queue"
            .formatted(MOST));
  }

  /** What a store answers that has no such hold. */
  public static Refusal absent(UUID hold) {
    return new Refusal(
        Refusal.Code.NOT_FOUND,
        "there is no hold %s, or it is over, or it abandons what it holds".formatted(hold));
  }
}
