package dev.toygun.testing;

import static dev.toygun.TaskStatus.ABSENT;
import static dev.toygun.TaskStatus.FINISHED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Availability;
import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.Tick;
import dev.toygun.Values;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestTickTest {
  private static final TaskName BUILD = TaskName.of("build");
  private static final Field<Long> PORT = Field.integer("port").initially(5432L);
  private static final Field<String> NOTE = Field.text("note");
  private static final SignalType GO = SignalType.of("go", NOTE);

  enum State {
    WAITING,
    DONE
  }

  private static Next<State> decide(Tick<State> t) {
    return t.task(BUILD) == FINISHED
        ? t.go(State.DONE).with(PORT, t.get(PORT) + 1)
        : t.stay().ensure(BUILD);
  }

  @Test
  void aStateIsTestedAsTheFunctionItIs() {
    Tick<State> t = TestTick.in(State.WAITING).with(PORT, 10L).task(BUILD, FINISHED).build();
    assertThat(decide(t)).isEqualTo(t.go(State.DONE).with(PORT, 11L));
    assertThat(decide(TestTick.in(State.WAITING).build())).isEqualTo(t.stay().ensure(BUILD));
  }

  @Test
  void whatIsNotSaidIsNotThere() {
    Tick<State> t = TestTick.in(State.WAITING).build();
    assertThat(t.get(PORT)).isEqualTo(5432);
    assertThat(t.find(NOTE)).isEmpty();
    assertThat(t.task(BUILD)).isEqualTo(ABSENT);
    assertThat(t.children("node")).isEmpty();
    assertThat(t.parent()).isEmpty();
    assertThat(t.error()).isEmpty();
    assertThat(t.signal(GO)).isEmpty();
    assertThat(t.availability()).isEqualTo(Availability.UNKNOWN);
    assertThat(t.attempt()).isOne();
    assertThat(t.now()).isEqualTo(VirtualTime.START);
  }

  @Test
  void everythingAStateSeesCanBeSaid() {
    Instant now = Instant.parse("2031-01-01T00:00:00Z");
    Tick<State> t =
        TestTick.in(State.WAITING)
            .task(BUILD, FINISHED, Values.of(NOTE, "built"))
            .child("node", "a", "up", Values.of(PORT, 1L))
            .parent("cluster", "c", "up", Values.NONE)
            .signal(GO, Values.of(NOTE, "first"))
            .signal(GO, Values.of(NOTE, "second"))
            .args(Values.of(NOTE, "arg"))
            .attempt(2)
            .now(now)
            .availability(Availability.OFFLINE)
            .build();
    assertThat(t.taskView(BUILD).orElseThrow().find(NOTE)).contains("built");
    assertThat(t.children("node").get(0).find(PORT)).contains(1L);
    assertThat(t.parent().orElseThrow().label()).isEqualTo("c");
    assertThat(t.signal(GO).orElseThrow().values().find(NOTE)).contains("first");
    assertThat(t.args().find(NOTE)).contains("arg");
    assertThat(t.args().find(PORT)).as("its initial value").contains(5432L);
    assertThat(t.args().fields()).doesNotContain(PORT);
    assertThat(t.attempt()).isEqualTo(2);
    assertThat(t.now()).isEqualTo(now);
    assertThat(t.availability()).isEqualTo(Availability.OFFLINE);
  }

  @Test
  void aTokenIsTheSameUntilTheStateIsEnteredAnew() {
    String token = TestTick.in(State.WAITING).build().token("vm");
    assertThat(TestTick.in(State.WAITING).attempt(3).build().token("vm")).isEqualTo(token);
    assertThat(TestTick.in(State.WAITING).entered(4).build().token("vm")).isNotEqualTo(token);
    assertThat(TestTick.in(State.WAITING).build().token("disk")).isNotEqualTo(token);
  }
}
