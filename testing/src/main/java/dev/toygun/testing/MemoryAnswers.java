package dev.toygun.testing;

import dev.toygun.store.Usage;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a {@link MemoryStore} answers: a moment later, so that whoever shares it interleaves. */
abstract class MemoryAnswers {
  final Time time;

  MemoryAnswers(Time time) {
    this.time = time;
  }

  /** To the microsecond, as Postgres has it. */
  final Instant instant() {
    return time.now().truncatedTo(ChronoUnit.MICROS);
  }

  final <T> Future<T> later(Supplier<? extends @Nullable T> work) {
    return laterMaybe(work).map(value -> value);
  }

  final <T extends @Nullable Object> Future<T> laterMaybe(Supplier<? extends T> work) {
    Promise<T> promise = Promise.promise();
    time.after(
        Duration.ofMillis(1 + (long) (time.random() * 3)),
        () -> {
          T value;
          try {
            value = work.get();
          } catch (RuntimeException e) {
            promise.fail(e);
            return;
          }
          promise.complete(value);
        });
    return Objects.requireNonNull(promise.future());
  }

  abstract MemoryUsages usages();

  abstract MemoryBreakers breakers();

  abstract MemoryRepairs repairs();

  /** What a worker tells of what it has done. */
  public final Future<Void> charge(List<Usage> used) {
    return usages().charge(used);
  }

  /** The same of good tries. */
  public final Future<Void> tried(Map<String, Integer> good) {
    return breakers().tried(good);
  }

  /** What it asks about repairs. */
  public final Future<Set<String>> demoted() {
    return repairs().demoted();
  }
}
