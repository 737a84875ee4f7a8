package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmCommand;
import dev.toygun.store.ResourceRow;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Alarms that code raises and clears: no worker judges them, so the clock moves them itself. */
public interface RaisedAlarmContract extends AlarmContract {
  /** Lets time pass, and has the clock look: it is open then, and was told so often. */
  private void told(ResourceRow root, Duration time, int times) {
    UUID alarm = alarm(root.key(), "disk").key().uuid();
    rest(root.key());
    afterwards(root, time);
    assertThat(alarm(root.key(), "disk").state()).isEqualTo(Alarm.State.OPEN);
    assertThat(history().told(alarm)).hasSize(times).containsOnly("open error");
  }

  @Test
  default void whatIsSnoozedOrAcknowledgedUntilATimeIsOpenAgainThen() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    raise(root.key(), "disk", raised(Duration.ZERO));
    UUID alarm = alarm(root.key(), "disk").key().uuid();
    say(alarm, new AlarmCommand.Snooze(now().plusSeconds(60)));
    told(root, Duration.ofSeconds(61), 2);
    say(alarm, new AlarmCommand.Acknowledge(now().plusSeconds(60)));
    told(root, Duration.ofSeconds(61), 3);
  }

  @Test
  default void whatIsRaisedOnceIsOpenOnceThatIsLongEnoughAgo() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    raise(root.key(), "disk", raised(Duration.ofMinutes(5)));
    assertThat(alarm(root.key(), "disk").state()).isEqualTo(Alarm.State.PENDING);
    told(root, Duration.ofSeconds(301), 1);
    assertThat(machine(root.key()).dueAt()).as("its repair may be due").isNotNull();
  }

  @Test
  default void whatIsFoldedIsOpenOnceTheOneAboveIsOver() {
    history().listen();
    ResourceRow host = root();
    settle(host);
    ResourceRow child = childOf(host, "child");
    raise(host.key(), "disk", raised(Duration.ZERO));
    raise(child.key(), "disk", raised(Duration.ZERO));
    afterwards(child, Duration.ofSeconds(11));
    assertThat(alarm(child.key(), "disk").state()).isEqualTo(Alarm.State.FOLDED);
    clear(host.key(), "disk");
    told(child, Duration.ofSeconds(31), 1);
  }

  /** It says something of the resource, and not that it stands still. */
  @Test
  default void oneOfWhatStandsStillCanBeClosed() {
    ResourceRow root = root();
    settle(root);
    raise(root.key(), "disk", raised(Duration.ZERO));
    done(root.key(), d -> d.panic(error(root.key(), "Broken"), BuiltIn.PANIC));
    UUID alarm = alarm(root.key(), "disk").key().uuid();
    assertThat(say(alarm, new AlarmCommand.Close()).state()).isEqualTo(Alarm.State.CLOSED);
    assertThat(history().openAlarms(root.key())).containsExactly("panic");
  }
}
