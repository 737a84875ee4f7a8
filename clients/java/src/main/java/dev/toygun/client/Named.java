package dev.toygun.client;

import java.util.UUID;

/** What has a uuid: what the API gave, or no more than its uuid. */
public interface Named {
  /**
   * Which one.
   *
   * @throws java.util.NoSuchElementException for what has none, as a task that has never run
   */
  UUID uuid();

  /** What has this uuid. */
  static Named of(UUID uuid) {
    return () -> uuid;
  }

  /**
   * What has this uuid.
   *
   * @throws IllegalArgumentException where the text is none
   */
  static Named of(String uuid) {
    return of(UUID.fromString(uuid));
  }
}
