package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.store.TriggerRow;
import dev.toygun.store.Work.Sees;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Conditions of tasks that throw. */
class TriggerFaultsTest {
  private static final TaskName CLEAN = TaskName.of("clean");
  private static final TaskName REPORT = TaskName.of("report");
  private static final Field<Long> FULL = Field.integer("full").initially(0L);
  private static final Field<Long> USERS = Field.integer("users").initially(1L);

  enum Here {
    UP
  }

  enum Work {
    DO
  }

  private static TaskType<Work> quick(TaskName name) {
    return TaskType.of(name, state(Work.DO).decide(t -> t.finish()).finishes());
  }

  /** Throws while the host is empty. */
  private static TaskType<Work> clean() {
    return quick(CLEAN).startWhen(s -> 100 / s.get(FULL) < 2);
  }

  /** Throws while the host has no users. */
  private static TaskType<Work> report() {
    return quick(REPORT).startWhen(s -> 100 / s.get(USERS) < 2);
  }

  private static ResourceType<Here> host(TaskType<?>... tasks) {
    return ResourceType.of("host", state(Here.UP).decide(t -> t.stay()).rests())
        .fields(FULL, USERS)
        .tasks(tasks);
  }

  private static List<TriggerRow> triggers(Simulation host) {
    return host.world
        .await(host.store().load(List.of(host.uuid()), new Sees(false, false, false, false, true)))
        .families()
        .get(0)
        .triggers();
  }

  @Test
  void aConditionThatThrowsIsAnAlarmAndStartsNothing() {
    Simulation host = Simulation.of(host(clean()));
    host.advance(ofMinutes(1));
    assertThat(host.told()).containsExactly("open trigger error");
    assertThat(host.alarm("trigger").message())
        .contains("task clean: its condition threw java.lang.ArithmeticException");
    assertThat(host.runs(CLEAN)).isZero();
    host.set(FULL, 90L);
    host.advance(ofMinutes(1));
    assertThat(host.told()).containsExactly("open trigger error", "resolve trigger error");
    assertThat(host.runs(CLEAN)).isEqualTo(1);
  }

  @Test
  void aConditionThatIsTakenOutOfTheCodeLeavesNoAlarm() {
    Simulation host = Simulation.of(host(clean(), report()));
    host.advance(ofMinutes(1));
    assertThat(host.told()).containsExactly("open trigger error");
    host.deploy(host(quick(CLEAN), report()).version(2).upgrade(1, fields -> fields));
    host.advance(ofMinutes(5));
    assertThat(host.told()).containsExactly("open trigger error", "resolve trigger error");
    assertThat(triggers(host)).allMatch(row -> row.fault() == null);
  }

  @Test
  void theAlarmNamesATaskWhoseConditionThrowsNow() {
    Simulation host = Simulation.of(host(clean(), report()));
    host.advance(ofMinutes(1));
    assertThat(host.alarm("trigger").message()).contains("task clean");
    host.set(USERS, 0L);
    host.advance(ofMinutes(1));
    assertThat(host.told()).as("both").containsExactly("open trigger error");
    host.set(FULL, 10L);
    host.advance(ofMinutes(1));
    assertThat(host.alarm("trigger").message()).contains("task report");
    assertThat(host.told())
        .containsExactly("open trigger error", "resolve trigger error", "open trigger error");
  }

  @Test
  void whatIsThrownIsWrittenOnceThoughItSaysSomethingElseEachTime() {
    AtomicInteger thrown = new AtomicInteger();
    Simulation host =
        Simulation.of(
            host(
                quick(CLEAN)
                    .startWhen(
                        s -> {
                          throw new IllegalStateException("number " + thrown.incrementAndGet());
                        })));
    host.advance(ofMinutes(1));
    List<TriggerRow> first = triggers(host);
    assertThat(first).hasSize(1);
    host.set(FULL, 10L);
    int before = thrown.get();
    host.advance(ofMinutes(1));
    assertThat(triggers(host)).isEqualTo(first);
    assertThat(thrown.get() - before).as("judged once more, and once ahead").isLessThan(3);
  }

  @Test
  void whatIsThrownCanBeStored() {
    Simulation host =
        Simulation.of(
            host(
                quick(CLEAN)
                    .startWhen(
                        s -> {
                          throw new IllegalStateException("nul \0 " + "x".repeat(10_000));
                        })));
    host.advance(ofMinutes(1));
    assertThat(triggers(host))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.fault())
                    .contains("nul \ufffd xxx")
                    .hasSizeLessThan(2_100)
                    .endsWith("…"));
    assertThat(host.alarm("trigger").message()).doesNotContain("\0");
  }
}
