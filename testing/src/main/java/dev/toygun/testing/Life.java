package dev.toygun.testing;

import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The life of one process. Once it is over nothing that it asked for is answered and none of its
 * timers runs, as if it had been killed; what it had sent is carried out all the same. While it is
 * frozen answers and timers wait.
 */
final class Life {
  /** Longer than a lease holds. */
  private static final Duration FREEZE = Duration.ofSeconds(12);

  private final Time time;
  private final Faults faults;
  private final Runnable died;
  private final Set<UUID> held = new HashSet<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean over;
  private boolean frozen;

  Life(Time time, Faults faults, Runnable died) {
    this.time = time;
    this.faults = faults;
    this.died = died;
  }

  boolean isOver() {
    return over;
  }

  boolean isFrozen() {
    return frozen;
  }

  void end() {
    over = true;
    waiting.clear();
  }

  /** The leases that it holds. */
  Set<UUID> held() {
    return held;
  }

  Faults faults() {
    return faults;
  }

  /** Asks something outside; it is answered only while it lives. */
  <T> Future<T> ask(Supplier<Future<T>> call) {
    Promise<T> answer = Promise.promise();
    if (!over) {
      call.get().onComplete(done -> deliver(() -> answer.handle(done)));
    }
    return answer.future();
  }

  /** The same; and there, on the way and on the way back, it may be struck. */
  <T> Future<T> risk(Supplier<Future<T>> call) {
    Promise<T> answer = Promise.promise();
    if (over || struck()) {
      return answer.future();
    }
    Future<T> asked = call.get();
    if (struck()) {
      return answer.future();
    }
    asked.onComplete(
        done ->
            deliver(
                () -> {
                  if (!struck()) {
                    answer.handle(done);
                  }
                }));
    return answer.future();
  }

  /**
   * Begins once it is no longer frozen: a process that sleeps asks for nothing, and so loses no
   * more than what it had as it fell asleep.
   */
  <T> Future<T> awake(Supplier<Future<T>> call) {
    Promise<T> answer = Promise.promise();
    deliver(() -> call.get().onComplete(answer));
    return answer.future();
  }

  /** A timer that runs only while it lives. */
  Time.Timer after(Duration delay, Runnable action) {
    return time.after(delay, () -> deliver(action));
  }

  private void deliver(Runnable what) {
    if (over) {
      return;
    }
    if (frozen) {
      waiting.add(what);
    } else {
      what.run();
    }
  }

  /** Whether it died here. */
  private boolean struck() {
    if (over) {
      return true;
    }
    if (frozen || !faults.strikes(held)) {
      return false;
    }
    if (faults.freezes()) {
      frozen = true;
      time.after(FREEZE, this::thaw);
      return false;
    }
    end();
    died.run();
    return true;
  }

  private void thaw() {
    frozen = false;
    List<Runnable> late = List.copyOf(waiting);
    waiting.clear();
    late.forEach(this::deliver);
  }
}
