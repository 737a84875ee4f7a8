package dev.toygun.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which alarms, or errors, a sink is told of.
 *
 * @param minSeverity the mildest
 * @param types of resources of these types only; empty for all
 * @param under of this resource and what is below it only; null for all
 */
public record SinkScope(String minSeverity, List<String> types, @Nullable UUID under) {
  /** The type of what Toygun says of itself. */
  public static final String SYSTEM = "__system__";

  /** The mildest there are; what takes errors, which have no severity, has this. */
  public static final String ALL = "info";

  public SinkScope {
    types = List.copyOf(types);
  }

  /** Whatever is as severe as that. */
  public static SinkScope from(String minSeverity) {
    return new SinkScope(minSeverity, List.of(), null);
  }
}
