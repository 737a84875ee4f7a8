package dev.toygun.store;

import dev.toygun.store.Bulk.Course;
import dev.toygun.store.Bulk.Item;
import dev.toygun.store.Bulk.Result;
import dev.toygun.store.Bulk.State;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which a bulk run goes on: how many items may be done, what becomes of those that are
 * watched, and when it halts. Both stores go by it; what is done with an item {@link BulkItems}
 * says.
 */
public final class BulkBook {
  /** When it is looked at again at the latest, while it goes on. */
  static final Duration LOOK = Duration.ofSeconds(2);

  /** How many items are looked at, at least: most may be such that nothing is to be done with. */
  private static final int LOOKS_AT = 20;

  private static final String LOCKED = "it waits for resources that somebody has locked";

  /** What a rate has left undone for longer than this is not made up for. */
  private static final Duration CATCH_UP = Duration.ofSeconds(1);

  private final Bulk bulk;
  private final Instant now;

  /** The rules, as they are applied to this one at one moment. */
  public BulkBook(Bulk bulk, Instant now) {
    this.bulk = bulk;
    this.now = now;
  }

  /**
   * It as it is once a page of resources has been looked at.
   *
   * @param found how many items that made
   * @param at when the last of the page was made
   * @param last the last of the page; null where there was none
   * @param more whether there may be more
   */
  public Bulk gathered(long found, @Nullable Instant at, @Nullable UUID last, boolean more) {
    Bulk then = found == 0 ? bulk : bulk.plus(Map.of(Result.WAITING, found));
    Course was = bulk.course();
    Course next =
        new Course(
            last == null ? was.gatheredAt() : at,
            last == null ? was.gathered() : last,
            !more,
            was.proven(),
            more ? 0 : bulk.order().going().failures(then.total()),
            now,
            now);
    then = then.with(next);
    if (more) {
      return then;
    }
    return then.total() == 0
        ? over(then, State.DONE, "the filter found nothing")
        : then.with(was.proven() ? State.RUNNING : State.CANARY, "", now);
  }

  /**
   * How many items may be done now, at most: none where it halts by what was watched.
   *
   * @param before items that were watched, as they were
   * @param then the same as they are
   */
  public int takes(List<Item> before, List<Item> then, int most) {
    return after(before, then, false, 0).state() == State.HALTED ? 0 : takes(most);
  }

  /** How many items are read for so many that may be done. */
  public static int reads(int takes, int most) {
    return takes == 0 ? 0 : Math.max(takes, Math.min(most, LOOKS_AT));
  }

  /** How many items may be done now, at most. */
  int takes(int most) {
    if (bulk.state() != State.CANARY && bulk.state() != State.RUNNING) {
      return 0;
    }
    long may = Math.min(most, bulk.count(Result.WAITING));
    if (!bulk.course().proven()) {
      may = Math.min(may, bulk.order().going().canary() - bulk.tried());
    }
    long between = between();
    if (between > 0) {
      long free = Duration.between(free(), now).toNanos();
      may = free < 0 ? 0 : Math.min(may, free / between + 1);
    }
    return (int) Math.max(0, may);
  }

  /** The nanoseconds from one item to the next; 0 where there is no rate. */
  private long between() {
    BulkOrder.Going going = bulk.order().going();
    return going.rate() == null ? 0 : Math.max(1, going.per().toNanos() / going.rate());
  }

  private Instant free() {
    Instant missed = now.minus(CATCH_UP);
    return bulk.course().freeAt().isBefore(missed) ? missed : bulk.course().freeAt();
  }

  /** The item with this result. */
  Item result(Item item, Result result, @Nullable String code, String message) {
    return item.with(result, code, message, now);
  }

  /** The item once its effect is committed, which began or changed this subject. */
  Item done(Item item, @Nullable UUID subject, String message) {
    Item named = new Item(item.resource(), Result.DONE, subject, null, message, now, null);
    BulkOrder order = bulk.order();
    return order.action().begins() && !order.going().watch().isZero()
        ? new BulkWatch(order.going().watch(), now).begun(named)
        : named;
  }

  /**
   * It as it is once items have other results.
   *
   * @param before the items as they were
   * @param then the same as they are
   * @param full whether there may be more that is watched to be looked at at once
   * @param read how many items were read whose turn had come, and that somebody may have locked
   */
  public Bulk after(List<Item> before, List<Item> then, boolean full, int read) {
    Map<Result, Long> more = new EnumMap<>(Result.class);
    long tried = 0;
    long taken = 0;
    String failure = "";
    for (int i = 0; i < then.size(); i++) {
      Item was = before.get(i);
      Item is = then.get(i);
      more.merge(was.result(), -1L, Long::sum);
      more.merge(is.result(), 1L, Long::sum);
      tried += was.result() == Result.WAITING ? 1 : 0;
      taken += was.result() == Result.WAITING && is.isTaken() ? 1 : 0;
      failure = is.result() == Result.FAILED ? is.message() : failure;
    }
    Course was = bulk.course();
    Instant free = taken == 0 ? was.freeAt() : free().plusNanos(taken * between());
    Bulk next = noted(moved(bulk.plus(more), failure), read, tried);
    Course course =
        new Course(
            was.gatheredAt(),
            was.gathered(),
            was.complete(),
            was.proven() || next.state() == State.RUNNING,
            was.haltsAt(),
            free,
            null);
    // What was skipped is no reason to wait.
    boolean goesOn = tried > 0 && new BulkBook(next.with(course), now).takes(1) > 0;
    return next.with(due(course, dueAt(next, free, full || goesOn)));
  }

