package dev.toygun.codec;

import static dev.toygun.StateDef.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Constraints that a worker does not start with. */
class ConstraintProblemsTest {
  enum State {
    KEPT
  }

  private static List<String> problems(Field<?>... fields) {
    return Codec.problems("thing", List.of(fields));
  }

  private static void isRefused(Field<?> field, String... said) {
    assertThat(problems(field))
        .as("%s", field.constraints())
        .singleElement()
        .asString()
        .contains(said);
  }

  @Test
  void whatNothingSatisfiesIsRefused() {
    isRefused(
        Field.integer("a").min(5L).max(4L), "thing, field a: its min 5 is more than its max 4");
    isRefused(Field.text("a").length(3, 2), "its length is 3 to 2");
    isRefused(Field.text("a").length(-1, 2), "its length is -1 to 2");
    isRefused(Field.text("a").length(0), "its length is 0 to 0");
    isRefused(Field.set("a", Long.class).length(3, 2), "its length is 3 to 2");
    isRefused(Field.text("a").oneOf(), "oneOf names 0 values: 1 to 200");
    isRefused(Field.text("a").oneOf("x", "y", "x"), "oneOf names x twice");
    isRefused(
        Field.integer("a").oneOf(1L, 7L).max(5L), "oneOf names 7: at most 5 is expected, not 7");
  }

  @Test
  void anInitialValueKeepsItsOwnConstraints() {
    isRefused(
        Field.integer("a").max(5L).initially(6L),
        "its initial value: at most 5 is expected, not 6");
    isRefused(
        Field.text("a").initially("B").matching("[a-z]"),
        "its initial value: text that matches [a-z] is expected");
    assertThat(problems(Field.integer("a").max(5L).initially(5L))).isEmpty();
  }

  @Test
  void anExpressionThatCannotBeCompiledIsRefused() {
    isRefused(Field.text("a").matching("(?!pg_)[a-z]+"), "its pattern '(?!pg_)", ".check(…)");
    isRefused(Field.text("a").matching("(a)\\1"), "RE2 does not read it", "back references");
    isRefused(Field.text("a").matching("["), "RE2 does not read it");
    isRefused(Field.text("a").matching("(a{1,100}){1,100}"), "20201 instructions: at most 1000");
    isRefused(Field.text("a").matching("a".repeat(1_001)), "it has 1001 characters: at most 1000");
    isRefused(
        Field.text("a").matching("a*").length(4_097), "may have 4097 characters: at most 4096");
  }

  @Test
  void anElementIsHeldToTheSame() {
    isRefused(
        Field.list("a", Long.class).each(Field.integer("e").min(5L).max(4L)),
        "each element: its min 5 is more than its max 4");
  }

  @Test
  void everythingThatIsWrongOfATypeIsInOneList() {
    Field<Long> wrong = Field.integer("wrong").min(5L).max(4L);
    SignalType nudge = SignalType.of("nudge", wrong);
    ResourceType<State> type =
        ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay()).waits(nudge))
            .fields(wrong, Field.text("odd").matching("["))
            .tasks(
                TaskType.of(TaskName.of("work"), state(State.KEPT).decide(t -> t.stay()).waits())
                    .fields(wrong));
    assertThat(Codec.problems(type))
        .extracting(said -> said.substring(0, said.indexOf(':')))
        .containsExactly(
            "thing, field wrong",
            "thing, field odd",
            "thing, signal nudge, field wrong",
            "thing/work, field wrong");
  }
}
