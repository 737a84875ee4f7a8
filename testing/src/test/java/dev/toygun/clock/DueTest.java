package dev.toygun.clock;

import static dev.toygun.clock.ClockRig.OTHER;
import static dev.toygun.clock.ClockRig.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.Leases;
import dev.toygun.queue.Ticket;
import dev.toygun.store.Cause;
import dev.toygun.store.Due;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.SubjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DueTest {
  private final ClockRig rig = new ClockRig();

  @Test
  void whatIsDueIsQueuedOnce() {
    rig.clock(ClockSettings.STANDARD);
    SubjectKey resource = rig.dueNow(WEB);
    SubjectKey task = new SubjectKey(resource.resource(), rig.time.uuid());
    rig.rows.due(Kind.TASK, WEB, task, rig.time.now());
    SubjectKey other = rig.dueNow(OTHER);
    SubjectKey later = rig.due(WEB, rig.time.now().plusSeconds(8));
    rig.pass(0.7);
    assertThat(rig.pop(WEB)).containsExactlyInAnyOrder(resource, task);
    assertThat(rig.pop(OTHER)).containsExactly(other);
    rig.pass(7);
    assertThat(rig.pop(WEB)).isEmpty();
    rig.pass(1);
    assertThat(rig.pop(WEB)).containsExactly(later);
    assertThat(rig.count("toygun_queued_total")).isEqualTo(4);
    assertThat(rig.count("toygun_requeued_total")).isZero();
  }

  @Test
  void aTicketHoldsUpTo64SubjectsWhoseLeasesShareAHash() {
    Set<SubjectKey> all = new HashSet<>();
    SubjectKey big = rig.dueNow(WEB);
    all.add(big);
    for (int i = 0; i < 150; i++) {
      SubjectKey task = new SubjectKey(big.resource(), rig.time.uuid());
      rig.rows.due(Kind.TASK, WEB, task, rig.time.now());
      all.add(task);
    }
    IntStream.range(0, 300).forEach(i -> all.add(rig.dueNow(WEB)));
    rig.clock(ClockSettings.STANDARD);
    rig.pass(0.7);
    List<Ticket> tickets = rig.tickets(WEB, 10_000);
    List<SubjectKey> seen = new ArrayList<>();
    for (Ticket ticket : tickets) {
      assertThat(ticket.subjects()).hasSizeLessThanOrEqualTo(Ticket.MOST);
      assertThat(ticket.subjects().stream().map(key -> Leases.hashOf(key.resource())).distinct())
          .hasSize(1);
      assertThat(ticket.cause()).isEqualTo(Cause.CLOCK);
      assertThat(ticket.poll()).isFalse();
      seen.addAll(ticket.subjects());
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
    assertThat(tickets).hasSizeLessThanOrEqualTo(256 + 3);
  }

  @Test
  void aLostTicketIsQueuedAgainAfterFifteenSeconds() {
    rig.clock(ClockSettings.STANDARD);
    SubjectKey key = rig.dueNow(WEB);
    rig.pass(0.7);
    assertThat(rig.pop(WEB)).containsExactly(key); // and lost by whoever popped it
    rig.pass(13);
    assertThat(rig.pop(WEB)).isEmpty();
    rig.pass(7);
    assertThat(rig.pop(WEB)).containsExactly(key);
    assertThat(rig.count("toygun_requeued_total")).isEqualTo(1);
  }

  @Test
  void aLongListIsNeverFilledWithCopies() {
    rig.clock(ClockSettings.STANDARD);
    List<SubjectKey> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(rig.due(WEB, rig.time.now().plusMillis(700)));
      rig.pass(1);
    }
    rig.pass(60);
    assertThat(rig.pop(WEB)).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void ofALongListOnlyWhatItsHeadHasOvertakenIsLost() {
    rig.clock(ClockSettings.STANDARD);
    SubjectKey first = rig.dueNow(WEB);
    rig.pass(2);
    SubjectKey second = rig.due(WEB, rig.time.now().plusSeconds(1));
    rig.pass(2);
    assertThat(rig.tickets(WEB, 1).get(0).subjects()).containsExactly(first); // and lost
    rig.pass(22);
    assertThat(rig.pop(WEB)).containsExactly(second, first);
  }

  @Test
  void whatALiveWorkerLeasesIsNotQueuedAgain() {
    rig.clock(ClockSettings.STANDARD);
    SubjectKey key = rig.dueNow(WEB);
    rig.pass(0.7);
    rig.pop(WEB);
    rig.lease("worker", key);
    for (int i = 0; i < 10; i++) {
      rig.leases.renew("worker", java.util.Map.of(key.resource(), java.util.Map.of()));
      rig.pass(3);
      assertThat(rig.pop(WEB)).isEmpty();
    }
    rig.release("worker", key.resource());
    rig.pass(5.7);
    assertThat(rig.pop(WEB)).containsExactly(key);
  }

  @Test
  void aRowThatIsDueAnewIsQueuedAtOnce() {
    rig.clock(ClockSettings.STANDARD);
    SubjectKey key = rig.dueNow(WEB);
    rig.pass(0.7);
    assertThat(rig.pop(WEB)).containsExactly(key);
    rig.rows.due(Kind.RESOURCE, WEB, key, rig.time.now().plusSeconds(1));
    rig.pass(1.7);
    assertThat(rig.pop(WEB)).containsExactly(key);
  }

  @Test
  void rowsInFlightAtTheHeadStarveNobody() {
    rig.clock(ClockSettings.STANDARD.withPage(10));
    Instant moment = rig.time.now();
    Set<SubjectKey> inFlight = new HashSet<>();
    IntStream.range(0, 300).forEach(i -> inFlight.add(rig.due(WEB, moment)));
    rig.pass(0.7);
    assertThat(new HashSet<>(rig.pop(WEB))).isEqualTo(inFlight);
    SubjectKey fresh = rig.dueNow(WEB);
    rig.pass(0.7);
    assertThat(rig.pop(WEB)).containsExactly(fresh);
    assertThat(rig.rows.longestAnswer).isLessThanOrEqualTo(10);
  }

  @Test
  void whatWasCommittedLateIsFound() {
    rig.clock(ClockSettings.STANDARD);
    rig.dueNow(WEB);
    rig.pass(0.7);
    rig.pop(WEB);
    SubjectKey aLittle = rig.due(WEB, rig.time.now().minusSeconds(3));
    rig.pass(0.7);
    assertThat(rig.pop(WEB)).as("in the overlap").containsExactly(aLittle);
    SubjectKey very = rig.due(WEB, rig.time.now().minusSeconds(100));
    rig.pass(5.7);
    assertThat(rig.pop(WEB)).as("by the sweep").containsExactly(very);
  }

  @Test
  void whatIsFoundBehindTheCursorIsAskedForPageByPage() {
    rig.clock(ClockSettings.STANDARD.withPage(10));
    rig.dueNow(WEB);
    rig.pass(0.7);
    rig.pop(WEB);
    Set<SubjectKey> late = new HashSet<>();
    Instant longAgo = rig.time.now().minusSeconds(1000);
    IntStream.range(0, 500).forEach(i -> late.add(rig.due(WEB, longAgo.plusMillis(i % 7))));
    rig.pass(11);
    List<SubjectKey> found = rig.pop(WEB);
    assertThat(found).doesNotHaveDuplicates();
    assertThat(new HashSet<>(found)).isEqualTo(late);
  }

  @Test
  void noListGrowsAboveItsMarkAndAllIsQueuedOnceInTheEnd() {
    rig.clock(ClockSettings.STANDARD.withMark(50).withPage(100));
    Instant moment = rig.time.now();
    Set<SubjectKey> all = new HashSet<>();
    IntStream.range(0, 3_000).forEach(i -> all.add(rig.due(WEB, moment)));
    List<SubjectKey> seen = new ArrayList<>();
    for (int i = 0; i < 120 && seen.size() < all.size(); i++) {
      rig.pass(0.5);
      assertThat(rig.depth(WEB)).isLessThanOrEqualTo(50);
      for (Ticket ticket : rig.tickets(WEB, 40)) {
        ticket.subjects().forEach(rig.rows::settle);
        seen.addAll(ticket.subjects());
      }
    }
    assertThat(seen).hasSize(3_000).doesNotHaveDuplicates();
  }

  @Test
  void theOldestIsQueuedFirst() {
    List<SubjectKey> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(rig.due(WEB, rig.time.now().minusSeconds(1000 - i)));
    }
    rig.clock(ClockSettings.STANDARD.withMark(10));
    rig.pass(0.7);
    assertThat(rig.pop(WEB))
        .hasSizeBetween(10, 20)
        .contains(all.get(0))
        .isSubsetOf(all.subList(0, 20));
  }

  @Test
  void anEmptiedQueueIsFilledAgainAtTheNextPass() {
    rig.clock(ClockSettings.STANDARD);
    Set<SubjectKey> all = new HashSet<>();
    IntStream.range(0, 100).forEach(i -> all.add(rig.dueNow(WEB)));
    rig.pass(2);
    rig.queue.forgetEverything();
    rig.leases.forgetEverything();
    rig.pass(0.7);
    assertThat(new HashSet<>(rig.pop(WEB))).isEqualTo(all);
  }

  @Test
  void oneBadListStopsNoOther() {
    rig.rows.broken.add(WEB);
    rig.clock(ClockSettings.STANDARD);
    SubjectKey key = rig.dueNow(OTHER);
    rig.pass(0.7);
    assertThat(rig.pop(OTHER)).containsExactly(key);
    assertThat(rig.count("toygun_clock_errors_total")).isPositive();
    assertThat(rig.rows.upto("due")).isAfter(rig.time.now().minusSeconds(1));
    rig.rows.broken.clear();
    SubjectKey mended = rig.dueNow(WEB);
    rig.pass(0.7);
    assertThat(rig.pop(WEB)).containsExactly(mended);
  }

  @Test
  void whatCouldNotBeQueuedIsQueuedWhenTheQueueIsBack() {
    BrokenQueue broken = new BrokenQueue(rig.queue);
    rig.clock(ClockSettings.STANDARD, rig.time, broken);
    SubjectKey key = rig.dueNow(WEB);
    broken.refusesPushes = true;
    rig.pass(3);
    assertThat(rig.count("toygun_clock_errors_total")).isPositive();
    broken.refusesPushes = false;
    broken.away = true;
    rig.pass(3);
    broken.away = false;
    rig.pass(0.7);
    assertThat(rig.pop(WEB)).containsExactly(key);
    assertThat(rig.count("toygun_requeued_total")).isZero();
  }

  @Test
  void itsMemoryIsBounded() {
    ClockSettings small =
        new ClockSettings(
            ClockSettings.STANDARD.interval(),
            ClockSettings.STANDARD.passTime(),
            ClockSettings.STANDARD.overlap(),
            ClockSettings.STANDARD.sweepEvery(),
            ClockSettings.STANDARD.lostAfter(),
            2_000,
            1_000,
            10_000,
            100,
            1_000,
            ClockSettings.STANDARD.keep());
    Remembered remembered = new Remembered(rig.time, small.lostAfter());
    for (int i = 0; i < 1_000; i++) {
      SubjectKey key = rig.resource();
      remembered.queued(new Due.DueRow(key, rig.time.now()), rig.time.now());
    }
    remembered.look(java.util.Optional.of(rig.time.now()), small.mostRemembered());
    assertThat(remembered.size()).isEqualTo(100);
    rig.pass(31);
    remembered.look(java.util.Optional.empty(), small.mostRemembered());
    assertThat(remembered.size()).isZero();
  }

  @Test
  void whatMayHappenToAListIsCountedFromZero() {
    rig.clock(ClockSettings.STANDARD);
    rig.dueNow(WEB);
    rig.pass(10);
    for (String counter : List.of("requeued_total", "polls_skipped_total", "backfilled_total")) {
      assertThat(rig.metrics.get("toygun_" + counter).tag("type", WEB.type()).counter().count())
          .as(counter)
          .isZero();
    }
    assertThat(rig.metrics.get("toygun_clock_errors_total").tag("pass", "due").counter().count())
        .isZero();
  }

  @Test
  void depthsAndAgesAreMeasured() {
    rig.clock(ClockSettings.STANDARD);
    rig.due(WEB, rig.time.now().minusSeconds(30));
    rig.pass(10);
    assertThat(rig.gauge("toygun_queue_depth", WEB)).isEqualTo(1);
    assertThat(rig.gauge("toygun_queue_oldest_seconds", WEB)).isBetween(8.0, 11.0);
    assertThat(rig.metrics.get("toygun_due_oldest_seconds").gauge().value()).isBetween(38.0, 41.0);
    rig.pop(WEB).forEach(rig.rows::settle);
    rig.pass(6);
    assertThat(rig.gauge("toygun_queue_depth", WEB)).isZero();
    assertThat(rig.metrics.get("toygun_due_oldest_seconds").gauge().value()).isZero();
    assertThat(rig.metrics.get("toygun_clock_pass_seconds").tag("pass", "due").timer().count())
        .isPositive();
  }
}
