package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.ABORTED;
import static dev.toygun.TaskStatus.PANICKED;
import static dev.toygun.TaskStatus.RUNNING;
import static dev.toygun.TaskStatus.STOPPED;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.Secret;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.store.Refusal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        .version(2)
        .upgrade(1, fields -> fields)
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
    assertThat(box.row().machine().attrs()).isEqualTo("{\"plan\":\"small\"}");
    box.with(PLAN, "large").advance(ofSeconds(30));
    assertThat(box.get(PLAN)).isEqualTo("large");
    assertThat(seen).endsWith("new large");
  }

  @Test
  void whatNoRealWorkerMayPublishIsRefusedAndTheOldCodeGoesOn() {
    Simulation box = Simulation.of(old()).with(SIZE, "small");
    box.advance(ofMinutes(1));
    assertThatThrownBy(() -> box.deploy(renamed().version(1)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("type box version 1 is published with another shape")
        .hasMessageContaining("field plan: text");
    seen.clear();
    box.advance(ofMinutes(1));
    assertThat(seen).isNotEmpty().allMatch("old small"::equals);
  }

  @Test
  void aVersionThatUpgradesFromNoneLeavesOlderRowsToOlderWorkers() {
    Simulation box = Simulation.of(old()).with(SIZE, "small");
    box.advance(ofMinutes(1));
    seen.clear();
    box.deploy(old().version(2)).advance(ofMinutes(1));
    assertThat(seen).as("%s", box).isEmpty();
    assertThat(box.row().machine().list().version()).isOne();
    box.deploy(old().version(2).upgrade(1, fields -> fields)).advance(ofMinutes(1));
    assertThat(seen).isNotEmpty().allMatch("old small"::equals);
  }

  @Test
  void aStateThatTheNewCodeLacksPanics() {
    Simulation box = Simulation.of(old()).with(SIZE, "small");
    box.advance(ofMinutes(1));
    ResourceType<Renamed> careless =
        ResourceType.of(
                "box", state(Renamed.KEPT).decide(t -> t.stay()).rests().formerly("watched"))
            .fields(SIZE)
            .version(2)
            .upgrade(1, fields -> fields)
            .tasks(
                TaskType.of(WORK, state(Renamed.KEPT).decide(t -> t.stay()).every(ofSeconds(5))));
    box.deploy(careless).advance(ofMinutes(1));
    assertThat(box.errors()).as("%s", box).hasSize(1);
    assertThat(box.errors().get(0)).startsWith("Missing: ").contains("watched");
    assertThat(box.alarms()).containsExactly("box/work: panic");
  }

  @Test
  void aRunOfATaskThatTheNewCodeLacksPanicsAndGoesOnOnceItIsThereAgain() {
    Simulation box = Simulation.of(old()).with(SIZE, "small");
    box.advance(ofMinutes(1));
    List<Boolean> ofRun = new ArrayList<>();
    ResourceType<Old> without =
        ResourceType.of(
                "box",
                state(Old.WATCHED)
                    .decide(
                        t -> {
                          ofRun.add(!t.uuid().equals(box.uuid()));
                          return t.stay();
                        })
                    .rests())
            .fields(SIZE)
            .version(2)
            .upgrade(1, fields -> fields);
    box.deploy(without).advance(ofMinutes(1));
    assertThat(ofRun).as("the resource's code is not run for the task").doesNotContain(true);
    assertThat(box.errors()).as("%s", box).hasSize(1);
    assertThat(box.errors().get(0))
        .startsWith("Missing: ")
        .contains("box/work: the code defines no such task", "renamed");
    assertThat(box.task(WORK)).isEqualTo(PANICKED);
    assertThat(box.alarms()).containsExactly("box/work: panic");
    box.deploy(old().version(3).upgrade(1, f -> f).upgrade(2, f -> f)).advance(ofMinutes(1));
    box.retry(WORK);
    box.advance(ofMinutes(1));
    assertThat(box.task(WORK)).isEqualTo(RUNNING);
    assertThat(box.runs(WORK)).isOne();
    assertThat(box.liveness()).isEmpty();
  }

  @Test
  void aRunThatNobodyHasTheCodeOfEndsOnceItIsAbortedTwice() {
    Simulation box = Simulation.of(old()).with(SIZE, "2 cores");
    box.advance(ofMinutes(1));
    box.deploy(resting(2)).advance(ofMinutes(1));
    box.abort(WORK);
    box.advance(ofMinutes(1));
    assertThat(box.task(WORK)).as("%s", box).isEqualTo(PANICKED);
    box.abort(WORK);
    box.advance(ofMinutes(1));
    assertThat(box.task(WORK)).as("%s", box).isEqualTo(ABORTED);
    assertThat(box.alarms()).isEmpty();
    assertThat(box.liveness()).isEmpty();
  }

  @Test
  void aTaskGetsAnotherNameOnceItsRunsHaveEnded() {
    Simulation box = Simulation.of(old()).with(SIZE, "small");
    box.advance(ofMinutes(1));
    TaskName tend = TaskName.of("tend");
    TaskType<?> work = old().task("work").orElseThrow();
    ResourceType<Old> renaming =
        ResourceType.of(
                "box",
                state(Old.WATCHED)
                    .decide(
                        t ->
                            switch (t.task(WORK)) {
                              case RUNNING, PANICKED -> t.stay().stop(WORK);
                              default -> t.stay().ensure(tend);
                            })
                    .rests())
            .fields(SIZE)
            .tasks(work.as(tend), work)
            .version(2)
            .upgrade(1, fields -> fields);
    box.deploy(renaming).advance(ofMinutes(1));
    assertThat(box.task(WORK)).as("%s", box).isEqualTo(STOPPED);
    assertThat(box.task(tend)).as("%s", box).isEqualTo(RUNNING);
    assertThat(box.errors()).isEmpty();
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

  @Test
  void theFirstWriteStoresTheNewVersionSoThatNothingIsLiftedTwice() {
    Simulation box = Simulation.of(old()).with(SIZE, "2 cores");
    box.advance(ofMinutes(1));
    TaskType<Old> adds =
        TaskType.of(
            WORK,
            state(Old.WATCHED)
                .decide(t -> t.stay().with(CORES, t.get(CORES) + 1))
                .every(ofSeconds(30)));
    ResourceType<Old> newer =
        ResourceType.of("box", state(Old.WATCHED).decide(t -> t.stay().ensure(WORK)).rests())
            .fields(CORES, SIZE)
            .version(2)
            .upgrade(1, DeployTest::liftAndCount)
            .tasks(adds);
    box.deploy(newer).advance(ofMinutes(2));
    assertThat(box.row().machine().list().version()).as("%s", box).isEqualTo(2);
    assertThat(box.world.store.task(box.uuid(), "work").orElseThrow().machine().list().version())
        .isEqualTo(2);
    assertThat(box.get(CORES)).isBetween(15L, 17L);
    assertThat(box.errors()).isEmpty();
  }

  @Test
  void rowsThatRestAreWrittenUpWithoutAnybodyAskingForThem() {
    Simulation box = Simulation.of(resting(1)).with(SIZE, "8 cores");
    box.advance(ofMinutes(1));
    assertThat(box.row().machine().dueAt()).isNull();
    long step = box.row().machine().step();
    box.deploy(resting(2)).advance(ofMinutes(1));
    assertThat(box.row().machine().list().version()).as("%s", box).isEqualTo(2);
    assertThat(box.get(CORES)).isEqualTo(8);
    assertThat(box.row().machine().step()).isEqualTo(step);
    assertThat(box.liveness()).isEmpty();
  }

  @Test
  void anUpgradeThatFailsPanicsWithTheFieldsLeftAsTheyAre() {
    Simulation box = Simulation.of(resting(1)).with(SIZE, "many cores");
    box.advance(ofMinutes(1));
    box.deploy(resting(2)).advance(ofMinutes(2));
    assertThat(box.errors()).as("%s", box).hasSize(1);
    assertThat(box.errors().get(0)).startsWith("BadField: ").contains("upgrade from version 1");
    assertThat(box.alarms()).containsExactly("box: panic");
    assertThat(box.row().machine().attrs()).contains("many cores");
    assertThat(box.liveness()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"an enum", "a date", "an opened secret", "nothing", "an error"})
  void anUpgradeThatLeavesWhatCannotBeStoredPanicsAndDoesNotKeepAResourceFromGoing(String what) {
    Simulation box = Simulation.of(resting(1)).with(SIZE, "many cores");
    box.advance(ofMinutes(1));
    box.deploy(resting(1).version(2).upgrade(1, fields -> leaves(what, fields)))
        .advance(ofMinutes(2));
    assertThat(box.errors()).as("%s", box).hasSize(1);
    assertThat(box.errors().get(0))
        .startsWith("BadField: box: the upgrade from version 1 failed: ")
        .doesNotContain("canary");
    assertThat(box.row().machine().attrs()).contains("many cores");
    assertThat(box.liveness()).isEmpty();
    box.delete();
    box.advance(ofMinutes(1));
    assertThat(box.active()).as("%s", box).isFalse();
  }

  @SuppressWarnings("NullAway") // what a step must not do
  private static Map<String, Object> leaves(String what, Map<String, Object> fields) {
    Map<String, Object> newer = new LinkedHashMap<>(fields);
    switch (what) {
      case "an enum" -> newer.put("size", Old.WATCHED);
      case "a date" -> newer.put("size", LocalDate.EPOCH);
      case "an opened secret" -> newer.put("size", Secret.of("canary-4711"));
      case "nothing" -> newer = null;
      default -> throw new NoClassDefFoundError("planted");
    }
    return newer;
  }

  private static ResourceType<Old> resting(int version) {
    ResourceType<Old> type =
        ResourceType.of("box", state(Old.WATCHED).decide(t -> t.stay()).rests())
            .fields(SIZE, CORES);
    return version == 1 ? type : type.version(version).upgrade(1, DeployTest::lift);
  }

  private static Map<String, Object> liftAndCount(Map<String, Object> fields) {
    Map<String, Object> newer = lift(fields);
    long cores = newer.get("cores") instanceof Number n ? n.longValue() : 0;
    newer.put("cores", cores + 10);
    return newer;
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
