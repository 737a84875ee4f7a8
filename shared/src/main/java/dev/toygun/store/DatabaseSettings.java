package dev.toygun.store;

import java.time.Duration;

/**
 * How a service uses its database.
 *
 * @param application what the database's own tables of connections call it
 * @param connections how many the engine may open; readers may open half as many more
 * @param waiting how many requests may wait for a connection; more are refused at once
 * @param timeout how long a statement may take, waiting for a connection included. The server
 *     itself gives up after 5 s, and after 2 s of waiting for a lock
 */
public record DatabaseSettings(String application, int connections, int waiting, Duration timeout) {

  /** What suits a service. */
  public static DatabaseSettings of(String application) {
    return new DatabaseSettings(application, 10, 1000, Duration.ofSeconds(8));
  }
}
