package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Field;
import dev.toygun.InvalidTypes;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Constraints of fields, as code meets them, and rows that are older than they are. */
class ConstraintsTest {
  private static final TaskName FILL = TaskName.of("fill");
  private static final Field<Long> LEVEL = Field.integer("level").max(100L).initially(0L);
  private static final Field<Long> FREE = Field.integer("level").initially(0L);
  private static final Field<Long> BY = Field.integer("by").min(1L).initially(60L);

  enum State {
    KEPT
  }

  enum Step {
    POUR
  }

  private final List<Long> seen = new ArrayList<>();

  private ResourceType<State> tank(Field<Long> level) {
    return ResourceType.of(
            "tank", state(State.KEPT).decide(t -> look(t, level)).every(ofSeconds(5)))
        .fields(level)
        .tasks(
            TaskType.of(FILL, state(Step.POUR).decide(t -> pour(t, level)).finishes()).fields(BY));
  }

  private Next<State> look(Tick<State> t, Field<Long> level) {
    seen.add(t.get(level));
    return t.stay();
  }

  private static Next<Step> pour(Tick<Step> t, Field<Long> level) {
    return t.finish().with(level, t.get(level) + t.args().find(BY).orElseThrow());
  }

  @Test
  void codeThatSetsWhatAConstraintForbidsPanicsAndNothingIsSet() {
    Simulation tank = Simulation.of(tank(LEVEL)).advance(ofSeconds(5));
    tank.start(FILL);
    tank.advance(ofSeconds(5));
    tank.start(FILL);
    tank.advance(ofSeconds(5));
    assertThat(tank.get(LEVEL)).isEqualTo(60);
    assertThat(tank.task(FILL)).isEqualTo(TaskStatus.PANICKED);
    assertThat(tank.errors())
        .containsExactly("BadField: field 'level': at most 100 is expected, not 120");
  }

  @Test
  void whatIsAskedForIsRefusedAsTheApiRefusesIt() {
    Simulation tank = Simulation.of(tank(LEVEL)).advance(ofSeconds(5));
    assertThatThrownBy(() -> tank.set(LEVEL, 101L)).hasMessageContaining("at most 100 is expected");
    assertThatThrownBy(() -> tank.start(FILL, Values.of(BY, 0L)))
        .hasMessageContaining("at least 1 is expected, not 0");
  }

  @Test
  void aConstraintThatIsAddedPanicsNothingThatIsThere() {
    Simulation tank = Simulation.of(tank(FREE)).with(FREE, 400L).advance(ofSeconds(5));
    seen.clear();
    tank.deploy(tank(LEVEL)).advance(ofSeconds(20));
    assertThat(seen).as("of the same version, without an upgrade").isNotEmpty().containsOnly(400L);
    assertThat(tank.errors()).isEmpty();
    tank.set(LEVEL, 20L);
    tank.advance(ofSeconds(20));
    assertThat(seen).endsWith(20L);
    tank.deploy(tank(FREE)).advance(ofSeconds(5));
    tank.set(FREE, 400L);
    assertThat(tank.get(FREE)).isEqualTo(400);
  }

  @Test
  void typesWhoseConstraintsCannotBeKeptAreNotDeployed() {
    ResourceType<State> wrong = tank(Field.integer("level").min(5L).max(4L).initially(5L));
    assertThatThrownBy(() -> Simulation.of(wrong).advance(ofSeconds(1)))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining("tank, field level: its min 5 is more than its max 4");
  }
}
