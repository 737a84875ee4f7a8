package dev.toygun.api;

import java.util.UUID;

/** Who calls: an API key. */
record Actor(UUID key, String name, Role role) {
  /** As history has it. */
  String stored() {
    return "key:" + name;
  }
}
