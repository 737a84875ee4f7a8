package dev.toygun.worker;

import dev.toygun.store.Family;
import dev.toygun.store.Hold;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.Work;
import dev.toygun.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is on hold, as it was a second ago at most: nothing in it is ticked or committed, and what
 * is under way is broken off. While it cannot be read, what was read last holds on.
 */
final class Holding {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Holding.class);

  private final Work store;
  private final Time time;
  private List<Hold> holds = List.of();
  private final Consumer<Predicate<Subject>> interrupt;
  private boolean stopped;

  /**
   * Nothing is on hold until it is started.
   *
   * @param interrupt breaks off what is under way of such subjects
   */
  Holding(Work store, Time time, Consumer<Predicate<Subject>> interrupt) {
    this.store = store;
    this.time = time;
    this.interrupt = interrupt;
  }

  /** Begins to read. */
  void start() {
    if (stopped) {
      return;
    }
    store
        .holds()
        .onComplete(
            read -> {
              if (read.succeeded()) {
                holds = read.result();
                if (!holds.isEmpty() && !stopped) {
                  interrupt.accept(subject -> holds(subject.family(), subject.key()));
                }
              } else {
                LOG.debug("what is on hold could not be read: {}", read.cause().getMessage());
              }
              time.after(AGAIN, this::start);
            });
  }

  void stop() {
    stopped = true;
  }

  /** Whether a machine of this family is on hold. */
  boolean holds(Family family, SubjectKey key) {
    if (holds.isEmpty()) {
      return false;
    }
    List<UUID> line = new ArrayList<>(family.resource().path());
    line.add(family.resource().uuid());
    @Nullable String task =
        key.isResource() ? null : family.task(key).map(TaskRow::name).orElse(null);
    return holds.stream()
        .anyMatch(hold -> hold.holds(line, family.resource().machine().list(), task));
  }
}
