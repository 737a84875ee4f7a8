package dev.toygun.worker;

import dev.toygun.store.ResourceRow;

/**
 * Code looked at a field of another resource whose row is of a newer version than its type is here:
 * what it looks for may be stored otherwise by now. Newer workers are to tick it.
 */
final class NewerRow extends RuntimeException {
  private static final long serialVersionUID = 1;

  NewerRow(ResourceRow row, int known) {
    super(
        "%s '%s' is of version %d, and this worker knows up to %d: newer workers read it"
            .formatted(row.type(), row.label(), row.machine().list().version(), known));
  }
}
