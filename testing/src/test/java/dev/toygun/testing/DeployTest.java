package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.RUNNING;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** New code over rows that old code wrote. */
class DeployTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<String> SIZE = Field.text("size");
  private static final Field<String> PLAN = Field.text("plan").formerly("size");
  private static final Field<Long> CORES = Field.integer("cores");
  private final List<String> seen = new ArrayList<>();

  enum Old {
    WATCHED
  }

  enum Renamed {
    KEPT
  }

  private ResourceType<Old> old() {
    return ResourceType.of("box", state(Old.WATCHED).decide(t -> t.stay().ensure(WORK)).rests())
        .fields(SIZE)
        .tasks(
            TaskType.of(
                WORK,
                state(Old.WATCHED)
                    .decide(
                        t -> {
                          seen.add("old " + t.get(SIZE));
                          return t.stay();
                        })
                    .every(ofSeconds(5))));
  }

  private ResourceType<Renamed> renamed() {
    return ResourceType.of(
            "box",
            state(Renamed.KEPT).decide(t -> t.stay().ensure(WORK)).rests().formerly("watched"))
        .fields(PLAN)
        .tasks(
            TaskType.of(
                WORK,
                state(Renamed.KEPT)
                    .decide(
                        t -> {
                          seen.add("new " + t.get(PLAN));
                          return t.stay();
                        })
                    .every(ofSeconds(5))
                    .formerly("watched")));
  }

  @Test
  void renamedFieldsAndStatesAreFoundUnderTheirFormerNames() {
    Simulation box = Simulation.of(old()).with(SIZE, "small");
    box.advance(ofMinutes(1));
    assertThat(seen).isNotEmpty().allMatch("old small"::equals);
    seen.clear();
    box.deploy(renamed()).advance(ofMinutes(1));
    assertThat(seen).as("%s", box).hasSizeGreaterThan(10);
    assertThat(seen.subList(1, seen.size())).allMatch("new small"::equals);
    assertThat(box.errors()).isEmpty();
    assertThat(box.task(WORK)).isEqualTo(RUNNING);
    assertThat(box.runs(WORK)).isOne();
    box.with(PLAN, "large").advance(ofSeconds(30));
    assertThat(box.get(PLAN)).isEqualTo("large");
    assertThat(seen).endsWith("new large");
  }

  @Test
  void aStateThatTheNewCodeLacksPanics() {
    Simulation box = Simulation.of(old()).with(SIZE, "small");
    box.advance(ofMinutes(1));
    ResourceType<Renamed> careless =
        ResourceType.of(
                "box", state(Renamed.KEPT).decide(t -> t.stay()).rests().formerly("watched"))
            .fields(SIZE)
            .tasks(
                TaskType.of(WORK, state(Renamed.KEPT).decide(t -> t.stay()).every(ofSeconds(5))));
    box.deploy(careless).advance(ofMinutes(1));
    assertThat(box.errors()).as("%s", box).hasSize(1);
    assertThat(box.errors().get(0)).startsWith("Missing: ").contains("watched");
    assertThat(box.alarms()).containsExactly("box/work: panic");
  }

  @Test
  void storedFieldsAreLiftedToTheNewVersion() {
    Simulation box = Simulation.of(old()).with(SIZE, "2 cores");
    box.advance(ofMinutes(1));
    ResourceType<Old> newer =
        ResourceType.of("box", state(Old.WATCHED).decide(t -> t.stay().ensure(WORK)).rests())
            .fields(CORES)
            .version(2)
            .upgrade(1, DeployTest::lift)
            .tasks(
                TaskType.of(
                    WORK,
                    state(Old.WATCHED)
                        .decide(
                            t -> {
                              seen.add("cores " + t.get(CORES));
                              return t.stay();
                            })
                        .every(ofSeconds(5))));
    seen.clear();
    box.deploy(newer).advance(ofMinutes(1));
    assertThat(seen).as("%s", box).contains("cores 2");
    assertThat(box.errors()).isEmpty();
    box.with(CORES, 4L).advance(ofSeconds(30));
    assertThat(seen).as("%s", box).endsWith("cores 4");
    assertThat(box.errors()).isEmpty();
    assertThat(box.liveness()).isEmpty();
  }

  private static Map<String, Object> lift(Map<String, Object> fields) {
    Map<String, Object> newer = new LinkedHashMap<>(fields);
    Object size = newer.remove("size");
    if (size instanceof String text) {
      newer.put("cores", Long.parseLong(text.split(" ", 2)[0]));
    }
    return newer;
  }
}
