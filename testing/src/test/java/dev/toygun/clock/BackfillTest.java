package dev.toygun.clock;

import static dev.toygun.clock.ClockRig.OTHER;
import static dev.toygun.clock.ClockRig.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.Queue.Worker;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A list whose rows are of an older version than a worker's code. */
class BackfillTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  private static final Worker NEWER =
      new Worker("newer", "", List.of("default:website:1", "default:website:2"));

  private static final Worker OLDER = new Worker("older", "", List.of("default:website:1"));

  private final ClockRig rig = new ClockRig();
  private final List<SubjectKey> popped = new ArrayList<>();

  @Test
  void theFewThatRestAmongManyThatWaitAreEachWokenOnce() {
    Set<SubjectKey> resting = fill(10_000, 1_000);
    rig.clock(ClockSettings.STANDARD);
    assertThat(runUntilPopped(10)).isTrue();
    runFor(60);
    assertThat(popped).containsExactlyInAnyOrderElementsOf(resting);
    assertThat(rig.count("toygun_backfilled_total")).isEqualTo(10);
  }

  @Test
  void aListThatHasNothingAtRestIsGoneThroughByPagesAndThenLeftAlone() {
    fill(30_000, 0);
    rig.clock(ClockSettings.STANDARD.withPage(50));
    runFor(60);
    assertThat(rig.rows.looks).isEqualTo(30_000 / BackfillPass.PAGE + 1);
    assertThat(rig.rows.longestAnswer).isEqualTo(BackfillPass.PAGE);
    runFor(60);
    assertThat(rig.rows.looks).isEqualTo(30_000 / BackfillPass.PAGE + 1);
    assertThat(rig.count("toygun_backfilled_total")).isZero();
  }

  @Test
  void oneRoundWakesAboutAPageAndTheNextWaitsUntilTheListIsEmpty() {
    fill(1_000, 1);
    rig.clock(ClockSettings.STANDARD);
    rig.queue.heartbeat(NEWER);
    assertThat(rig.time.runUntil(() -> rig.depth(WEB) > 0, LONG)).isTrue();
    rig.queue.heartbeat(NEWER);
    rig.pass(60);
    assertThat(rig.pop(WEB)).hasSize(BackfillPass.PAGE);
  }

  @Test
  void afterAClockThatDiedInTheMiddleAnotherLeavesNothingOut() {
    Set<SubjectKey> resting = fill(10_000, 10);
    MortalTime mortal = new MortalTime(rig.time);
    rig.clock(ClockSettings.STANDARD, mortal, rig.queue);
    assertThat(runUntilPopped(300)).isTrue();
    mortal.kill();
    rig.clock(ClockSettings.STANDARD);
    assertThat(runUntilPopped(1_000)).isTrue();
    assertThat(new HashSet<>(popped)).isEqualTo(resting);
  }

  @Test
  void aPageThatFailsIsLookedAtAgain() {
    Set<SubjectKey> resting = fill(10_000, 10);
    rig.clock(ClockSettings.STANDARD);
    assertThat(runUntilPopped(300)).isTrue();
    rig.rows.broken.add(WEB);
    runFor(10);
    assertThat(popped).hasSizeLessThan(1_000);
    rig.rows.broken.remove(WEB);
    assertThat(runUntilPopped(1_000)).isTrue();
    assertThat(new HashSet<>(popped)).isEqualTo(resting);
  }

  /** Older code would tick what is woken, and leave it at its own version. */
  @Test
  void nothingIsWokenWhileAWorkerOfOlderCodeMightTakeIt() {
    Set<SubjectKey> resting = fill(20, 1);
    rig.clock(ClockSettings.STANDARD);
    for (int second = 0; second < 60; second++) {
      rig.queue.heartbeat(OLDER);
      runFor(1);
    }
    assertThat(popped).isEmpty();
    rig.queue.farewell(OLDER.id());
    assertThat(runUntilPopped(20)).isTrue();
    assertThat(popped).containsExactlyInAnyOrderElementsOf(resting);
  }

  @Test
  void aListThatNeverEmptiesKeepsNoOtherFromBeingWrittenUp() {
    fill(10_000, 1);
    rig.clock(ClockSettings.STANDARD);
    rig.queue.heartbeat(NEWER);
    assertThat(rig.time.runUntil(() -> rig.depth(WEB) > 0, LONG)).isTrue();
    rig.rows.waits(OTHER, rig.resource(), true);
    Worker deployed = new Worker("later", "", List.of("default:other:1", "default:other:2"));
    for (int second = 0; rig.depth(OTHER) == 0 && second < LONG.toSeconds(); second++) {
      rig.queue.heartbeat(NEWER);
      rig.queue.heartbeat(deployed);
      rig.pass(1);
    }
    assertThat(rig.depth(WEB)).isPositive();
    assertThat(rig.depth(OTHER)).isPositive();
  }

  @Test
  void aListThatAWorkerOfOlderCodeTakesInTheMiddleWaits() {
    Set<SubjectKey> resting = fill(50_000, 10);
    rig.clock(ClockSettings.STANDARD);
    assertThat(runUntilPopped(300)).isTrue();
    for (int second = 0; second < 12; second++) {
      rig.queue.heartbeat(OLDER);
      runFor(1);
    }
    int before = popped.size();
    for (int second = 0; second < 12; second++) {
      rig.queue.heartbeat(OLDER);
      runFor(1);
    }
    assertThat(popped).hasSize(before);
    rig.queue.farewell(OLDER.id());
    assertThat(runUntilPopped(5_000)).isTrue();
    assertThat(new HashSet<>(popped)).isEqualTo(resting);
  }

  /** So many that wait, each so many-th of them at rest; and a worker of newer code. */
  private Set<SubjectKey> fill(int rows, int each) {
    Set<SubjectKey> resting = new HashSet<>();
    for (int i = 0; i < rows; i++) {
      boolean rests = each > 0 && i % each == each - 1;
      SubjectKey key = rig.rows.waits(WEB, rig.resource(), rests);
      if (rests) {
        resting.add(key);
      }
    }
    return resting;
  }

  /* Takes and ticks what is queued, as the worker of newer code would. */
  private void runFor(int seconds) {
    for (int i = 0; i < seconds * 10; i++) {
      rig.queue.heartbeat(NEWER);
      rig.pass(0.1);
      for (SubjectKey key : rig.pop(WEB)) {
        popped.add(key);
        rig.rows.settle(key);
      }
    }
  }

  private boolean runUntilPopped(int many) {
    for (int second = 0; popped.size() < many && second < LONG.toSeconds(); second++) {
      runFor(1);
    }
    return popped.size() >= many;
  }
}
