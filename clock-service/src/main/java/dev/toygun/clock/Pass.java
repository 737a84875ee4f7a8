package dev.toygun.clock;

import io.vertx.core.Future;

/** What a clock does again and again, if no other clock does it. */
interface Pass {
  /** The name under which clocks share it out. */
  String name();

  /** One round; does nothing where another clock has the pass. */
  Future<Void> run();
}
