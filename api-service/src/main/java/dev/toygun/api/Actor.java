package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import java.util.Optional;
import java.util.UUID;

/**
 * Who calls: an API key.
 *
 * @param scope what it is limited to
 */
record Actor(UUID key, String name, Role role, KeyScope scope) {
  /** Why they may not ask for an operation, whatever it is asked of; empty if they may. */
  Optional<Problem> refused(Operation operation) {
    Role needed = operation.role().orElse(Role.VIEWER);
    if (!role.allows(needed)) {
      return Optional.of(
          new Problem(
              403,
              "denied",
              "%s needs the role %s; this key has %s"
                  .formatted(operation.id(), needed.stored(), role.stored())));
    }
    return operation.within() == Within.ALL && !scope.isAll()
        ? Optional.of(Outside.denied(operation.id(), scope))
        : Optional.empty();
  }

  /** As history has it. */
  String stored() {
    return "key:" + name;
  }
}