  /** Whoever finds that it does not go on is to find why. */
  private Bulk noted(Bulk then, int read, long tried) {
    boolean stands = read > 0 && tried == 0;
    boolean over = tried > 0 && then.note().equals(LOCKED);
    return (stands || over) && (then.state() == State.CANARY || then.state() == State.RUNNING)
        ? then.with(then.state(), stands ? LOCKED : "", now)
        : then;
  }

  /** One that is paused halts all the same, or it would go on as if nothing had failed. */
  private Bulk moved(Bulk then, String failure) {
    boolean paused = then.state() == State.PAUSED;
    if (!paused && then.state() != State.CANARY && then.state() != State.RUNNING) {
      return then;
    }
    boolean trying = paused ? !then.course().proven() : then.state() == State.CANARY;
    long failed = then.count(Result.FAILED);
    boolean idle = then.count(Result.BEGUN) == 0;
    boolean through = then.count(Result.WAITING) == 0;
    boolean halts =
        trying
            ? failed > 0
            : failed > bulk.count(Result.FAILED) && failed >= then.course().haltsAt();
    if (halts) {
      String which = trying ? " of its canary" : "";
      String last = failure.isEmpty() ? "" : ", the last one: " + failure;
      return then.with(State.HALTED, "%d%s failed%s".formatted(failed, which, last), now);
    }
    if (paused) {
      return then;
    }
    if (idle && through) {
      return over(then, State.DONE, "");
    }
    boolean canary = then.tried() >= then.order().going().canary();
    return then.state() == State.CANARY && idle && canary
        ? then.with(State.RUNNING, "", now)
        : then.with(then.state(), then.note(), now);
  }

  private @Nullable Instant dueAt(Bulk then, Instant free, boolean full) {
    boolean watches = then.count(Result.BEGUN) > 0;
    Instant soon = now.plus(LOOK);
    return switch (then.state()) {
      case DONE, CANCELLED -> null;
      case PAUSED, HALTED -> watches ? soon : null;
      case GATHERING, CANARY, RUNNING ->
          full ? now : free.isAfter(now) && free.isBefore(soon) ? free : soon;
    };
  }

  private Bulk over(Bulk then, State state, String why) {
    return then.with(due(then.course(), null)).with(state, why, now);
  }

  private static Course due(Course course, @Nullable Instant at) {
    return new Course(
        course.gatheredAt(),
        course.gathered(),
        course.complete(),
        course.proven(),
        course.haltsAt(),
        course.freeAt(),
        at);
  }

  /**
   * It once somebody has said this to it.
   *
   * @throws Refusal of code {@code ENDED} or {@code WRONG_STATE} where that cannot be
   */
  public Bulk command(Bulk.Command command, String actor, String reason) {
    if (bulk.state().isOver()) {
      throw new Refusal(
          Refusal.Code.ENDED,
          "bulk run %s is %s: nothing can be said to it any more"
              .formatted(bulk.uuid(), bulk.state().stored()));
    }
    String said = " by " + actor + (reason.isEmpty() ? "" : ": " + reason);
    return switch (command) {
      case PAUSE -> {
        require(State.GATHERING, State.CANARY, State.RUNNING);
        boolean watches = bulk.count(Result.BEGUN) > 0;
        yield bulk.with(due(bulk.course(), watches ? now : null))
            .with(State.PAUSED, "paused" + said, now);
      }
      case RESUME -> {
        require(State.PAUSED, State.HALTED, State.CANARY);
        yield resumed("resumed" + said);
      }
      case CANCEL -> over(bulk, State.CANCELLED, "cancelled" + said);
    };
  }

  /** From a halt, or a canary, it goes on whatever has failed so far: somebody has looked. */
  private Bulk resumed(String said) {
    Course was = bulk.course();
    boolean proven = was.proven() || bulk.state() != State.PAUSED;
    long halts =
        bulk.state() == State.PAUSED
            ? was.haltsAt()
            : bulk.count(Result.FAILED) + bulk.order().going().failures(bulk.total());
    // What was not done meanwhile is not made up for.
    Instant free = was.freeAt().isBefore(now) ? now : was.freeAt();
    Course next =
        new Course(was.gatheredAt(), was.gathered(), was.complete(), proven, halts, free, now);
    State state = !was.complete() ? State.GATHERING : proven ? State.RUNNING : State.CANARY;
    return bulk.with(next).with(state, said, now);
  }

  private void require(State... allowed) {
    if (!List.of(allowed).contains(bulk.state())) {
      throw new Refusal(
          Refusal.Code.WRONG_STATE,
          "bulk run %s is %s; this can be said only to one that is %s"
              .formatted(
                  bulk.uuid(),
                  bulk.state().stored(),
                  String.join(" or ", List.of(allowed).stream().map(State::stored).toList())));
    }
  }
}
