package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Severity;
import dev.toygun.store.Alarm;
import dev.toygun.store.Due;
import dev.toygun.store.Hold;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is on hold: left out by the clock, quiet, and no older for it afterwards. */
public interface HoldContract extends AlarmContract {
  default Hold hold(Hold.Scope scope, @Nullable UUID resource, @Nullable String name) {
    Hold.Request request = new Hold.Request(uuid(), scope, resource, name, "maintenance", null);
    return get(store().hold(request, operator()));
  }

  /** Releases a hold, and has the clock move on what it held. */
  default void release(Hold hold) {
    get(store().release(hold.uuid(), operator()));
    while (get(store().settleHolds())) {
      // Another page.
    }
    get(store().holds());
  }

  /** The due tasks of a resource's list. */
  default List<SubjectKey> dueTasks(ResourceRow resource) {
    get(store().holds());
    return get(store().due(Due.Kind.TASK, resource.machine().list(), null, Duration.ZERO, 100))
        .stream()
        .map(Due.DueRow::key)
        .toList();
  }

  @Test
  default void aHeldSubtreeIsNotDueAndItsNeighbourIs() {
    ResourceRow root = root();
    settle(root);
    ResourceRow child = childOf(root, "child");
    SubjectKey below = running(child, "task", false);
    done(below, d -> d.enter("second", null, false));
    ResourceRow neighbour = root(root.machine().list());
    SubjectKey beside = running(neighbour, "task", false);
    done(beside, d -> d.enter("second", null, false));
    Hold hold = hold(Hold.Scope.SUBTREE, root.uuid(), null);
    try {
      assertThat(hold.effectiveAt()).isEqualTo(hold.createdAt().plusSeconds(2));
      assertThat(dueTasks(root)).containsExactly(beside);
    } finally {
      release(hold);
    }
    assertThat(dueTasks(root)).containsExactlyInAnyOrder(below, beside);
  }

  @Test
  default void someAreReleasedTogetherAndThoseThatThereAreAreGiven() {
    ResourceRow root = root();
    Hold one = hold(Hold.Scope.SUBTREE, root.uuid(), null);
    Hold other = hold(Hold.Scope.SUBTREE, root.uuid(), null);
    assertThat(get(store().release(Set.of(one.uuid(), uuid(), other.uuid()), operator())))
        .extracting(Hold::uuid)
        .containsExactlyInAnyOrder(one.uuid(), other.uuid());
    release(one);
    assertThat(get(store().holds())).doesNotContain(one, other);
  }

  @Test
  default void typesTasksQueuesAndAllCanBeHeld() {
    ResourceRow root = root();
    SubjectKey a = running(root, "a", false);
    SubjectKey b = running(root, "b" + root.machine().list().type(), false);
    String nameOfB = task(b).name();
    done(a, d -> d.enter("second", null, false));
    done(b, d -> d.enter("second", null, false));
    Hold type = hold(Hold.Scope.TYPE, null, root.machine().list().type());
    assertThat(dueTasks(root)).isEmpty();
    release(type);
    Hold task = hold(Hold.Scope.TASK, null, nameOfB);
    assertThat(dueTasks(root)).containsExactly(a);
    release(task);
    Hold queue = hold(Hold.Scope.QUEUE, null, "elsewhere");
    assertThat(dueTasks(root)).containsExactlyInAnyOrder(a, b);
    release(queue);
  }

