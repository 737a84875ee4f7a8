package dev.toygun.worker;

import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.Work;
import dev.toygun.time.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is on hold, as it was a second ago at most: nothing in it is ticked or committed, and what
 * is under way is broken off. While it cannot be read, what was read last holds on.
 */
final class Holding {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int MOST_LEFT = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(Holding.class);

  private final Work store;
  private final Time time;
  private List<Hold> holds = List.of();
  private final Consumer<Predicate<Subject>> interrupt;
  private final Consumer<List<Committed.Woken>> released;
  private final ArrayDeque<Committed.Woken> left = new ArrayDeque<>();
  private boolean stopped;

  /**
   * Nothing is on hold until it is started.
   *
   * @param interrupt breaks off what is under way of such subjects
   * @param released is given what was left to a hold that was over already
   */
  Holding(
      Work store,
      Time time,
      Consumer<Predicate<Subject>> interrupt,
      Consumer<List<Committed.Woken>> released) {
    this.store = store;
    this.time = time;
    this.interrupt = interrupt;
    this.released = released;
  }

  /** Begins to read. */
  void start() {
    if (stopped) {
      return;
    }
    int before = left.size();
    store
        .holds()
        .onComplete(
            read -> {
              if (read.succeeded()) {
                take(read.result(), before);
                if (!holds.isEmpty() && !stopped) {
                  interrupt.accept(subject -> stops(subject.family(), subject.key()));
                }
              } else {
                LOG.debug("what is on hold could not be read: {}", read.cause().getMessage());
              }
              time.after(AGAIN, this::start);
            });
  }

  /* Whoever is queued as a hold ends may be here before that is known; nobody queues it twice. */
  private void take(List<Hold> now, int before) {
    boolean over = !uuids(now).containsAll(uuids(holds));
    Set<UUID> probes = probes(now);
    holds = now;
    List<Committed.Woken> back =
        left.stream().filter(one -> over || probes.contains(one.key().uuid())).distinct().toList();
    if (over) {
      left.clear();
    }
    if (!back.isEmpty() && !stopped) {
      released.accept(back);
    }
    // What was left while this was read is left for the next.
    for (int i = 0; i < before; i++) {
      left.pollFirst();
    }
  }

  private static Set<UUID> uuids(List<Hold> holds) {
    return holds.stream().map(Hold::uuid).collect(Collectors.toSet());
  }

  private static Set<UUID> probes(List<Hold> holds) {
    return holds.stream()
        .flatMap(hold -> hold.kept() == null ? Stream.of() : hold.kept().probes().stream())
        .collect(Collectors.toSet());
  }

  /** Whether an open breaker has let it go, to see whether things work again. */
  boolean isProbe(SubjectKey key) {
    return probes(holds).contains(key.uuid());
  }

  void stop() {
    stopped = true;
  }

  /** Whether something that is due is on hold; it comes back if that hold is over by now. */
  boolean leaves(Family family, SubjectKey key, ListName list) {
    return leaves(holds(family, key), key, list);
  }

  /** The same of what was ticked, and is to be committed. */
  boolean leavesTicked(Family family, SubjectKey key, ListName list) {
    return leaves(stops(family, key), key, list);
  }

  private boolean leaves(boolean held, SubjectKey key, ListName list) {
    if (held) {
      left.add(new Committed.Woken(key, list));
      if (left.size() > MOST_LEFT) {
        left.pollFirst();
      }
    }
    return held;
  }

  /** Whether a machine of this family is on hold, and not to be ticked. */
  boolean holds(Family family, SubjectKey key) {
    return keeps(family, key, hold -> true);
  }

  /** Whether what is under way of it is broken off: an open breaker lets that go on. */
  boolean stops(Family family, SubjectKey key) {
    return keeps(family, key, hold -> hold.kept() == null);
  }

  private boolean keeps(Family family, SubjectKey key, Predicate<Hold> which) {
    if (holds.isEmpty()) {
      return false;
    }
    @Nullable TaskRow task = key.isResource() ? null : family.task(key).orElse(null);
    return holds.stream().anyMatch(hold -> which.test(hold) && hold.keeps(family.resource(), task));
  }
}
