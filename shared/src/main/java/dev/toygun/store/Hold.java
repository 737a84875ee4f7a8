package dev.toygun.store;

import dev.toygun.BuiltIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person, or an open {@link Breakers breaker}, has put on hold: nothing in it is ticked, and
 * its alarms are quiet.
 *
 * @param resource of a subtree: its root
 * @param name of a type, task, queue or breaker
 * @param effectiveAt before this, something that had begun may still be finishing
 * @param until null until it is released
 * @param abandons whether what it holds is ended, without running its code; then it is of a
 *     subtree, and nobody releases it
 * @param kept of a breaker: what it keeps; null otherwise
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
    boolean abandons,
    @Nullable Kept kept) {

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
    ALL,
    /**
     * What is due of the tasks of a breaker that is open. What is under way goes on; nobody
     * releases it, as it goes with the breaker.
     */
    BREAKER;

    /** The stored name: {@code subtree}. */
    public String stored() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * What a breaker keeps.
   *
   * @param tasks each as {@code type/task}
   * @param probes the runs that are let go to see whether things work again
   * @param spread the time over which all others are let go then
   */
  public record Kept(List<String> tasks, List<UUID> probes, Duration spread) {
    public Kept {
      tasks = List.copyOf(tasks);
      probes = List.copyOf(probes);
    }
  }

  /** Whether it keeps a machine from being ticked: its task's run, or, for null, the resource. */
  public boolean keeps(ResourceRow resource, @Nullable TaskRow task) {
    List<UUID> line = new ArrayList<>(resource.path());
    line.add(resource.uuid());
    boolean holds =
        holds(
            line,
            task == null ? resource.machine().list() : task.machine().list(),
            task == null ? null : task.name());
    return holds && (kept == null || task == null || isKept(kept, resource, task));
  }

  private static boolean isKept(Kept kept, ResourceRow resource, TaskRow task) {
    String state = task.machine().state();
    return resource.deleting() == ResourceRow.Deleting.NO
        && (state.equals(BuiltIn.NEW) || !BuiltIn.reserved(state))
        && !task.waitsForItsTurn()
        && !task.waitsForApproval()
        && !kept.probes().contains(task.key().uuid());
  }

  /**
   * Whether a machine is in it, and its alarms are quiet.
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
      case BREAKER ->
          kept != null && task != null && kept.tasks().contains(list.type() + "/" + task);
    };
  }

  /**
   * The first of these that a machine is in: the one that is told of.
   *
   * @param path what is above its resource
   * @param task as of {@link #holds}
   */
  public static Optional<Hold> first(
      List<Hold> holds, List<UUID> path, UUID resource, ListName list, @Nullable String task) {
    List<UUID> line = new ArrayList<>(path);
    line.add(resource);
    return holds.stream().filter(hold -> hold.holds(line, list, task)).findFirst();
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
      if (scope == Scope.BREAKER) {
        throw invalid("a breaker puts and releases its hold itself: open the breaker");
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
        "there is no hold %s, or it is over, or it abandons what it holds, or it is a breaker's"
            .formatted(hold));
  }
}
