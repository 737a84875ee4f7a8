package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Severity;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmCommand;
import dev.toygun.store.AlarmWrite;
import dev.toygun.store.ResourceRow;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Alarms that open and close again and again: each has to stay clear for a while. */
public interface AlarmFlapContract extends AlarmContract {
  /** A resource at rest, whose alarm is open and no longer true: it has flapped. */
  private ResourceRow flapped(AlarmWrite.Rules rules) {
    ResourceRow root = root();
    settle(root);
    for (int i = 0; i < 3; i++) {
      raise(root.key(), "down", rules);
      clear(root.key(), "down");
    }
    rest(root.key());
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.OPEN);
    return root;
  }

  @Test
  default void oneThatFlapsHasToStayClear() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    AlarmWrite.Rules rules = rules(Severity.ERROR, Duration.ZERO, null);
    for (int i = 0; i < 2; i++) {
      raise(root.key(), "down", rules);
      clear(root.key(), "down");
    }
    raise(root.key(), "down", rules);
    Alarm third = alarm(root.key(), "down");
    clear(root.key(), "down");
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.OPEN);
    raise(root.key(), "down", rules);
    assertThat(alarm(root.key(), "down").clearAt()).isNull();
    clear(root.key(), "down");
    rest(root.key());
    afterwards(root, Duration.ofSeconds(31));
    assertThat(machine(root.key()).dueAt()).isNotNull();
    clear(root.key(), "down");
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.CLOSED);
    assertThat(history().told(third.key().uuid())).containsExactly("open error", "resolve error");
  }

  /** Nobody waits any longer for it to stay clear, and nothing else would have it judged. */
  @Test
  default void oneThatHasFlappedIsJudgedAtOnceWhenAPersonQuietsIt() {
    AlarmCommand[] commands = {
      new AlarmCommand.Acknowledge(null),
      new AlarmCommand.Acknowledge(now().plusSeconds(7200)),
      new AlarmCommand.Snooze(now().plusSeconds(7200)),
      new AlarmCommand.Ignore()
    };
    for (AlarmCommand command : commands) {
      ResourceRow root = flapped(rules(Severity.ERROR, Duration.ZERO, null));
      Alarm quiet = say(alarm(root.key(), "down").key().uuid(), command);
      assertThat(quiet.active()).as("%s", command).isTrue();
      assertThat(quiet.clearAt()).as("%s", command).isNull();
      assertThat(machine(root.key()).dueAt()).as("%s", command).isNotNull();
      clear(root.key(), "down");
      assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.CLOSED);
    }
  }

  @Test
  default void oneThatHasFlappedAndIsTrueAfterAllStaysAsAPersonWantsIt() {
    AlarmWrite.Rules rules = rules(Severity.ERROR, Duration.ZERO, null);
    ResourceRow root = flapped(rules);
    say(alarm(root.key(), "down").key().uuid(), new AlarmCommand.Ignore());
    raise(root.key(), "down", rules);
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.IGNORED);
  }

  @Test
  default void oneOfCodeThatHasFlappedClosesOnceItHasStayedClear() {
    history().listen();
    AlarmWrite.Rules rules = raised(Duration.ZERO);
    ResourceRow root = flapped(rules);
    UUID alarm = alarm(root.key(), "down").key().uuid();
    raise(root.key(), "down", rules);
    afterwards(root, Duration.ofSeconds(31));
    assertThat(alarm(root.key(), "down").state()).as("true again").isEqualTo(Alarm.State.OPEN);
    clear(root.key(), "down");
    rest(root.key());
    afterwards(root, Duration.ofSeconds(31));
    assertThat(alarm(root.key(), "down").state()).isEqualTo(Alarm.State.CLOSED);
    assertThat(machine(root.key()).dueAt()).as("there is nothing to judge").isNull();
    assertThat(history().told(alarm)).containsExactly("open error", "resolve error");
  }

  @Test
  default void oneOfCodeThatHasFlappedIsOverWhenAPersonQuietsIt() {
    ResourceRow root = flapped(raised(Duration.ZERO));
    Alarm alarm = alarm(root.key(), "down");
    assertThat(say(alarm.key().uuid(), new AlarmCommand.Ignore()).state())
        .isEqualTo(Alarm.State.CLOSED);
    assertThat(history().alarmPath(alarm.key())).containsExactly("open", "ignored", "closed");
  }
}
