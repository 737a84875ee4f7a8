package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.store.Old;
import dev.toygun.store.Retention;
import dev.toygun.store.Retention.Mode;
import dev.toygun.store.Retention.Removed;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what has ended and is older than its type keeps it, and what is old of what is written
 * about the others: page by page, each in a short transaction of its own. It works a third of the
 * time at most, so that the slower the database is, the less it is asked. Once it is through, it
 * rests. How far it has come it remembers in memory only: another clock begins anew, and finds what
 * is still there.
 */
final class RetentionPass implements Pass {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionPass.class);

  /** From the end of a round to the beginning of the next. */
  static final Duration REST = Duration.ofMinutes(5);

  /** How often it is asked whether it is time to begin. */
  static final Duration LOOK = Duration.ofSeconds(10);

  /** How often what lives is gone through, and what is no resource's. */
  static final Duration DAILY = Duration.ofDays(1);

  /** How many ended runs or resources a page looks at. */
  static final int PAGE = 500;

  /** How many resources a page has whose history is gone through, with their tasks. */
  static final int LIVING = 100;

  /** How many rows of one table a transaction removes. */
  static final int ROWS = 2_000;

  /** How often it is asked anew what types say, while a round lasts. */
  static final Duration FRESH = Duration.ofMinutes(1);

  /** For how long a turn goes on with the next page. */
  private static final Duration TURN = Duration.ofMillis(250);

  private final String owner;
  private final Parts parts;
  private final Retention store;
  private final Retention.Settings keep;
  private final Deque<Chore> chores = new ArrayDeque<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private int leftOut;
  private @Nullable Long looked;
  private @Nullable Long asked;
  private @Nullable Long ended;
  private @Nullable Long daily;
  private Duration took = Duration.ZERO;

  /** A part of a round; of what a type says, or null where settings say it. */
  private record Chore(@Nullable Old said, Supplier<Future<Boolean>> step) {}

  RetentionPass(String owner, Parts parts) {
    this.owner = owner;
    this.parts = parts;
    this.store = parts.store();
    this.keep = parts.settings().keep();
  }

  @Override
  public String name() {
    return "retention";
  }

  @Override
  public Duration pause(Duration interval) {
    Duration twice = took.multipliedBy(2);
    return twice.compareTo(interval) > 0 ? twice : interval;
  }

  @Override
  public Future<Void> run() {
    took = Duration.ZERO;
    if (chores.isEmpty() && !isOver(looked, LOOK)) {
      return Future.succeededFuture();
    }
    looked = parts.time().nanos();
    return parts
        .store()
        .claim(name(), owner, parts.settings().passTime().plus(LOOK))
        .compose(
            mine -> {
              if (mine.isEmpty()) {
                chores.clear();
                daily = null;
                parts.metrics().retained(Duration.ZERO);
                return Future.succeededFuture();
              }
              Duration since = Duration.between(mine.get().upto(), mine.get().now());
              parts.metrics().retained(since);
              boolean rests = since.compareTo(REST) < 0 || !isOver(ended, REST);
              if (chores.isEmpty() && rests) {
                return Future.succeededFuture();
              }
              long from = parts.time().nanos();
              return (chores.isEmpty() ? begin() : keepUp())
                  .compose(begun -> turn(from, mine.get().now()))
                  .onComplete(done -> took = age(from));
            });
  }

  private Future<Void> begin() {
    leftOut = 0;
    chores.add(new Chore(null, this::usage));
    if (keep.mode() == Mode.FOREVER) {
      return Future.succeededFuture();
    }
    asked = parts.time().nanos();
    return store
        .ended()
        .map(
            kinds -> {
              kinds.forEach(old -> chores.add(new Chore(old, removal(old, PAGE))));
              if (isOver(daily, DAILY)) {
                chores.add(new Chore(null, removal(new Old.History(keep.history()), LIVING)));
                chores.add(new Chore(null, this::rest));
                daily = parts.time().nanos();
              }
              return null;
            });
  }

  /** What a type says otherwise by now is left to the next round. */
  private Future<Void> keepUp() {
    if (!isOver(asked, FRESH)) {
      return Future.succeededFuture();
    }
    return store
        .ended()
        .map(
            kinds -> {
              chores.removeIf(chore -> chore.said() != null && !kinds.contains(chore.said()));
              asked = parts.time().nanos();
              return null;
            });
  }

  private Supplier<Future<Boolean>> removal(Old old, int look) {
    Removal removal =
        new Removal(
            store,
            old,
            look,
            ROWS,
            this::count,
            (seen, failure) -> {
              leftOut("%s of %s".formatted(seen.key(), old), failure);
            });
    return removal::step;
  }

  private Future<Boolean> rest() {
    return counted(store.removeRest(keep, ROWS));
  }

  /** That is no history, and goes also where all of that stays. */
  private Future<Boolean> usage() {
    return counted(parts.store().usages().remove(ROWS));
  }

  private Future<Boolean> counted(Future<Removed> asked) {
    return asked.map(
        removed -> {
          count(removed);
          return removed.more();
        });
  }

  /** Goes on for a while; what cannot even be looked at is left to the next round. */
  private Future<Void> turn(long from, Instant now) {
    Chore chore = chores.peek();
    if (chore == null) {
      return end(now);
    }
    return chore
        .step()
        .get()
        .otherwise(
            failure -> {
              leftOut("what is left of a table", failure);
              return false;
            })
        .compose(
            more -> {
              if (!more) {
                chores.remove();
              }
              return isOver(from, TURN) && !chores.isEmpty()
                  ? Future.succeededFuture()
                  : turn(from, now);
            });
  }

  /**
   * Only a round that left nothing out counts as one: who looks after the whole sees the others.
   */
  private Future<Void> end(Instant now) {
    ended = parts.time().nanos();
    if (!counts.isEmpty()) {
      LOG.info("removed what was old, rows by table: {}", counts);
      counts.clear();
    }
    return leftOut > 0 ? Future.succeededFuture() : parts.store().advance(name(), owner, now);
  }

  private void count(Removed removed) {
    removed
        .rows()
        .forEach(
            (table, rows) -> {
              parts.metrics().removed(table, rows);
              if (rows > 0) {
                counts.merge(table, (long) rows, Long::sum);
              }
            });
  }

  private void leftOut(String what, Throwable failure) {
    parts.metrics().failed(name());
    if (leftOut++ == 0) {
      LOG.warn("{} is not removed for now: {}", what, failure.toString());
    }
  }

  private boolean isOver(@Nullable Long since, Duration time) {
    return since == null || age(since).compareTo(time) >= 0;
  }

  private Duration age(long since) {
    return Duration.ofNanos(parts.time().nanos() - since);
  }
}
