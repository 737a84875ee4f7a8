package dev.toygun.alert;

import io.vertx.core.Future;

/** Something that tells people. */
interface Sink {
  /**
   * Tells them.
   *
   * @return done once the other side has taken it over; fails with {@link NotDelivered}
   */
  Future<Void> send(Message message);
}
