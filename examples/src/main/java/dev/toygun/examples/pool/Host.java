package dev.toygun.examples.pool;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.Optional;

/** Where servers run. Whatever is asked for twice happens once. */
interface Host {
  /** The directory of a new server. Nothing is made yet. */
  String directory(String token);

  /** Starts a server in its directory, unless one runs there. */
  void start(String directory, String version) throws IOException;

  /** Where the server listens, once it does; never fails. */
  Future<Optional<Long>> port(String directory);

  /** Whether somebody answers there, within 2 s; never fails. */
  Future<Boolean> answers(long port);

  /**
   * Ends the server and removes its directory.
   *
   * @return whether both are gone; if not, ask again in a moment
   */
  boolean removed(String directory) throws IOException;
}
