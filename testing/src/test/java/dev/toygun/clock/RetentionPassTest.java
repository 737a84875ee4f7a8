package dev.toygun.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A clock removes what is old, a page at a time, and rests. */
class RetentionPassTest {
  private static final double ROUND = RetentionPass.REST.plus(RetentionPass.LOOK).toSeconds() + 30;
  private static final double FRESH = RetentionPass.FRESH.toSeconds();

  private final ClockRig rig = new ClockRig();

  private List<UUID> old(int many) {
    List<UUID> old = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      old.add(rig.time.uuid());
    }
    rig.rows.old.addAll(old);
    return old;
  }

  private Instant round() {
    return rig.rows.upto("retention");
  }

  @Test
  void whatIsOldIsRemovedByPagesAndCounted() {
    old(2_345);
    rig.clock(ClockSettings.STANDARD);
    rig.pass(10);
    assertThat(rig.rows.old).as("a clock that begins rests first").hasSize(2_345);
    Instant before = round();
    rig.pass(ROUND);
    assertThat(rig.rows.old).isEmpty();
    assertThat(rig.rows.longestAnswer).isEqualTo(RetentionPass.PAGE);
    assertThat(rig.count("toygun_removed_total")).isEqualTo(2_345);
    assertThat(round()).isAfter(before);
  }

  @Test
  void whatCannotBeRemovedIsLeftOutAloneAndTheRoundDoesNotCount() {
    List<UUID> old = old(1_200);
    rig.rows.stuck.addAll(Set.of(old.get(3), old.get(700)));
    rig.clock(ClockSettings.STANDARD);
    rig.pass(10);
    Instant before = round();
    rig.pass(ROUND);
    assertThat(rig.rows.old).containsExactlyInAnyOrder(old.get(3), old.get(700));
    assertThat(round()).isEqualTo(before);
    assertThat(rig.count("toygun_clock_errors_total")).isPositive();
    assertThat(rig.metrics.get("toygun_retention_age_seconds").gauge().value())
        .isGreaterThan((double) RetentionPass.REST.toSeconds());
    rig.rows.stuck.clear();
    rig.pass(ROUND);
    assertThat(rig.rows.old).isEmpty();
    assertThat(round()).isAfter(before);
  }

  @Test
  void ofTwoClocksOneDoesItAndTheOtherTakesOver() {
    Clock first = rig.clock(ClockSettings.STANDARD);
    rig.pass(1);
    rig.clock(ClockSettings.STANDARD);
    old(100);
    rig.pass(ROUND);
    assertThat(rig.count("toygun_removed_total")).isEqualTo(100);
    first.stop();
    old(50);
    rig.pass(ROUND);
    assertThat(rig.count("toygun_removed_total")).isEqualTo(150);
  }

  @Test
  void whatATypeSaysWhileARoundLastsCountsInIt() {
    old(20_000);
    rig.rows.removing = Duration.ofSeconds(1);
    rig.clock(ClockSettings.STANDARD);
    rig.pass(ROUND);
    assertThat(rig.rows.old).as("it is in the middle").hasSizeBetween(15_000, 19_999);
    rig.rows.kept = Duration.ofDays(300);
    rig.pass(FRESH + 10);
    int left = rig.rows.old.size();
    assertThat(left).isPositive();
    rig.pass(FRESH);
    assertThat(rig.rows.old).hasSize(left);
  }

  @Test
  void withForeverNothingIsRemoved() {
    old(10);
    Retention.Settings forever =
        new Retention.Settings(Retention.Mode.FOREVER, Duration.ofDays(1), Duration.ofDays(1));
    rig.clock(ClockSettings.STANDARD.withKeep(forever));
    rig.pass(10);
    Instant before = round();
    rig.pass(ROUND);
    assertThat(rig.rows.old).hasSize(10);
    assertThat(round()).as("nobody is told that it stands still").isAfter(before);
  }
}