  @Test
  default void aDeadlineMovesByTheTimeThatItWasHeld() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    done(task, d -> d.enter("second", Duration.ofMinutes(5), false));
    rest(task);
    Instant before = java.util.Objects.requireNonNull(machine(task).deadlineAt());
    Hold hold = hold(Hold.Scope.SUBTREE, root.uuid(), null);
    pass(Duration.ofMillis(30));
    release(hold);
    assertThat(machine(task).deadlineAt()).isAfter(before.plusMillis(29));
    assertThat(machine(task).dueAt()).as("it is woken").isNotNull();
  }

  /** Its code has said when it is to be ticked again: not as soon as somebody has held it. */
  @Test
  default void whatPausesGoesOnPausingOnceItIsNoLongerHeld() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    Instant tomorrow = now().plus(Duration.ofDays(1));
    done(task, d -> d.enter("second", Duration.ofDays(30), false));
    done(task, d -> d.dueAt(tomorrow));
    MachineRow before = machine(task);
    Hold hold = hold(Hold.Scope.SUBTREE, root.uuid(), null);
    pass(Duration.ofMillis(5));
    release(hold);
    assertThat(machine(task).dueAt()).isEqualTo(before.dueAt());
    assertThat(machine(task).deadlineAt()).isAfter(before.deadlineAt());
  }

  @Test
  default void ofHoldsThatOverlapADeadlineMovesByTheTimeOfBoth() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    done(task, d -> d.enter("second", Duration.ofDays(30), false));
    Instant before = java.util.Objects.requireNonNull(machine(task).deadlineAt());
    Instant begun = now();
    Hold first = hold(Hold.Scope.SUBTREE, root.uuid(), null);
    Hold second = hold(Hold.Scope.TYPE, null, root.machine().list().type());
    Hold within = hold(Hold.Scope.TASK, null, "task");
    pass(Duration.ofMillis(200));
    release(within);
    release(first);
    pass(Duration.ofMillis(10));
    Instant ending = now();
    release(second);
    Instant after = java.util.Objects.requireNonNull(machine(task).deadlineAt());
    assertThat(Duration.between(before, after))
        .isGreaterThanOrEqualTo(Duration.between(second.createdAt(), ending))
        .isLessThanOrEqualTo(Duration.between(begun, now()));
  }

  /** So much time is over. */
  default void pass(Duration time) {
    Instant begun = now();
    while (now().isBefore(begun.plus(time))) {
      // It is held for a moment.
    }
  }

  @Test
  default void anAlarmOfWhatIsHeldIsQuietAndJudgedAgainAfterwards() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    Hold.Request request =
        new Hold.Request(
            uuid(), Hold.Scope.SUBTREE, root.uuid(), null, "why", now().plusSeconds(600));
    Hold hold = get(store().hold(request, operator()));
    Alarm quiet;
    try {
      raise(root.key(), "down", rules(Severity.ERROR, Duration.ZERO, null));
      quiet = alarm(root.key(), "down");
      assertThat(quiet.state()).isEqualTo(Alarm.State.HELD);
      assertThat(quiet.under()).isEqualTo(hold.uuid());
      assertThat(quiet.dueAt()).as("the end of its hold frees it").isNull();
      assertThat(history().told(quiet.key().uuid())).isEmpty();
    } finally {
      release(hold);
    }
    rest(root.key());
    afterwards(root, Duration.ofSeconds(31));
    assertThat(machine(root.key()).dueAt()).as("it is judged again").isNotNull();
    raise(root.key(), "down", rules(Severity.ERROR, Duration.ZERO, null));
    assertThat(history().told(quiet.key().uuid())).containsExactly("open error");
  }

  @Test
  default void anAlarmThatWasOpenBeforeGrowsNoMoreSevereWhileItIsHeld() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    raise(root.key(), "down", rules(Severity.ERROR, Duration.ZERO, Duration.ofMinutes(1)));
    Hold.Request request =
        new Hold.Request(uuid(), Hold.Scope.SUBTREE, root.uuid(), null, "why", null);
    Hold hold = get(store().hold(request, operator()));
    try {
      afterwards(root, Duration.ofSeconds(61));
      assertThat(alarm(root.key(), "down").severity()).isEqualTo(Severity.ERROR);
    } finally {
      release(hold);
    }
    afterwards(root, Duration.ofSeconds(61));
    assertThat(alarm(root.key(), "down").severity()).isEqualTo(Severity.CRITICAL);
    assertThat(history().told(alarm(root.key(), "down").key().uuid()))
        .containsExactly("open error", "open critical");
  }

  @Test
  default void aHoldThatCannotBeIsRefused() {
    ResourceRow root = root();
    assertThatThrownBy(() -> hold(Hold.Scope.SUBTREE, uuid(), null))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(Refusal.Code.INVALID));
    Hold.Request past =
        new Hold.Request(
            uuid(), Hold.Scope.SUBTREE, root.uuid(), null, "why", now().minusSeconds(1));
    assertThatThrownBy(() -> get(store().hold(past, operator()))).isInstanceOf(Refusal.class);
    assertThatThrownBy(
            () -> new Hold.Request(uuid(), Hold.Scope.SUBTREE, root.uuid(), null, " ", null))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("reason");
    assertThatThrownBy(() -> new Hold.Request(uuid(), Hold.Scope.TYPE, null, null, "why", null))
        .isInstanceOf(Refusal.class);
    assertThat(get(store().release(Set.of(uuid()), operator()))).isEmpty();
    assertThatThrownBy(() -> get(store().release(uuid(), operator())))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(Refusal.Code.NOT_FOUND));
  }
}
