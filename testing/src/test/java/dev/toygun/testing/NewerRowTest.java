package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Old code beside a row of another resource that newer code has written. */
class NewerRowTest {
  private static final Field<String> SIZE = Field.text("size");

  private final List<String> seen = new ArrayList<>();

  enum Here {
    UP
  }

  private static ResourceType<Here> box(int version) {
    ResourceType<Here> type =
        ResourceType.of("box", state(Here.UP).decide(t -> t.stay()).rests()).fields(SIZE);
    return version == 1 ? type : type.version(version).upgrade(1, fields -> fields);
  }

  private ResourceType<Here> rack() {
    return ResourceType.of(
            "rack",
            state(Here.UP)
                .decide(
                    t -> {
                      t.children("box").forEach(box -> seen.add(box.find(SIZE).orElse("none")));
                      return t.stay().create("box", "b", Values.of(SIZE, "small"));
                    })
                .every(ofSeconds(5)))
        .children("box")
        .alarms(
            alarm(
                "large",
                rack ->
                    rack.children("box").stream()
                        .anyMatch(box -> box.find(SIZE).orElse("").equals("large"))));
  }

  @Test
  void whoLooksAtItIsLeftToNewerWorkersTooAndIsDueUntilOneComes() {
    Simulation rack = Simulation.of(rack(), box(1));
    rack.advance(ofMinutes(1));
    assertThat(seen).contains("small");
    rack.deploy(rack(), box(2)).advance(ofMinutes(1));

    rack.deploy(rack(), box(1));
    seen.clear();
    rack.advance(ofMinutes(1));
    Instant due = rack.row().machine().dueAt();
    assertThat(due).as("an audit finds it late: %s", rack).isNotNull();
    rack.advance(ofMinutes(1));
    assertThat(rack.row().machine().dueAt()).isEqualTo(due);
    assertThat(seen).isEmpty();
    assertThat(rack.errors()).isEmpty();
    assertThat(rack.alarms()).isEmpty();

    rack.deploy(rack(), box(2)).advance(ofMinutes(1));
    assertThat(seen).as("%s", rack).hasSizeGreaterThan(10).allMatch("small"::equals);
    assertThat(rack.alarms()).isEmpty();
  }
}
