package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.Severity;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmCommand;
import dev.toygun.store.AlarmWrite;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Work.Sees;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of alarms: raised, quieted by people, folded, escalated, closed. */
public interface AlarmContract extends StoreFixture {
  Sees ALARMS = new Sees(false, false, true, true, true);

  /** How an alarm that a worker judges behaves. */
  default AlarmWrite.Rules rules(Severity severity, Duration forAtLeast, @Nullable Duration rises) {
    return new AlarmWrite.Rules(severity, true, false, forAtLeast, rises, "https://wiki/down");
  }

  /** How an alarm behaves that code raises and clears. */
  default AlarmWrite.Rules raised(Duration forAtLeast) {
    return new AlarmWrite.Rules(Severity.ERROR, false, false, forAtLeast, null, null);
  }

  /** Says that an alarm is true. */
  default void raise(SubjectKey resource, String name, AlarmWrite.Rules rules) {
    done(resource, d -> d.alarm(AlarmWrite.raise(resource, name, uuid(), "it is down", rules)));
  }

  default void clear(SubjectKey resource, String name) {
    done(resource, d -> d.alarm(AlarmWrite.clear(resource, name)));
  }

  /** The newest alarm of this name. */
  default Alarm alarm(SubjectKey resource, String name) {
    return family(resource.resource(), ALARMS).alarms().stream()
        .filter(a -> a.name().equals(name))
        .max(java.util.Comparator.comparing(Alarm::createdAt))
        .orElseThrow();
  }

  default Alarm say(UUID alarm, AlarmCommand command) {
    return get(store().alarm(alarm, OptionalLong.empty(), command, "", operator()));
  }

  /** Lets time pass for the alarms of a resource, and has the clock look. */
  default void afterwards(ResourceRow resource, Duration time) {
    history().later(resource.uuid(), time);
    get(store().moveAlarms(tick(), 1_000));
  }

  /** A child of this resource, settled. */
  default ResourceRow childOf(ResourceRow parent, String label) {
    var made = child(parent.machine().list(), label);
    done(parent.key(), d -> d.create(made));
    ResourceRow child = resource(made.uuid());
    settle(child);
    rest(parent.key());
    return child;
  }

