package dev.toygun.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualTime time = new VirtualTime(1);
  private final List<String> ran = new ArrayList<>();

  @Test
  void timersRunInTheirOrderEachAtItsMoment() {
    time.after(Duration.ofSeconds(2), () -> ran.add("late " + since()));
    time.after(Duration.ofSeconds(1), () -> ran.add("early " + since()));
    time.after(Duration.ofSeconds(1), () -> ran.add("early too " + since()));
    time.advance(Duration.ofSeconds(3));
    assertThat(ran).containsExactly("early PT1S", "early too PT1S", "late PT2S");
    assertThat(since()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void advancingRunsWhatIsPlannedOnTheWayButNothingBeyond() {
    time.after(
        Duration.ofSeconds(1),
        () -> time.after(Duration.ofSeconds(1), () -> ran.add("at " + since())));
    time.after(Duration.ofSeconds(3), () -> ran.add("beyond"));
    time.advance(Duration.ofSeconds(2));
    assertThat(ran).containsExactly("at PT2S");
    assertThat(time.pending()).isEqualTo(1);
  }

  @Test
  void aTimerThatIsTakenBackNeverRuns() {
    time.after(Duration.ofSeconds(1), () -> ran.add("kept"));
    time.after(Duration.ofSeconds(1), () -> ran.add("taken back")).cancel();
    time.runUntilIdle();
    assertThat(ran).containsExactly("kept");
  }

  @Test
  void runUntilStopsAsSoonAsItIsSoOrTheTimeIsOver() {
    time.after(Duration.ofSeconds(1), () -> ran.add("one"));
    time.after(Duration.ofSeconds(5), () -> ran.add("two"));
    assertThat(time.runUntil(() -> ran.size() == 1, Duration.ofSeconds(10))).isTrue();
    assertThat(since()).isEqualTo(Duration.ofSeconds(1));
    assertThat(time.runUntil(() -> ran.size() == 2, Duration.ofSeconds(2))).isFalse();
    assertThat(since()).isEqualTo(Duration.ofSeconds(3));
  }

  private void again(Duration later) {
    time.after(later, () -> again(later));
  }

  @Test
  void daysThatAreFullOfTimersPass() {
    again(Duration.ofMillis(2));
    time.advance(Duration.ofHours(6));
    assertThat(since()).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void aLoopThatMakesNoProgressEndsWithAMessage() {
    for (int i = 0; i < 4; i++) {
      again(Duration.ZERO); // each a millisecond later
    }
    assertThatThrownBy(() -> time.advance(Duration.ofHours(6)))
        .hasMessageContaining("does a loop plan itself?");
  }

  @Test
  void theSameSeedGivesTheSameChance() {
    VirtualTime again = new VirtualTime(1);
    assertThat(again.uuid()).isEqualTo(time.uuid());
    assertThat(again.random()).isEqualTo(time.random());
    assertThat(new VirtualTime(2).uuid()).isNotEqualTo(again.uuid());
    assertThat(time.uuid().version()).isEqualTo(7);
  }

  private Duration since() {
    return Duration.between(VirtualTime.START, time.now());
  }
}
