package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who calls.
 *
 * @param kind whether it is an API key, somebody whom the identity provider vouches for, or
 *     somebody of Slack
 * @param key the uuid of the key, or of the person
 * @param scope what it is limited to
 */
record Actor(Kind kind, UUID key, String name, Role role, KeyScope scope) {
  /** What calls. */
  enum Kind {
    KEY("key:", "this key has"),
    USER("user:", "you have"),
    SLACK("slack:", "you have");

    private final String prefix;
    private final String has;

    Kind(String prefix, String has) {
      this.prefix = prefix;
      this.has = has;
    }

    /** Whether history has one of these by this name. */
    boolean has(String stored) {
      return stored.startsWith(prefix);
    }

    /** As history has one of this name. */
    String stored(String name) {
      return prefix + name;
    }
  }

  /** Why they may not ask for an operation, whatever it is asked of; empty if they may. */
  Optional<Problem> refused(Operation operation) {
    Role needed = operation.role().orElse(Role.VIEWER);
    if (!role.allows(needed)) {
      return Optional.of(
          new Problem(
              403,
              "denied",
              "%s needs the role %s; %s %s"
                  .formatted(operation.id(), needed.stored(), kind.has, role.stored())));
    }
    if (operation.within() == Within.ALL && !scope.isAll()) {
      return Optional.of(Outside.denied(operation.id(), scope));
    }
    return scope.under() != null && !operation.subtree()
        ? Optional.of(Outside.ofSubtree(operation.id(), scope))
        : Optional.empty();
  }

  /** The same, in a request of whose names these are within. */
  Actor naming(Set<UUID> within) {
    return new Actor(kind, key, name, role, scope.naming(within));
  }

  /** As history has it. */
  String stored() {
    return kind.stored(name);
  }
}
