package dev.toygun.api;

import dev.toygun.Priority;
import dev.toygun.store.ScheduleDefinition;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.AlarmDefinition;
import dev.toygun.store.TypeDefinition.BrakeDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import dev.toygun.store.TypeDefinition.RateDefinition;
import dev.toygun.store.TypeDefinition.SignalDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type as a worker would publish it. */
final class ServerType {
  private static final ScheduleDefinition HOURLY =
      new ScheduleDefinition(3600L, null, null, "once", 60);

  private ServerType() {}

  static TypeDefinition definition() {
    return named("server");
  }

  static TypeDefinition named(String name) {
    return new TypeDefinition(
        name,
        1,
        "default",
        Priority.NORMAL,
        "watched",
        List.of(
            field("address", "uri", true, null),
            field("port", "integer", false, "5432"),
            field("token", "secret", false, null),
            field("tags", "set<text>", false, null),
            field("since", "instant", false, null),
            field("price", "decimal", false, null),
            field("spec", "json", false, null)),
        List.of(
            state("watched", List.of("broken"), List.of(), List.of()),
            state(
                "broken",
                List.of("watched"),
                List.of("ruined"),
                List.of(
                    new SignalDefinition("repaired", List.of(field("by", "text", true, null)))))),
        List.of(monitor("monitor", HOURLY), monitor("__start__", null), monitor("wipe", null)),
        List.of("server"),
        false,
        List.of(
            new AlarmDefinition(
                "hot",
                "critical",
                true,
                60,
                900L,
                "wipe",
                3,
                3600,
                "ask the host",
                List.of("monitor"))),
        "stateDiagram-v2",
        604_800L);
  }

  private static TaskDefinition monitor(String name, @Nullable ScheduleDefinition schedule) {
    return new TaskDefinition(
        name,
        false,
        true,
        false,
        true,
        true,
        schedule,
        "watch",
        List.of(field("count", "integer", false, "0"), field("password", "secret", false, null)),
        List.of(
            state(
                "watch",
                List.of("report"),
                List.of(),
                List.of(
                    new SignalDefinition(
                        "poke",
                        List.of(
                            field("level", "integer", false, null),
                            field("code", "secret", false, null))))),
            state("report", List.of("watch"), List.of(), List.of())),
        "stateDiagram-v2",
        new TypeDefinition.KeepDefinition(3, 86_400),
        new LimitsDefinition(
            3, new RateDefinition(10, 60), new BrakeDefinition(20, true), false, null),
        name.equals("wipe"));
  }

  private static FieldDefinition field(
      String name, String type, boolean required, @Nullable String initial) {
    return new FieldDefinition(name, type, required, type.contains("secret"), initial, List.of());
  }

  private static StateDefinition state(
      String name, List<String> to, List<String> formerly, List<SignalDefinition> signals) {
    return new StateDefinition(
        name,
        "decide",
        to,
        false,
        false,
        true,
        !signals.isEmpty(),
        signals,
        null,
        null,
        30,
        0,
        formerly);
  }
}
