package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.queue.Takers;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.Due.Period;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has rows follow their type to the queue and the priority that its newest definition names, a few
 * pages at a time: but only to where a live worker takes them, so that none is moved to a queue
 * that nobody takes, and neither out of a queue that is on hold nor into one.
 */
final class QueuePass implements Pass {
  private static final Logger LOG = LoggerFactory.getLogger(QueuePass.class);
  private static final UUID FIRST = new UUID(0, 0);

  /** How many resources of a list one statement moves. */
  static final int PAGE = 200;

  /** How many pages of a list one round moves. */
  static final int PAGES = 5;

  /** How often it is asked whether rows are to follow their type. */
  static final Duration LOOK = Duration.ofSeconds(5);

  private final String owner;
  private final Parts parts;
  private final Map<ListName, Way> ways = new HashMap<>();
  private @Nullable Long looked;

  /** Where the rows of a list are to go, and how far that has come. */
  private record Way(ListName to, UUID upto) {}

  QueuePass(String owner, Parts parts) {
    this.owner = owner;
    this.parts = parts;
  }

  @Override
  public String name() {
    return "queues";
  }

  @Override
  public Future<Void> run() {
    boolean looks = looked == null || parts.time().nanos() - looked >= LOOK.toNanos();
    if (!looks && ways.isEmpty()) {
      return Future.succeededFuture();
    }
    return parts
        .store()
        .claim(name(), owner, parts.settings().passTime().plus(LOOK))
        .compose(
            mine -> {
              if (mine.isEmpty()) {
                ways.clear();
                looked = parts.time().nanos();
                return Future.succeededFuture();
              }
              return (looks ? look() : Future.<Void>succeededFuture()).compose(done -> move());
            });
  }

  /* Tasks that poll are in no list of what is due. */
  private Future<Void> look() {
    Future<List<ListName>> homes = parts.store().homes();
    Future<List<ListName>> lists = parts.store().lists();
    Future<List<Period>> polling = parts.store().periods(Kind.TASK);
    Future<Takers> takers = parts.queue().workers().map(Takers::new);
    Future<List<Hold>> holds = parts.store().holds();
    return Future.all(homes, lists, polling, takers, holds)
        .map(
            all -> {
              looked = parts.time().nanos();
              Set<ListName> there = new LinkedHashSet<>(lists.result());
              polling.result().forEach(period -> there.add(period.list()));
              there.removeIf(list -> isHeld(list, holds.result()));
              Map<ListName, Way> before = Map.copyOf(ways);
              ways.clear();
              for (ListName list : there) {
                home(list, homes.result(), takers.result())
                    .filter(to -> !to.equals(list) && !isHeld(to, holds.result()))
                    .ifPresent(to -> ways.put(list, way(before.get(list), to)));
              }
              return null;
            });
  }

  /* Some stay in front, so whoever began anew each time would never see those behind them. */
  private static Way way(@Nullable Way before, ListName to) {
    return before != null && before.to().equals(to) ? before : new Way(to, FIRST);
  }

  private static boolean isHeld(ListName list, List<Hold> holds) {
    return holds.stream()
        .anyMatch(hold -> hold.scope() == Hold.Scope.QUEUE && list.queue().equals(hold.name()));
  }

  /** Of the newest definition by which a live worker takes rows of this version. */
  private static Optional<ListName> home(ListName list, List<ListName> homes, Takers takers) {
    return homes.stream()
        .filter(home -> home.type().equals(list.type()) && home.version() >= list.version())
        .sorted(Comparator.comparingInt((ListName home) -> home.version()).reversed())
        .map(home -> home.version(list.version()))
        .filter(takers::any)
        .findFirst();
  }

  private Future<Void> move() {
    return InTurn.each(
        List.copyOf(ways.keySet()),
        list -> move(list, PAGES),
        (list, failure) -> {
          parts.metrics().failed(name());
          LOG.warn("{} stays where it is for now: {}", list, failure.getMessage());
        });
  }

  private Future<?> move(ListName list, int pages) {
    Way way = ways.get(list);
    if (way == null || pages == 0) {
      return Future.succeededFuture();
    }
    return parts
        .store()
        .relist(list, way.to(), way.upto(), PAGE)
        .compose(
            page -> {
              if (page.rows() > 0 && way.upto().equals(FIRST)) {
                LOG.info("rows of {} follow their type to {}", list, way.to());
              }
              if (page.through()) {
                ways.remove(list);
                return Future.succeededFuture();
              }
              ways.put(list, new Way(way.to(), page.upto()));
              return move(list, pages - 1);
            });
  }
}