  @Test
  default void anAlarmOpensOnceAndClosesWithAResolve() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    AlarmWrite.Rules rules = rules(Severity.ERROR, Duration.ZERO, null);
    raise(root.key(), "down", rules);
    Alarm open = alarm(root.key(), "down");
    assertThat(open.state()).isEqualTo(Alarm.State.OPEN);
    assertThat(open.runbook()).isEqualTo("https://wiki/down");
    raise(root.key(), "down", rules);
    assertThat(alarm(root.key(), "down")).isEqualTo(open);
    assertThat(history().told(open.key().uuid())).containsExactly("open error");
    clear(root.key(), "down");
    Alarm closed = alarm(root.key(), "down");
    assertThat(closed.state()).isEqualTo(Alarm.State.CLOSED);
    assertThat(closed.endedAt()).isNotNull();
    assertThat(history().told(open.key().uuid())).containsExactly("open error", "resolve error");
    assertThat(history().alarmPath(open.key())).containsExactly("open", "closed");
    raise(root.key(), "down", rules);
    assertThat(alarm(root.key(), "down").key()).isNotEqualTo(open.key());
  }

  @Test
  default void anAlarmWaitsUntilItHasBeenTrueForLongEnough() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    AlarmWrite.Rules rules = rules(Severity.ERROR, Duration.ofMinutes(1), null);
    raise(root.key(), "down", rules);
    Alarm pending = alarm(root.key(), "down");
    assertThat(pending.state()).isEqualTo(Alarm.State.PENDING);
    raise(root.key(), "down", rules);
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.PENDING);
    rest(root.key());
    afterwards(root, Duration.ofSeconds(61));
    assertThat(machine(root.key()).dueAt()).as("it is woken to be judged").isNotNull();
    raise(root.key(), "down", rules);
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.OPEN);
    assertThat(history().told(pending.key().uuid())).containsExactly("open error");
  }

  @Test
  default void whatIsTooShortIsToldToNobody() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    raise(root.key(), "down", rules(Severity.ERROR, Duration.ofMinutes(1), null));
    Alarm pending = alarm(root.key(), "down");
    clear(root.key(), "down");
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.CLOSED);
    assertThat(history().told(pending.key().uuid())).isEmpty();
  }

  @Test
  default void nobodyAcknowledgesAndItBecomesMoreSevere() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    raise(root.key(), "down", rules(Severity.WARNING, Duration.ZERO, Duration.ofMinutes(10)));
    UUID alarm = alarm(root.key(), "down").key().uuid();
    afterwards(root, Duration.ofMinutes(11));
    afterwards(root, Duration.ofMinutes(11));
    afterwards(root, Duration.ofMinutes(11));
    assertThat(alarm(root.key(), "down").severity()).isEqualTo(Severity.CRITICAL);
    assertThat(history().told(alarm))
        .containsExactly("open warning", "open error", "open critical");
  }

  @Test
  default void whoAcknowledgesIsNotToldAgain() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    raise(root.key(), "down", rules(Severity.WARNING, Duration.ZERO, Duration.ofMinutes(10)));
    UUID alarm = alarm(root.key(), "down").key().uuid();
    Alarm taken = say(alarm, new AlarmCommand.Acknowledge(null));
    assertThat(taken.acknowledged()).isEqualTo("key:ops");
    afterwards(root, Duration.ofHours(1));
    assertThat(history().told(alarm)).containsExactly("open warning");
    say(alarm, new AlarmCommand.Acknowledge(now().plusSeconds(60)));
    rest(root.key());
    afterwards(root, Duration.ofSeconds(61));
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.ACKNOWLEDGED);
    assertThat(machine(root.key()).dueAt()).as("it is woken to be judged").isNotNull();
    raise(root.key(), "down", rules(Severity.WARNING, Duration.ZERO, Duration.ofMinutes(10)));
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.OPEN);
    assertThat(history().told(alarm)).containsExactly("open warning", "open warning");
  }

  @Test
  default void aSnoozeIsQuietUntilItsTimeAndAnIgnoreUntilItClears() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    AlarmWrite.Rules rules = rules(Severity.ERROR, Duration.ZERO, null);
    raise(root.key(), "down", rules);
    UUID alarm = alarm(root.key(), "down").key().uuid();
    say(alarm, new AlarmCommand.Snooze(now().plusSeconds(60)));
    raise(root.key(), "down", rules);
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.SNOOZED);
    afterwards(root, Duration.ofSeconds(61));
    raise(root.key(), "down", rules);
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.OPEN);
    say(alarm, new AlarmCommand.Ignore());
    raise(root.key(), "down", rules);
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.IGNORED);
    say(alarm, new AlarmCommand.Unignore());
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.OPEN);
    say(alarm, new AlarmCommand.Ignore());
    clear(root.key(), "down");
    raise(root.key(), "down", rules);
    assertThat(alarm(root.key(), "down").key().uuid()).isNotEqualTo(alarm);
  }

  @Test
  default void commandsThatCannotBeAreRefusedAndChangeNothing() {
    ResourceRow root = root();
    settle(root);
    raise(root.key(), "down", rules(Severity.ERROR, Duration.ZERO, null));
    Alarm open = alarm(root.key(), "down");
    UUID uuid = open.key().uuid();
    Instant past = now().minusSeconds(1);
    assertRefused(uuid, new AlarmCommand.Snooze(past), Refusal.Code.INVALID);
    assertRefused(uuid, new AlarmCommand.Acknowledge(past), Refusal.Code.INVALID);
    assertRefused(uuid, new AlarmCommand.Unignore(), Refusal.Code.WRONG_STATE);
    assertRefused(uuid(), new AlarmCommand.Close(), Refusal.Code.NOT_FOUND);
    assertThatThrownBy(
            () ->
                get(
                    store()
                        .alarm(
                            uuid,
                            OptionalLong.of(open.version() + 1),
                            new AlarmCommand.Close(),
                            "",
                            operator())))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(Refusal.Code.STALE));
    assertThat(alarm(root.key(), "down")).isEqualTo(open);
    say(uuid, new AlarmCommand.Close());
    assertRefused(uuid, new AlarmCommand.Acknowledge(null), Refusal.Code.WRONG_STATE);
  }

  private void assertRefused(UUID alarm, AlarmCommand command, Refusal.Code code) {
    assertThatThrownBy(() -> say(alarm, command))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
  }

  @Test
  default void thePanicsAlarmOfWhatStandsStillIsIgnoredAndNotClosed() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    done(task, d -> d.panic(error(task, "Broken"), BuiltIn.PANIC));
    Alarm panic = alarm(root.key(), "panic");
    assertThat(panic.state()).isEqualTo(Alarm.State.OPEN);
    assertThat(panic.task()).isEqualTo("task");
    assertThat(history().told(panic.key().uuid())).containsExactly("open error");
    assertRefused(panic.key().uuid(), new AlarmCommand.Close(), Refusal.Code.WRONG_STATE);
    say(panic.key().uuid(), new AlarmCommand.Ignore());
    done(task, d -> d.retry());
    assertThat(alarm(root.key(), "panic").state()).isEqualTo(Alarm.State.CLOSED);
  }

  @Test
  default void aTaskThatIsTooSlowIsOneTroubleUntilARunIsQuickEnough() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    for (int i = 0; i < 2; i++) {
      SubjectKey run = running(root, "slow", false);
      ErrorRow error = error(run, "Timeout");
      done(
          run,
          d -> {
            d.failed(error);
            d.transit(BuiltIn.TIMEOUT, error.uuid());
            d.alarm(AlarmWrite.timedOut("slow", error));
            d.ends(End.TIMED_OUT, false);
          });
    }
    assertThat(family(root.uuid(), ALARMS).alarms()).hasSize(1);
    Alarm alarm = alarm(root.key(), "timeout");
    assertThat(alarm.state()).isEqualTo(Alarm.State.OPEN);
    assertThat(history().told(alarm.key().uuid())).containsExactly("open warning");
    ended(root, "slow", End.FINISHED);
    afterwards(root, Duration.ofSeconds(1));
    assertThat(alarm(root.key(), "timeout").state()).isEqualTo(Alarm.State.CLOSED);
  }

  @Test
  default void aResourceThatEndsHasNoAlarmAnyMore() {
    ResourceRow root = root();
    settle(root);
    raise(root.key(), "down", rules(Severity.ERROR, Duration.ZERO, null));
    done(root.key(), d -> d.over());
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.CLOSED);
  }
}
