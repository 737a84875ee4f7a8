package dev.toygun.client;

import java.util.UUID;

/** A resource: what the API gave of it, or its type and uuid. */
public interface NamedResource extends Named {
  /** The name of its type. */
  String type();

  /** The resource of this type and uuid. */
  static NamedResource of(String type, UUID uuid) {
    return new Plain(type, uuid);
  }

  /**
   * The resource of this type and uuid.
   *
   * @throws IllegalArgumentException where the text is no uuid
   */
  static NamedResource of(String type, String uuid) {
    return of(type, UUID.fromString(uuid));
  }

  /** No more than its name. */
  record Plain(String type, UUID uuid) implements NamedResource {}
}
