package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.FINISHED;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Field;
import dev.toygun.InvalidTypes;
import dev.toygun.Keep;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.Values;
import dev.toygun.store.TaskRow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has ended goes in the end, and what goes on does not notice. */
class RetentionTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<Long> DONE = Field.integer("done").initially(0L);
  private static final Duration LONG = ofMinutes(15);

  enum Here {
    UP,
    DONE_FOR
  }

  enum Doing {
    BEGIN,
    END
  }

  private static TaskType<Doing> work() {
    return TaskType.of(
        WORK,
        state(Doing.BEGIN).decide(t -> t.go(Doing.END)).to(Doing.END),
        state(Doing.END).decide(t -> t.finish().with(DONE, t.get(DONE) + 1)).finishes());
  }

  private static ResourceType<Here> box(TaskType<?> work) {
    return ResourceType.of(
            "box",
            state(Here.UP).decide(t -> t.stay()).rests(),
            state(Here.DONE_FOR).decide(t -> t.finish()).finishes().onDelete())
        .fields(DONE)
        .tasks(work)
        .keep(ofSeconds(30));
  }

  private static void run(Simulation box, int times) {
    for (int i = 0; i < times; i++) {
      box.start(WORK);
      box.advance(ofSeconds(20));
    }
  }

  private static List<Long> runs(Simulation box) {
    return box.store().tasks(box.uuid()).stream().map(TaskRow::run).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aFinishedRunBeyondTheKeptOnesIsRemovedWhateverElseGoesWrong(long seed) {
    Simulation box = Simulation.crashing(box(work().keep(2, ofSeconds(1))), seed);
    box.advance(ofSeconds(5));
    run(box, 5);
    box.calm();
    box.advance(LONG);
    assertThat(runs(box)).containsExactly(4L, 5L);
    assertThat(box.moves().stream().filter(m -> !m.subject().isResource()).count())
        .as("moves of two runs")
        .isLessThanOrEqualTo(2 * 4);
    assertThat(box.task(WORK)).isEqualTo(FINISHED);
    run(box, 1);
    assertThat(runs(box)).endsWith(6L);
    assertThat(box.get(DONE)).isEqualTo(6);
    assertThat(box.liveness()).isEmpty();
    assertThat(box.unwalked())
        .as("walked by runs that are gone")
        .noneMatch(e -> e.contains("work"));
  }

  @Test
  void theLatestRunStaysForEver() {
    Simulation box = Simulation.of(box(work().keep(1, Duration.ZERO)));
    box.advance(ofSeconds(5));
    run(box, 3);
    box.advance(LONG);
    assertThat(runs(box)).containsExactly(3L);
    assertThat(box.task(WORK)).isEqualTo(FINISHED);
  }

  @Test
  void whatIsYoungOrOfAFewStays() {
    Simulation box = Simulation.of(box(work()));
    box.advance(ofSeconds(5));
    run(box, 12);
    box.advance(LONG);
    assertThat(runs(box)).hasSize(12);
  }

  @Test
  void anEndedResourceGoesAndWhoRefersToItFindsNone() {
    Simulation box = Simulation.of(box(work()));
    box.advance(ofSeconds(5));
    Simulated other = box.create(box(work()), "other", Values.NONE);
    box.advance(ofSeconds(5));
    other.delete();
    box.advance(ofSeconds(20));
    assertThat(box.resource(other.ref())).as("it has ended").isPresent();
    box.advance(LONG);
    assertThat(box.resource(other.ref())).isEmpty();
    assertThat(box.resources()).hasSize(1);
    assertThat(box.liveness()).isEmpty();
    box.create(box(work()), "other", Values.NONE);
    box.advance(ofSeconds(5));
    assertThat(box.resources()).hasSize(2);
  }

  @Test
  void whatIsOnHoldStays() {
    Simulation box = Simulation.of(box(work().keep(1, Duration.ZERO)));
    box.advance(ofSeconds(5));
    run(box, 3);
    var hold = box.hold("somebody looks at it", null);
    box.advance(LONG);
    assertThat(runs(box)).hasSize(3);
    box.release(hold);
    box.advance(LONG);
    assertThat(runs(box)).hasSize(1);
  }

  @Test
  void aKeepThatCannotBeIsRefusedAtTheStart() {
    assertThatThrownBy(() -> TypeSet.of(List.of(box(work().keep(0, Duration.ofMillis(1500))))))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining("box: task work: keep(0 runs): 1 or more, since code sees the latest")
        .hasMessageContaining("box: task work: keep(PT1.5S): whole seconds, 0 or more");
    assertThatThrownBy(() -> TypeSet.of(List.of(box(work()).keep(ofSeconds(-1)))))
        .hasMessageContaining("box: keep(PT-1S): whole seconds, 0 or more");
    assertThat(work().keep()).isEqualTo(Keep.DEFAULT);
  }
}
