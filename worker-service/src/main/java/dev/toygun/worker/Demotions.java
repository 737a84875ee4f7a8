package dev.toygun.worker;

import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.store.Demotion;
import dev.toygun.store.Work;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tasks are demoted, as it was a second ago at most. While that cannot be read, what was read
 * last counts; and a worker that has not read it yet takes nothing on.
 */
final class Demotions {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Demotions.class);

  private final Work store;
  private final Time time;
  private final boolean any;
  private final Promise<Void> known = Promise.promise();
  private Set<String> demoted = Set.of();
  private boolean stopped;

  Demotions(Work store, Time time, TypeSet types) {
    this.store = store;
    this.time = time;
    this.any =
        types.types().stream().flatMap(t -> t.tasks().stream()).anyMatch(Demotions::canBeDemoted);
  }

  private static boolean canBeDemoted(TaskType<?> task) {
    return task.limits().demoteBelow() != null;
  }

  /** Begins to read, where a task can be demoted; ends once that is known. */
  Future<Void> start() {
    if (!any) {
      return Future.succeededFuture();
    }
    read();
    return known.future();
  }

  private void read() {
    if (stopped) {
      return;
    }
    store
        .demoted()
        .onComplete(
            read -> {
              if (read.succeeded()) {
                demoted = read.result();
                known.tryComplete();
              } else {
                LOG.debug("what is demoted could not be read: {}", read.cause().getMessage());
              }
              time.after(AGAIN, this::read);
            });
  }

  void stop() {
    stopped = true;
  }

  /** Whether runs of this task ask for approval, since it did not work. */
  boolean asks(String type, TaskType<?> task) {
    return canBeDemoted(task) && demoted.contains(Demotion.name(type, task.name().value()));
  }
}
