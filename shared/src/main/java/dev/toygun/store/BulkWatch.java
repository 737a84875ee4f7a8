package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.Bulk.Item;
import dev.toygun.store.Bulk.Result;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rules by which a bulk run watches what it began. Both stores go by it. */
public final class BulkWatch {
  /** How seldom what has not begun is looked at, however long it waits. */
  private static final Duration SELDOM = Duration.ofMinutes(5);

  private static final String NOT_BEGUN = "it has not begun";

  private final Duration watch;
  private final Instant now;

  /**
   * The rules, as they are applied at one moment.
   *
   * @param watch for how long something has to go on well
   */
  public BulkWatch(Duration watch, Instant now) {
    this.watch = watch;
    this.now = now;
  }

  /**
   * How a machine stands that was begun.
   *
   * @param end how it ended or will, if it is a run
   */
  public record Standing(String state, boolean active, @Nullable End end) {}

  /**
   * What becomes of an item that is watched.
   *
   * @param standing null where what was begun is not there any more
   */
  public Item seen(Item item, @Nullable Standing standing) {
    Instant at = item.at() == null ? now : item.at();
    if (standing == null) {
      return item.with(Result.DONE, null, "it has ended, and was removed", now);
    }
    boolean stands =
        standing.state().equals(BuiltIn.PANIC) || standing.state().equals(BuiltIn.TIMEOUT);
    if (stands) {
      return standing.state().equals(BuiltIn.PANIC)
          ? item.with(Result.FAILED, "panicked", "it panicked: see its last error", now)
          : item.with(Result.FAILED, "timed_out", "its state timed out: see its last error", now);
    }
    if (!standing.active()) {
      End end = standing.end() == null ? End.FINISHED : standing.end();
      return switch (end) {
        case FINISHED -> item.with(Result.DONE, null, "", now);
        case STOPPED -> item.with(Result.DONE, null, "it was stopped", now);
        case ABORTED, TIMED_OUT ->
            item.with(Result.FAILED, end.stored(), "it ended: " + end.stored(), now);
      };
    }
    if (standing.state().equals(BuiltIn.NEW)) {
      // It has not begun: whatever it waits for, that says nothing of how it goes.
      return waiting(item, at);
    }
    if (item.message().equals(NOT_BEGUN)) {
      return watching(item.with(Result.BEGUN, null, "", now), now);
    }
    return at.plus(watch).isAfter(now)
        ? watching(item, at)
        : item.with(
            Result.DONE, null, "it still went on after %d s".formatted(watch.toSeconds()), now);
  }

  /** Each time twice as long as before, or thousands that wait are looked at for ever. */
  private Item waiting(Item item, Instant at) {
    boolean again = item.message().equals(NOT_BEGUN) && item.dueAt() != null;
    Duration then = again ? Duration.between(at, item.dueAt()).multipliedBy(2) : often();
    Instant next = now.plus(then.compareTo(SELDOM) < 0 ? then : SELDOM);
    return new Item(item.resource(), Result.BEGUN, item.subject(), null, NOT_BEGUN, now, next);
  }

  /** What has begun just now. */
  Item begun(Item item) {
    return watching(item, now);
  }

  private Duration often() {
    return watch.dividedBy(6).compareTo(BulkBook.LOOK) < 0 ? BulkBook.LOOK : watch.dividedBy(6);
  }

  private Item watching(Item item, Instant since) {
    Instant end = since.plus(watch);
    Instant next = now.plus(often()).isBefore(end) ? now.plus(often()) : end;
    return new Item(
        item.resource(), Result.BEGUN, item.subject(), null, item.message(), since, next);
  }
}
