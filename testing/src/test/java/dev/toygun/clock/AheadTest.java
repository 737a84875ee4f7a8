package dev.toygun.clock;

import static dev.toygun.clock.ClockRig.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.Queue;
import dev.toygun.store.Due;
import dev.toygun.store.SubjectKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes due by the passing of time, and what others make due. */
class AheadTest {
  private final ClockRig rig = new ClockRig();

  @Test
  void whatSomebodyMadeDueIsLeftToHisTicketWhileItMayBeInTheList() {
    looks();
    SubjectKey first = rig.dueNow(WEB);
    rig.push(WEB, first);
    SubjectKey second = rig.dueNow(WEB);
    rig.push(WEB, second);
    rig.pass(60);
    assertThat(rig.pop(WEB)).containsExactly(first, second);
  }

  @Test
  void whatSomebodyMadeDueWithoutATicketIsQueuedOnceItsListHoldsNoneAsOld() {
    looks();
    SubjectKey before = rig.resource();
    rig.push(WEB, before);
    SubjectKey forgotten = rig.dueNow(WEB);
    rig.pass(3);
    SubjectKey after = rig.resource();
    rig.push(WEB, after);
    rig.pass(3);
    assertThat(rig.depth(WEB)).isEqualTo(2);
    assertThat(rig.tickets(WEB, 1).get(0).subjects()).containsExactly(before);
    rig.pass(1);
    assertThat(rig.pop(WEB)).containsExactly(after, forgotten);
  }

  @Test
  void ofWhatIsLeasedOnlyWhatBecameDueByTimeIsQueued() {
    looks();
    SubjectKey woken = rig.dueNow(WEB);
    rig.lease("worker", woken);
    SubjectKey timed = rig.due(WEB, rig.time.now().plusSeconds(1));
    rig.lease("worker", timed);
    rig.pass(2);
    assertThat(rig.pop(WEB)).as("who holds it is told").containsExactly(timed);
    rig.release("worker", woken.resource());
    rig.pass(0.7);
    assertThat(rig.pop(WEB)).containsExactly(woken);
  }

  @Test
  void whatBecomesDueByTimeIsQueuedAtItsTimeHoweverLongTheList() {
    rig.clock(ClockSettings.STANDARD);
    SubjectKey before = rig.resource();
    rig.push(WEB, before);
    SubjectKey timed = rig.due(WEB, rig.time.now().plusSeconds(10));
    SubjectKey changed = rig.due(WEB, rig.time.now().plusSeconds(10));
    rig.pass(9.5);
    rig.rows.settle(changed);
    rig.pass(1.2);
    assertThat(rig.pop(WEB)).containsExactly(before, timed);
  }

  @Test
  void whatBecomesDueByTimeIsQueuedOnceThereIsRoomHoweverOldTheHead() {
    rig.rests(WEB);
    rig.clock(ClockSettings.STANDARD.withMark(2));
    rig.push(WEB, rig.resource());
    rig.push(WEB, rig.resource());
    rig.pass(2);
    SubjectKey timed = rig.due(WEB, rig.time.now().plusSeconds(5));
    SubjectKey others = rig.dueNow(WEB);
    rig.pass(20);
    assertThat(rig.depth(WEB)).as("its mark").isEqualTo(2);
    rig.tickets(WEB, 1);
    rig.pass(0.7);
    rig.tickets(WEB, 1);
    assertThat(rig.pop(WEB)).containsExactly(timed);
    rig.pass(6);
    assertThat(rig.pop(WEB)).as("left to its ticket, which never came").containsExactly(others);
  }

  @Test
  void aClockThatTakesOverHoldsBackNothingThatItHasNotSeenComing() {
    rig.push(WEB, rig.resource());
    rig.pass(30);
    SubjectKey due = rig.dueNow(WEB);
    rig.clock(ClockSettings.STANDARD);
    rig.pass(0.7);
    assertThat(rig.depth(WEB)).isEqualTo(2);
    assertThat(rig.pop(WEB)).endsWith(due);
  }

  @Test
  void whatWasLeftBehindIsFoundThoughWhatIsNewFillsTheList() {
    rig.clock(ClockSettings.STANDARD.withMark(1));
    rig.dueNow(WEB);
    rig.pass(2);
    rig.pop(WEB);
    SubjectKey behind = rig.due(WEB, rig.time.now().minusSeconds(100));
    Set<SubjectKey> popped = new HashSet<>();
    for (int i = 0; i < 20 && !popped.contains(behind); i++) {
      for (int j = 0; j < 5; j++) {
        rig.due(WEB, rig.time.now().plusMillis(200));
      }
      rig.pass(0.5);
      popped.addAll(rig.pop(WEB));
    }
    assertThat(popped).contains(behind);
  }

  @Test
  void ofWhatBecameDueWhileNobodyLookedNothingIsTakenForOthers() {
    Ahead ahead = new Ahead();
    Instant now = rig.time.now();
    ahead.saw(now, now.plusMillis(1_500), List.of(), 10);
    assertThat(ahead.isOthers(row(now.plusMillis(900)))).as("before the first answer").isFalse();
    assertThat(ahead.isOthers(row(now.plusMillis(1_200)))).isTrue();
    assertThat(ahead.isOthers(row(now.plusMillis(1_600)))).as("not looked at yet").isFalse();
    Instant late = now.plusMillis(1_400);
    Due.DueRow answered = row(late.plusMillis(1_100));
    ahead.saw(late, late.plusMillis(1_500), List.of(answered), 10);
    assertThat(ahead.isOthers(row(now.plusMillis(1_300)))).as("timed after the look").isFalse();
    assertThat(ahead.isOthers(answered)).as("due when the answer came").isFalse();
    assertThat(ahead.isOthers(row(late.plusMillis(1_200)))).isTrue();
  }

  @Test
  void whatADeadWorkerMadeDueForItselfIsQueuedThoughTheListIsLong() {
    rig.queue.heartbeat(new Queue.Worker("worker", "1", List.of()));
    looks();
    SubjectKey before = rig.resource();
    rig.push(WEB, before);
    SubjectKey own = rig.dueNow(WEB);
    rig.lease("worker", own);
    rig.pass(7);
    assertThat(rig.pop(WEB)).containsExactly(before, own);
  }

  @Test
  void whatIsSeenComingIsRememberedWithinBounds() {
    Ahead ahead = new Ahead();
    Instant now = rig.time.now();
    for (int i = 0; i < 100; i++) {
      Instant then = now.plusSeconds(i + 2);
      Due.DueRow row = new Due.DueRow(rig.resource(), then, true);
      ahead.saw(now.plusSeconds(i), then, List.of(row), 10);
      assertThat(ahead.size()).isLessThanOrEqualTo(10);
      assertThat(ahead.isOthers(row)).isFalse();
    }
    ahead.passed(now.plusSeconds(200));
    assertThat(ahead.size()).isZero();
  }

  /** A clock that has looked at what becomes due of the list for two seconds. */
  private void looks() {
    rig.rests(WEB);
    rig.clock(ClockSettings.STANDARD);
    rig.pass(2);
  }

  private Due.DueRow row(Instant dueAt) {
    return new Due.DueRow(rig.resource(), dueAt);
  }
}
