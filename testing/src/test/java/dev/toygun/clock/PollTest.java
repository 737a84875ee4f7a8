package dev.toygun.clock;

import static dev.toygun.clock.ClockRig.OTHER;
import static dev.toygun.clock.ClockRig.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.Ticket;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PollTest {
  private final ClockRig rig = new ClockRig();

  @Test
  void eachRowIsPolledOnceInEachPeriodInItsSecond() {
    List<SubjectKey> rows = polling(Kind.TASK, WEB, 5, 200);
    List<SubjectKey> resources = polling(Kind.RESOURCE, WEB, 1, 3);
    rig.clock(ClockSettings.STANDARD);
    Map<SubjectKey, Integer> polls = new HashMap<>();
    for (int second = 0; second < 20; second++) {
      rig.pass(1);
      for (Ticket ticket : rig.tickets(WEB, 1000)) {
        assertThat(ticket.poll()).isTrue();
        for (SubjectKey key : ticket.subjects()) {
          polls.merge(key, 1, Integer::sum);
          if (!key.isResource()) {
            long now = rig.time.now().getEpochSecond();
            assertThat(FakeRows.bucket(key, 5)).isIn((int) (now % 5), (int) ((now - 1) % 5));
          }
        }
      }
    }
    assertThat(rows).allSatisfy(key -> assertThat(polls.get(key)).isBetween(3, 4));
    assertThat(resources).allSatisfy(key -> assertThat(polls.get(key)).isBetween(19, 20));
  }

  @Test
  void whatPollsInASecondIsQueuedAsTheSecondBegins() {
    polling(Kind.TASK, WEB, 1, 10);
    rig.pass(0.3);
    rig.clock(ClockSettings.STANDARD);
    rig.pass(1.5);
    rig.tickets(WEB, 1000);
    int queued = 0;
    for (int moment = 0; moment < 500; moment++) {
      rig.pass(0.01);
      if (!rig.tickets(WEB, 1000).isEmpty()) {
        queued++;
        Instant now = rig.time.now();
        assertThat(Duration.between(now.truncatedTo(ChronoUnit.SECONDS), now))
            .isLessThan(Duration.ofMillis(30));
      }
    }
    assertThat(queued).isBetween(4, 5);
  }

  @Test
  void theSecondsOfAGapAreMadeUpOnce() {
    List<SubjectKey> slow = polling(Kind.TASK, WEB, 60, 600);
    List<SubjectKey> fast = polling(Kind.TASK, OTHER, 2, 50);
    MortalTime mortal = new MortalTime(rig.time);
    rig.clock(ClockSettings.STANDARD, mortal, rig.queue);
    rig.pass(5);
    rig.pop(WEB);
    rig.pop(OTHER);
    mortal.kill();
    rig.pass(30);
    assertThat(rig.pop(WEB)).isEmpty();
    mortal.revive();
    rig.pass(1.2);
    List<SubjectKey> made = rig.pop(WEB);
    assertThat(made).doesNotHaveDuplicates().isSubsetOf(slow);
    assertThat(made).hasSizeBetween(600 * 28 / 60 - 60, 600 * 34 / 60 + 60);
    List<SubjectKey> once = rig.pop(OTHER);
    for (SubjectKey key : fast) {
      assertThat(once.stream().filter(key::equals)).hasSizeBetween(1, 2);
    }
    rig.pass(25);
    made.addAll(rig.pop(WEB));
    assertThat(made).doesNotHaveDuplicates();
  }

  @Test
  void moreThanAPageOfOneSecondIsPolledPageByPage() {
    List<SubjectKey> rows = polling(Kind.TASK, WEB, 1, 1_000);
    ClockSettings usual = ClockSettings.STANDARD;
    rig.clock(
        new ClockSettings(
            usual.interval(),
            usual.passTime(),
            usual.overlap(),
            usual.sweepEvery(),
            usual.lostAfter(),
            usual.mark(),
            usual.page(),
            usual.mostPerPass(),
            usual.mostRemembered(),
            70,
            usual.keep()));
    rig.pass(1.2);
    assertThat(rig.pop(WEB)).containsAll(rows);
    assertThat(rig.rows.longestAnswer).isLessThanOrEqualTo(70);
  }

  @Test
  void aPollSecondAboveTheMarkIsSkippedAndCounted() {
    polling(Kind.TASK, WEB, 1, 10);
    rig.clock(ClockSettings.STANDARD.withMark(15));
    rig.pass(10);
    assertThat(rig.depth(WEB)).isLessThanOrEqualTo(40);
    double skipped = rig.count("toygun_polls_skipped_total");
    assertThat(skipped).isBetween(5.0, 9.0);
    rig.pop(WEB);
    rig.pass(1.2);
    assertThat(rig.pop(WEB)).isNotEmpty();
    assertThat(rig.count("toygun_polls_skipped_total")).isEqualTo(skipped);
  }

  @Test
  void theMarkIsNeverBelowTwoSecondsOfPolls() {
    polling(Kind.TASK, WEB, 1, 2_000);
    rig.clock(ClockSettings.STANDARD.withMark(1));
    rig.pass(3.2);
    rig.pop(WEB);
    double skipped = rig.count("toygun_polls_skipped_total");
    for (int i = 0; i < 10; i++) {
      rig.pass(1);
      assertThat(rig.tickets(WEB, 250)).as("a worker that is a little behind").hasSize(250);
    }
    assertThat(rig.count("toygun_polls_skipped_total")).isEqualTo(skipped);
  }

  @Test
  void afterTheQueueWasEmptiedTheLastFifteenSecondsArePolledAgain() {
    List<SubjectKey> rows = polling(Kind.TASK, WEB, 10, 100);
    rig.clock(ClockSettings.STANDARD);
    rig.pass(20);
    rig.queue.forgetEverything();
    rig.pass(1.2);
    assertThat(rig.pop(WEB)).containsAll(rows);
  }

  @Test
  void oneBadPeriodStopsNoOther() {
    polling(Kind.TASK, WEB, 1, 5);
    List<SubjectKey> good = polling(Kind.TASK, OTHER, 1, 5);
    rig.rows.broken.add(WEB);
    rig.clock(ClockSettings.STANDARD);
    rig.pass(3);
    assertThat(rig.pop(OTHER)).containsAll(good);
    assertThat(rig.pop(WEB)).isEmpty();
    assertThat(rig.count("toygun_clock_errors_total")).isPositive();
    assertThat(rig.rows.upto("polls")).isAfter(rig.time.now().minusSeconds(3));
  }

  @Test
  void twoClocksPollNothingTwice() {
    List<SubjectKey> rows = polling(Kind.TASK, WEB, 1, 20);
    rig.clock(ClockSettings.STANDARD);
    rig.clock(ClockSettings.STANDARD);
    rig.pass(10.2);
    List<SubjectKey> polls = rig.pop(WEB);
    for (SubjectKey key : rows) {
      assertThat(polls.stream().filter(key::equals)).hasSizeBetween(9, 10);
    }
  }

  private List<SubjectKey> polling(Kind kind, ListName list, int everyS, int many) {
    List<SubjectKey> keys = new ArrayList<>();
    IntStream.range(0, many)
        .forEach(
            i -> {
              SubjectKey key =
                  kind == Kind.RESOURCE
                      ? rig.resource()
                      : new SubjectKey(rig.time.uuid(), rig.time.uuid());
              rig.rows.polls(kind, list, key, everyS);
              keys.add(key);
            });
    return keys;
  }
}
