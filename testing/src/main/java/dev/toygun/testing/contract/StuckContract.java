package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.AlarmType;
import dev.toygun.store.Alarm;
import dev.toygun.store.Due.Stuck;
import dev.toygun.store.Hold;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A machine that does not go on has an alarm of its own, until it does. */
public interface StuckContract extends AlarmContract {
  /** Says that a machine does not go on since it had this version. */
  default int stuck(SubjectKey machine, long version) {
    return get(store().stuck(List.of(new Stuck(machine, version, uuid(), "is due")), tick()));
  }

  private int stuck(SubjectKey machine) {
    return stuck(machine, machine(machine).version());
  }

  @Test
  default void whatIsStuckIsToldOnceAndWhatGoesOnCloses() {
    history().listen();
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "copy", false);
    assertThat(stuck(task)).isOne();
    Alarm open = alarm(root.key(), AlarmType.STUCK);
    assertThat(open.state()).isEqualTo(Alarm.State.OPEN);
    assertThat(open.subject()).isEqualTo(task.uuid());
    assertThat(open.task()).isEqualTo("copy");
    assertThat(open.standsAt()).isEqualTo(machine(task).version());
    assertThat(stuck(task)).as("still there").isOne();
    afterwards(root, Duration.ofSeconds(1));
    assertThat(history().openAlarms(task)).containsExactly(AlarmType.STUCK);
    assertThat(history().told(open.key().uuid())).containsExactly("open error");

    done(task, d -> d.enter("second", null, false));
    afterwards(root, Duration.ofSeconds(1));
    assertThat(history().openAlarms(task)).isEmpty();
    assertThat(history().told(open.key().uuid())).containsExactly("open error", "resolve error");
  }

  @Test
  default void whatWasWrittenSinceItWasSeenIsNotStuck() {
    ResourceRow root = root();
    settle(root);
    assertThat(stuck(root.key(), machine(root.key()).version() - 1)).isZero();
    assertThat(history().openAlarms(root.key())).isEmpty();
  }

  @Test
  default void whatIsHeldOrHasEndedIsNotStuckAnyMore() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "copy", false);
    stuck(task);
    stuck(root.key());
    done(task, d -> d.ends(dev.toygun.End.FINISHED, false));
    afterwards(root, Duration.ofSeconds(1));
    assertThat(history().openAlarms(task)).isEmpty();
    stuck(root.key());
    assertThat(history().openAlarms(root.key())).containsExactly(AlarmType.STUCK);
    get(
        store()
            .hold(
                new Hold.Request(
                    uuid(), Hold.Scope.SUBTREE, root.uuid(), null, "it is looked into", null),
                operator()));
    afterwards(root, Duration.ofSeconds(1));
    assertThat(history().openAlarms(root.key())).isEmpty();
  }
}
