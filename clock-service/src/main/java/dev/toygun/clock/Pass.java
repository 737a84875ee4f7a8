package dev.toygun.clock;

import io.vertx.core.Future;
import java.time.Duration;

/** What a clock does again and again, if no other clock does it. */
interface Pass {
  /** The name under which clocks share it out. */
  String name();

  /** One round; does nothing where another clock has the pass. */
  Future<Void> run();

  /** How long it waits after a round for the next. */
  default Duration pause(Duration interval) {
    return interval;
  }
}
