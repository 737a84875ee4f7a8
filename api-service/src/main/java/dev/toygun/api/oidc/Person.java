package dev.toygun.api.oidc;

import java.util.Set;
import java.util.UUID;

/**
 * Somebody whom the provider vouches for.
 *
 * @param uuid always the same for the same subject of the same provider
 * @param name how they are called there, or else their subject
 * @param groups that they are in
 */
public record Person(UUID uuid, String name, Set<String> groups) {
  public Person {
    groups = Set.copyOf(groups);
  }
}
