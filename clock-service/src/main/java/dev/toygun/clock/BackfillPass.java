package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.queue.Queue.Depth;
import dev.toygun.queue.Queue.Worker;
import dev.toygun.store.ListName;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has resources decided again whose fields are of an older version than a worker's code, so that
 * they are written up. Those that are busy are written up by their next write; these are the
 * others, which rest or are panicked: a few pages at a time, and only while nothing else of their
 * list waits. A list is gone through once; what is still of the older version after that (it
 * panicked on its way) is tried again much later.
 */
final class BackfillPass implements Pass {
  private static final Logger LOG = LoggerFactory.getLogger(BackfillPass.class);
  private static final UUID FIRST = new UUID(0, 0);

  /** How many rows of a list one statement looks at; a round is over once it woke as many. */
  static final int PAGE = 100;

  /** How many pages of a list one round looks at, where few of its rows rest. */
  static final int PAGES = 10;

  /** How often it is asked whether there are lists of older versions. */
  static final Duration LOOK = Duration.ofSeconds(10);

  /** When a list that was gone through is gone through again. */
  static final Duration AGAIN = Duration.ofHours(1);

  private final String owner;
  private final Parts parts;
  private final Map<ListName, UUID> cursors = new HashMap<>();
  private final Map<ListName, Long> through = new HashMap<>();
  private Set<ListName> behind = Set.of();
  private @Nullable Long looked;

  BackfillPass(String owner, Parts parts) {
    this.owner = owner;
    this.parts = parts;
  }

  @Override
  public String name() {
    return "backfill";
  }

  @Override
  public Future<Void> run() {
    boolean looks = looked == null || age(looked).compareTo(LOOK) >= 0;
    if (!looks && underWay().isEmpty()) {
      return Future.succeededFuture();
    }
    return parts
        .store()
        .claim(name(), owner, parts.settings().passTime().plus(LOOK))
        .compose(
            mine -> {
              if (mine.isEmpty()) {
                cursors.clear();
                through.clear();
                looked = parts.time().nanos();
                return Future.succeededFuture();
              }
              return (looks ? look() : Future.<Void>succeededFuture()).compose(done -> wake());
            });
  }

  private Future<Void> look() {
    return parts
        .store()
        .lists()
        .compose(lists -> parts.queue().workers().map(workers -> behind(lists, workers)))
        .map(
            found -> {
              looked = parts.time().nanos();
              behind = found;
              through.keySet().retainAll(found);
              for (ListName list : found) {
                Long done = through.get(list);
                boolean again = done == null || age(done).compareTo(AGAIN) >= 0;
                if (again && cursors.putIfAbsent(list, FIRST) == null) {
                  LOG.info("rows of {} are of an older version than the code: written up", list);
                }
              }
              return null;
            });
  }

  /** What is left of lists that came to be written up no longer, or not by now, waits. */
  private List<ListName> underWay() {
    return cursors.keySet().stream().filter(behind::contains).toList();
  }

  /**
   * Lists of a version that some worker can lift to a newer one, and that no worker takes which
   * cannot: that one would tick what is woken, and leave it at rest as it is.
   */
  private static Set<ListName> behind(List<ListName> lists, List<Worker> workers) {
    Set<ListName> behind = new HashSet<>();
    Set<ListName> newest = new HashSet<>();
    for (Worker worker : workers) {
      Set<String> defined = new HashSet<>(worker.lists());
      for (ListName list : lists) {
        if (defined.contains(key(list, list.version()))) {
          boolean lifts = defined.contains(key(list, list.version() + 1));
          (lifts ? behind : newest).add(list);
        }
      }
    }
    behind.removeAll(newest);
    return behind;
  }

  private static String key(ListName list, int version) {
    return list.version(version).taken();
  }

  private Future<Void> wake() {
    List<ListName> lists = underWay();
    if (lists.isEmpty()) {
      return Future.succeededFuture();
    }
    return parts
        .queue()
        .depths(lists)
        .compose(
            depths ->
                InTurn.each(
                    lists,
                    list -> wake(list, depths.get(list)),
                    (list, failure) -> {
                      parts.metrics().failed(name());
                      LOG.warn("{} is not written up for now: {}", list, failure.getMessage());
                    }));
  }

  private Future<?> wake(ListName list, @Nullable Depth depth) {
    if (depth != null && depth.tickets() > 0) {
      return Future.succeededFuture();
    }
    return goOn(list, PAGES, PAGE);
  }

  /* The cursor moves only once a page is committed: what fails, or dies here, is looked at again. */
  private Future<?> goOn(ListName list, int pages, int wanted) {
    return parts
        .store()
        .wakeResting(list, cursors.getOrDefault(list, FIRST), PAGE)
        .compose(
            page -> {
              parts.metrics().backfilled(list, page.woken().size());
              if (page.through()) {
                cursors.remove(list);
                through.put(list, parts.time().nanos());
                return Future.succeededFuture();
              }
              cursors.put(list, page.upto());
              int missing = wanted - page.woken().size();
              return pages > 1 && missing > 0
                  ? goOn(list, pages - 1, missing)
                  : Future.succeededFuture();
            });
  }

  private Duration age(long since) {
    return Duration.ofNanos(parts.time().nanos() - since);
  }
}
