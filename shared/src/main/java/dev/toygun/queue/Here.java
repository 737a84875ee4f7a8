package dev.toygun.queue;

import dev.toygun.time.Time;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where a caller runs: on an event loop, or, in a simulation, wherever time is told to go on. What
 * happens later happens there, and never inside whatever brought it about.
 */
record Here(@Nullable Context context, Time time) {
  static Here now(Time time) {
    return new Here(Vertx.currentContext(), time);
  }

  void run(Runnable action) {
    if (context != null) {
      context.runOnContext(v -> action.run());
    } else {
      time.after(Duration.ofMillis(1), action);
    }
  }

  /** The action here, once for any number of calls that come before it ran. */
  Runnable once(Runnable action) {
    AtomicBoolean planned = new AtomicBoolean();
    return () -> {
      if (planned.compareAndSet(false, true)) {
        run(
            () -> {
              planned.set(false);
              action.run();
            });
      }
    };
  }
}
