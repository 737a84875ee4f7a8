package dev.toygun.store;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Which of its children a resource asks to go; those that are on their way already are left alone.
 *
 * @param all whether all are asked
 * @param some those that are asked, beside all, in this order
 */
public record ChildDelete(boolean all, Set<UUID> some) {
  public static final ChildDelete NONE = new ChildDelete(false, Set.of());
  public static final ChildDelete ALL = new ChildDelete(true, Set.of());

  public ChildDelete {
    some = Collections.unmodifiableSet(new LinkedHashSet<>(some));
  }

  /** Whether this one is asked. */
  public boolean asks(UUID child) {
    return all || some.contains(child);
  }

  public boolean isNone() {
    return !all && some.isEmpty();
  }
}
