package dev.toygun.store;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a run stands that does not begin at once, while it has not begun and after that. */
public enum Admission {
  /** It waits in {@code __new__} for a person to approve it, and then for its turn. */
  ASKS,
  /** It waits for its turn, in {@code __new__}. */
  WAITS,
  /** It has been let in, and is not asked again. */
  ADMITTED;

  /** As it is stored. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable Admission ofStored(@Nullable String stored) {
    return stored == null ? null : valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
