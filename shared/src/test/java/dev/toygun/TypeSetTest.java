package dev.toygun;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TypeSetTest {
  private static final TaskName WORK = TaskName.of("work");

  private enum One {
    ONLY
  }

  private enum Two {
    FIRST,
    SECOND
  }

  private static ResourceType<One> rests(String name) {
    return ResourceType.of(name, state(One.ONLY).decide(t -> t.stay()).rests());
  }

  private static TaskType<One> task(StateDef<One> row) {
    return TaskType.of(WORK, row);
  }

  private static List<String> problems(ResourceType<?>... types) {
    try {
      TypeSet.of(List.of(types));
      return List.of();
    } catch (InvalidTypes e) {
      return e.problems();
    }
  }

  @Test
  void aSoundTypeIsFoundByItsName() {
    TypeSet types = TypeSet.of(List.of(rests("thing")));
    assertThat(types.find("thing")).isPresent();
    assertThat(types.find("other")).isEmpty();
    assertThat(types.types()).hasSize(1);
  }

  @Test
  void everythingThatIsWrongIsInOneMessage() {
    ResourceType<Two> type =
        ResourceType.of("Bad Name", state(Two.FIRST).blocking(t -> t.stay()).every(ofMillis(1_500)))
            .fields(Field.text("__mine__"), Field.text("a"), Field.integer("a"))
            .tasks(task(state(One.ONLY)));
    assertThatThrownBy(() -> TypeSet.of(List.of(type)))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining("resource type 'Bad Name'")
        .hasMessageContaining("state first must decide")
        .hasMessageContaining("state first has every PT1.5S")
        .hasMessageContaining("state second has no row")
        .hasMessageContaining("field __mine__: names that begin and end with two underscores")
        .hasMessageContaining("two fields are named a")
        .hasMessageContaining("task work: state only has no code");
  }

  @Test
  void aStateThatNothingLeadsToIsRefused() {
    assertThat(
            problems(
                ResourceType.of(
                    "thing",
                    state(Two.FIRST).decide(t -> t.stay()),
                    state(Two.SECOND).decide(t -> t.stay()))))
        .containsExactly("thing: nothing leads to state second");
  }

  @Test
  void aStateThatOnlyDeletingLeadsToIsFine() {
    assertThat(
            problems(
                ResourceType.of(
                    "thing",
                    state(Two.FIRST).decide(t -> t.stay()),
                    state(Two.SECOND).decide(t -> t.finish()).finishes().onDelete())))
        .isEmpty();
  }

  @Test
  void anEdgeToAStateWithoutARowIsRefused() {
    assertThat(
            problems(
                ResourceType.of("thing", state(Two.FIRST).decide(t -> t.stay()).to(Two.SECOND))))
        .contains("thing: state first goes to second, which has no row");
  }

  @Test
  void aFieldDeclaredByTheTypeAndByItsTaskIsRefused() {
    ResourceType<One> type =
        rests("thing")
            .fields(Field.text("name"))
            .tasks(
                task(state(One.ONLY).decide(t -> t.finish()).finishes())
                    .fields(Field.text("name")));
    assertThat(problems(type)).containsExactly("thing: task work: two fields are named name");
  }

  @Test
  void whatCannotBeIndexedIsRefused() {
    SignalType signal = SignalType.of("go", Field.text("why").indexed());
    ResourceType<One> type =
        ResourceType.of("thing", state(One.ONLY).decide(t -> t.stay()).waits(signal))
            .fields(
                Field.bool("on").indexed(),
                Field.text("size").initially("small").indexed(),
                Field.uuid("outside").required().indexed())
            .tasks(
                task(state(One.ONLY).decide(t -> t.finish()).finishes())
                    .fields(Field.text("name").indexed()));
    assertThat(problems(type))
        .containsExactly(
            "thing: field on is indexed and a bool: a value finds about half of them, so leave .indexed() out",
            "thing: field size is indexed and has an initial value, which is not stored, so it is in no index: leave one of the two out",
            "thing: field name is indexed and not one of the resource: only resources are found by their fields, so leave .indexed() out",
            "thing: field why is indexed and not one of the resource: only resources are found by their fields, so leave .indexed() out");
  }

  @Test
  void ofATypeEightFieldsMayBeIndexed() {
    List<Field<?>> nine =
        IntStream.range(0, 9).<Field<?>>mapToObj(i -> Field.text("f" + i).indexed()).toList();
    assertThat(problems(rests("thing").fields(nine.subList(0, 8).toArray(Field<?>[]::new))))
        .isEmpty();
    assertThat(problems(rests("thing").fields(nine.toArray(Field<?>[]::new))))
        .containsExactly("thing: 9 of its fields are indexed: 8 may be");
  }

  @Test
  void onlyASharedTaskMayTickLongerThanThirtySeconds() {
    StateDef<One> slow = state(One.ONLY).blocking(t -> t.finish()).finishes().limit(ofMinutes(5));
    assertThat(problems(rests("thing").tasks(task(slow))))
        .containsExactly(
            "thing: task work: state only has a limit over 30 s, which only a shared() task may"
                + " have");
    assertThat(problems(rests("thing").tasks(task(slow).shared()))).isEmpty();
  }

  @Test
  void aPeriodIsWholeSecondsAndOneAtLeast() {
    for (var every : List.of(ofMillis(999), ofMillis(1_001), ofSeconds(0))) {
      assertThat(
              problems(
                  rests("thing").tasks(task(state(One.ONLY).decide(t -> t.stay()).every(every)))))
          .containsExactly(
              "thing: task work: state only has every %s: whole seconds, 1 s at least"
                  .formatted(every));
    }
  }

  @Test
  void anAlarmThatCodeClosesHasNoConditionThatClosesIt() {
    AlarmType disk = AlarmType.alarm("disk").closeWhen(s -> true);
    assertThat(problems(rests("thing").alarms(disk)))
        .containsExactly(
            "thing: alarm disk: closeWhen needs a condition that opens it: say"
                + " alarm(\"disk\", s -> …), or have code close it with .clear(\"disk\")");
    assertThat(
            problems(
                rests("thing").alarms(AlarmType.alarm("disk", s -> true).closeWhen(s -> true))))
        .isEmpty();
  }

  @Test
  void usersCannotTakeABuiltInTasksName() {
    TaskType<One> task =
        TaskType.of(TaskName.of("__gc__"), state(One.ONLY).decide(t -> t.finish()).finishes());
    assertThat(problems(rests("thing").tasks(task)))
        .containsExactly(
            "thing: task __gc__: task __gc__: names that begin and end with two underscores are"
                + " reserved");
  }

  @Test
  void aVersionNeedsItsUpgrades() {
    assertThat(problems(rests("thing").version(3).upgrade(1, fields -> fields)))
        .containsExactly("thing: version 3 has no upgrade from 2");
    assertThat(problems(rests("thing").version(3).upgrade(1, f -> f).upgrade(2, f -> f))).isEmpty();
  }

  @Test
  void aTableDrawsItself() {
    ResourceType<Two> type =
        ResourceType.of(
            "thing",
            state(Two.FIRST).decide(t -> t.stay()).to(Two.SECOND),
            state(Two.SECOND).decide(t -> t.finish()).finishes());
    assertThat(type.machine().toMermaid())
        .isEqualTo(
            """
            stateDiagram-v2
              [*] --> first
              first --> second
              second --> [*]
            """);
  }
}
