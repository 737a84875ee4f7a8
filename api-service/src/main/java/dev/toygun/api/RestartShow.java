package dev.toygun.api;

import dev.toygun.BuiltIn;
import dev.toygun.Limits;
import dev.toygun.store.Checks;
import dev.toygun.store.Family;
import dev.toygun.store.Refusal;
import dev.toygun.store.Restarts;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How often a resource was restarted, and whether it can be. */
final class RestartShow {
  private RestartShow() {}

  /** Of a resource as it was read; null where its type says nothing of restarts. */
  static @Nullable JsonObject of(TypeDefinition type, Family family, Instant now) {
    String name = BuiltIn.RESTART_TASK.value();
    if (type.task(name).isEmpty()) {
      return null;
    }
    Limits.Rate most = type.restarts() == null ? null : type.restarts().rate();
    Restarts restarts = Restarts.of(family);
    return new JsonObject()
        .put("under_way", Restarts.isUnderWay(family))
        .put("total", family.task(name).map(TaskRow::run).orElse(0L))
        .put("within_window", most == null ? null : restarts.within(most.per(), now))
        .put("most", most == null ? null : most.runs())
        .put("window_seconds", most == null ? null : most.per().toSeconds())
        .put("next_at", TypeShow.time(most == null ? null : restarts.next(most, now).orElse(null)));
  }

  /** Why it cannot be restarted, not even by force; null if it can. */
  static @Nullable String whyNot(TypeDefinition type, Family family) {
    if (type.task(BuiltIn.RESTART_TASK.value()).isEmpty()) {
      return "its type does not say how it is restarted";
    }
    try {
      Checks.restartable(family);
      return null;
    } catch (Refusal refused) {
      return refused.getMessage();
    }
  }
}
