package dev.toygun.examples.website;

import dev.toygun.Secret;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Optional;

/** The world outside, as far as a website needs it. */
interface Web {
  /**
   * Whether the address answers, within 10 s, with a status below 400. A site that refuses, hangs
   * or cannot be found does not: the future never fails for it.
   *
   * @param address {@code http} or {@code https}, with a host
   */
  Future<Boolean> answers(URI address, Optional<Secret> token);
}
