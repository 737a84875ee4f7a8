package dev.toygun.store;

import io.vertx.core.Future;
import java.util.Set;

/** The alarms of the system itself. */
@FunctionalInterface
public interface SystemAlarms {
  /** The names of those that are not closed. */
  Future<Set<String>> active();
}
