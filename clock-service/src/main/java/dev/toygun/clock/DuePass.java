package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.queue.Queue.Depth;
import dev.toygun.store.Due;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.ListName;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queues the rows whose {@code due_at} is past, list by list. */
final class DuePass implements Pass {
  private static final Logger LOG = LoggerFactory.getLogger(DuePass.class);

  private final String owner;
  private final Parts parts;
  private final Marks marks;
  private final DeadWorkers workers;
  private final EpochWatch epochs = new EpochWatch();
  private final Complaints complaints = new Complaints();
  private final Map<Source, DueScan> scans = new HashMap<>();

  private record Source(Kind kind, ListName list) {}

  DuePass(String owner, Parts parts, Marks marks, DeadWorkers workers) {
    this.owner = owner;
    this.parts = parts;
    this.marks = marks;
    this.workers = workers;
  }

  @Override
  public String name() {
    return "due";
  }

  @Override
  public Future<Void> run() {
    return parts
        .store()
        .claim(name(), owner, parts.settings().passTime())
        .compose(
            mine -> {
              if (mine.isEmpty()) {
                forgetEverything();
                parts.metrics().notMine();
                return Future.succeededFuture();
              }
              Due.Pass pass = mine.get();
              return watchEpoch()
                  .compose(same -> lookForTheDead())
                  .compose(buried -> parts.store().lists())
                  .compose(lists -> goThrough(lists, pass.now()))
                  .compose(done -> parts.store().advance(name(), owner, pass.now()));
            });
  }

  private Future<Void> watchEpoch() {
    return parts
        .queue()
        .epoch()
        .onFailure(away -> workers.wereOutOfReach())
        .map(
            epoch -> {
              if (epochs.isNew(epoch)) {
                forgetEverything();
              }
              return null;
            });
  }

  private Future<Void> lookForTheDead() {
    return workers
        .look()
        .map(
            ended -> {
              if (!ended.isEmpty()) {
                scans.values().forEach(scan -> scan.forget(ended));
              }
              return null;
            });
  }

  private Future<Void> goThrough(List<ListName> lists, Instant now) {
    keepOnly(lists);
    return parts
        .queue()
        .depths(lists)
        .compose(
            depths -> {
              parts.metrics().depths(depths, now);
              Map<ListName, Integer> room = new HashMap<>();
              depths.forEach((list, depth) -> room.put(list, roomIn(list, depth)));
              List<DueScan> all = new ArrayList<>();
              for (Kind kind : Kind.values()) {
                lists.forEach(list -> all.add(scan(kind, list)));
              }
              int each = Math.max(1, parts.settings().mostRemembered() / Math.max(1, all.size()));
              return InTurn.each(
                  all, scan -> fill(scan, now, depths, room, each), (scan, e) -> failed(scan, e));
            })
        .map(
            done -> {
              parts.metrics().oldestDue(oldest());
              return null;
            });
  }

  private Future<?> fill(
      DueScan scan,
      Instant now,
      Map<ListName, Depth> depths,
      Map<ListName, Integer> room,
      int mostRemembered) {
    Depth depth = depths.get(scan.list());
    Optional<Instant> head = depth == null ? Optional.empty() : depth.head();
    int left = room.getOrDefault(scan.list(), 0);
    return scan.run(now, head, left, mostRemembered)
        .onSuccess(
            tickets -> {
              complaints.worksAgain(scan.list());
              room.put(scan.list(), left - tickets);
            });
  }

  private int roomIn(ListName list, Depth depth) {
    return (int) Math.max(0, marks.of(list) - depth.tickets());
  }

  private DueScan scan(Kind kind, ListName list) {
    return scans.computeIfAbsent(new Source(kind, list), source -> new DueScan(kind, list, parts));
  }

  private Optional<Instant> oldest() {
    return scans.values().stream().flatMap(scan -> scan.oldest().stream()).min(Instant::compareTo);
  }

  private void failed(DueScan scan, Throwable failure) {
    parts.metrics().failed(name());
    if (complaints.isNews(scan.list())) {
      LOG.warn("list {} is left out of the pass: {}", scan.list(), failure.getMessage(), failure);
    }
  }

  private void keepOnly(List<ListName> lists) {
    Set<ListName> active = new HashSet<>(lists);
    scans.keySet().removeIf(source -> !active.contains(source.list));
    marks.keepOnly(active);
  }

  private void forgetEverything() {
    scans.clear();
    workers.forget();
  }
}
