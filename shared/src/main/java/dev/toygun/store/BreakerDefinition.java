package dev.toygun.store;

import dev.toygun.Breaker;
import dev.toygun.ResourceType;
import dev.toygun.TaskType;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Breaker} as data. Times are in seconds.
 *
 * @param name its name over the whole installation
 * @param tries how many have to fail; with a ratio, how many there have to be
 * @param ratio the share of them that has to fail, or null
 * @param within in which time they count
 * @param openFor how long it stays open at first
 * @param probes how many are let go then
 * @param severity of its alarm
 */
public record BreakerDefinition(
    String name,
    int tries,
    @Nullable Double ratio,
    long within,
    long openFor,
    int probes,
    String severity) {

  /** The one that a task of this type has; null where it has none. */
  public static @Nullable BreakerDefinition of(ResourceType<?> type, TaskType<?> task) {
    Breaker breaker = task.limits().breaker();
    return breaker == null
        ? null
        : new BreakerDefinition(
            breaker.nameOf(type.name(), task.name()),
            breaker.tries(),
            breaker.ratio(),
            breaker.within().toSeconds(),
            breaker.openFor().toSeconds(),
            breaker.probes(),
            breaker.severity().stored());
  }
}
