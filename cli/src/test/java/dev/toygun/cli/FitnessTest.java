package dev.toygun.cli;

import static dev.toygun.StateDef.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.store.LiveRows.Kind;
import dev.toygun.store.LiveRows.Published;
import dev.toygun.store.TypeShape;
import dev.toygun.worker.Definitions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What types can tick, and what they cannot. */
class FitnessTest {
  enum State {
    KEPT
  }

  enum Eye {
    OPEN
  }

  private final ResourceType<State> type =
      ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay()).rests().formerly("held"))
          .tasks(
              TaskType.of(TaskName.of("look"), state(Eye.OPEN).decide(t -> t.stay()).waits()),
              TaskType.of(TaskName.of("free"), state(Eye.OPEN).decide(t -> t.stay()).waits())
                  .onExit(exit -> exit.decide(t -> t.finish())));

  private final Fitness fitness =
      new Fitness(TypeSet.of(List.of(type.version(3).upgrade(1, f -> f).upgrade(2, f -> f))));

  private static Kind rows(String type, int version, @Nullable String task, String state) {
    return new Kind(type, version, task, state, 12, List.of(new UUID(0, 1), new UUID(0, 2)));
  }

  private void fits(int version, @Nullable String task, String state) {
    assertThat(fitness.problem(rows("thing", version, task, state))).isEmpty();
  }

  private void isMissing(Kind rows, String why) {
    assertThat(fitness.problem(rows)).hasValueSatisfying(said -> assertThat(said).contains(why));
  }

  @Test
  void whatIsDeclaredOrWasAndWhatIsBuiltInFits() {
    fits(3, null, "kept");
    fits(1, null, "held");
    fits(3, null, "__exit__");
    fits(3, "free", "__exit__");
    fits(2, "look", "open");
    fits(3, "look", "__panic__");
  }

  @Test
  void whatIsNotIsNamed() {
    isMissing(rows("other", 1, null, "kept"), "there is no type other");
    isMissing(rows("thing", 4, null, "kept"), "type thing is at version 3 here, and they are at 4");
    isMissing(rows("thing", 3, null, "lost"), "type thing has no state lost");
    isMissing(rows("thing", 3, "gaze", "open"), "type thing has no task gaze");
    isMissing(rows("thing", 3, "look", "shut"), "task look of type thing has no state shut");
  }

  @Test
  void whatCleansUpNeedsCodeThatDoes() {
    isMissing(
        rows("thing", 3, "look", "__exit__"),
        "task look of type thing has no onExit: they would end, and nothing would be cleaned up");
  }

  @Test
  void aVersionThatIsPublishedHasToHaveItsShape() {
    String shape = TypeShape.of(Definitions.of(type.version(3)));
    assertThat(
            fitness.problems(
                List.of(
                    new Published("thing", 3, shape),
                    new Published("thing", 2, "another"),
                    new Published("other", 3, "another"))))
        .isEmpty();
    List<String> problems =
        fitness.problems(List.of(new Published("thing", 3, shape + "\nfield a: text")));
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("type thing version 3 is published with another shape", "field a: text");
    StringWriter out = new StringWriter();
    assertThat(Doctor.told(fitness, problems, List.of(), List.of(), new PrintWriter(out)))
        .isEqualTo(Exit.FAILED);
    assertThat(out.toString()).contains("A worker that has them does not start", "field a: text");
  }

  private int told(List<String> unpublishable, List<Kind> rows) {
    return Doctor.told(
        fitness, unpublishable, rows, List.of(), new PrintWriter(new StringWriter()));
  }

  @Test
  void rowsOfAnOlderVersionNeedAnUpgrade() {
    Fitness without = new Fitness(TypeSet.of(List.of(type.version(3))));
    assertThat(without.problem(rows("thing", 2, null, "kept")))
        .contains(
            "type thing is at version 3 and has no upgrade, and they are at 2: add .upgrade(2, …)");
    assertThat(without.problem(rows("thing", 3, null, "kept"))).isEmpty();
  }

  @Test
  void countsAndSomeOfTheRowsAreSaid() {
    StringWriter out = new StringWriter();
    List<Kind> rows = List.of(rows("thing", 3, null, "kept"), rows("thing", 3, "gaze", "open"));
    assertThat(Doctor.told(fitness, List.of(), rows, List.of(), new PrintWriter(out)))
        .isEqualTo(Exit.FAILED);
    assertThat(out.toString())
        .contains("cannot tick all", "12 rows: type thing has no task gaze")
        .contains(new UUID(0, 1).toString(), new UUID(0, 2).toString());
    assertThat(told(List.of(), rows.subList(0, 1))).isEqualTo(Exit.OK);
    assertThat(told(List.of(), List.of())).isEqualTo(Exit.OK);
  }
}
