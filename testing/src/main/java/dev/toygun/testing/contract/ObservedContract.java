package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Availability;
import dev.toygun.AvailabilityRule;
import dev.toygun.End;
import dev.toygun.store.Committed;
import dev.toygun.store.Observed;
import dev.toygun.store.OwnerWrite;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of whether a resource answers, and by whom. */
public interface ObservedContract extends StoreFixture {
  /** Uncertain after 2, offline after 3. */
  AvailabilityRule RULE = AvailabilityRule.DEFAULT.uncertainAfter(2).offlineAfter(3);

  /** What comes of a look. */
  default OwnerWrite looked(boolean up) {
    return looked("monitor", up);
  }

  /** What comes of a look of this task. */
  default OwnerWrite looked(String by, boolean up) {
    return new OwnerWrite(null, null, new OwnerWrite.Observation(by, up, now(), null, RULE));
  }

  /** Somebody took it down, until then at most. */
  default OwnerWrite planned(Duration atMost) {
    Instant now = now();
    return new OwnerWrite(
        null, null, new OwnerWrite.Observation("monitor", false, now, now.plus(atMost), RULE));
  }

  @Test
  default void whatIsDownOnPurposeMissesNothingUntilItIsUpOrItsTimeIsOver() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "monitor", false);
    rest(root.key());
    observe(task, looked(true));
    assertThat(woken(observe(task, planned(Duration.ofHours(1))))).contains(root.key());
    Observed down = resource(root.uuid()).observed();
    assertThat(down.availability()).isEqualTo(Availability.KNOWN_OFFLINE);
    assertThat(down.plannedUntil()).isNotNull();
    long version = machine(root.key()).version();
    for (int i = 0; i < 5; i++) {
      observe(task, looked(false));
    }
    assertThat(machine(root.key()).version()).isEqualTo(version);
    observe(task, looked(true));
    assertThat(resource(root.uuid()).observed())
        .isEqualTo(new Observed(Availability.ONLINE, 0, null, List.of("monitor")));

    observe(task, planned(Duration.ofNanos(1_000)));
    for (int i = 0; i < 3; i++) {
      observe(task, looked(false));
    }
    assertThat(resource(root.uuid()).availability()).isEqualTo(Availability.OFFLINE);
    assertThat(history().availability(root.uuid()))
        .containsExactly(
            "online", "known_offline", "online", "known_offline", "uncertain", "offline");
  }

  @Test
  default void observationsAreJudgedByTheMissesThatAreThere() {
    ResourceRow parent = root();
    var made = child(parent.machine().list(), "child");
    done(parent.key(), d -> d.create(made));
    ResourceRow child = resource(made.uuid());
    settle(child);
    settle(parent);
    SubjectKey task = running(child, "monitor", false);
    rest(child.key());
    rest(parent.key());
    OwnerWrite bad = looked(false);
    OwnerWrite good = looked(true);

    assertThat(woken(observe(task, bad))).isEmpty();
    assertThat(resource(child.uuid()).observed().misses()).isOne();
    assertThat(resource(child.uuid()).availability()).isEqualTo(Availability.UNKNOWN);
    assertThat(woken(observe(task, bad))).containsExactlyInAnyOrder(child.key(), parent.key());
    assertThat(resource(child.uuid()).availability()).isEqualTo(Availability.UNCERTAIN);
    observe(task, bad);
    assertThat(resource(child.uuid()).availability()).isEqualTo(Availability.OFFLINE);
    long version = machine(child.key()).version();
    observe(task, bad);
    assertThat(machine(child.key()).version()).isEqualTo(version);
    observe(task, good);
    assertThat(resource(child.uuid()).observed().misses()).isZero();
    assertThat(resource(child.uuid()).availability()).isEqualTo(Availability.ONLINE);
    assertThat(machine(child.key()).version()).isEqualTo(version + 1);
  }

  private Committed.Done observe(SubjectKey task, OwnerWrite look) {
    return done(Outcomes.of(outcome(task, d -> d.attrs("{}", List.of())), look));
  }

  @Test
  default void whoHasLookedIsKeptAndWritesNothingAgain() {
    ResourceRow root = root();
    settle(root);
    SubjectKey monitor = running(root, "monitor", false);
    SubjectKey deep = running(root, "deep", false);
    rest(root.key());
    observe(monitor, looked("monitor", true));
    long version = machine(root.key()).version();
    assertThat(woken(observe(deep, looked("deep", true)))).as("it is online still").isEmpty();
    assertThat(resource(root.uuid()).observed().observers()).containsExactly("deep", "monitor");
    assertThat(machine(root.key()).version()).isEqualTo(version + 1);
    observe(monitor, looked("monitor", true));
    observe(deep, looked("deep", true));
    assertThat(machine(root.key()).version()).isEqualTo(version + 1);

    done(root.key(), d -> d.enter("second", null, false));
    rest(root.key());
    done(deep, d -> d.ends(End.FINISHED, false));
    assertThat(resource(root.uuid()).observed().observers()).containsExactly("deep", "monitor");
  }

  @Test
  default void whatNobodyObservesAnyMoreIsUnknownAndForgottenWhoDid() {
    ResourceRow parent = root();
    var made = child(parent.machine().list(), "child");
    done(parent.key(), d -> d.create(made));
    ResourceRow child = resource(made.uuid());
    settle(child);
    settle(parent);
    SubjectKey monitor = running(child, "monitor", false);
    SubjectKey waiter = running(child, "waiter", true);
    rest(child.key());
    observe(monitor, looked(false));
    observe(monitor, looked(false));
    rest(child.key());
    rest(waiter);
    rest(parent.key());

    Committed.Done done = done(child.key(), d -> d.observed(Observed.NOTHING));
    assertThat(woken(done)).containsExactlyInAnyOrder(parent.key(), waiter);
    assertThat(resource(child.uuid()).observed()).isEqualTo(Observed.NOTHING);
    assertThat(history().availability(child.uuid())).containsExactly("uncertain", "unknown");
    observe(monitor, looked(true));
    assertThat(resource(child.uuid()).observed())
        .isEqualTo(new Observed(Availability.ONLINE, 0, null, List.of("monitor")));
  }

  @Test
  default void whatAResourceSaysOfItselfHasNoObserver() {
    ResourceRow root = root();
    settle(root);
    OwnerWrite.Observation itself = new OwnerWrite.Observation(null, true, now(), null, RULE);
    done(root.key(), d -> d.observed(itself.after(Observed.NOTHING)));
    assertThat(resource(root.uuid()).observed())
        .isEqualTo(new Observed(Availability.ONLINE, 0, null, List.of()));
  }
}
