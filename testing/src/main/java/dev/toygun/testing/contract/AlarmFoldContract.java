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

/** What fails with its host is told of once, whichever of them is seen first. */
public interface AlarmFoldContract extends AlarmContract {
  @Test
  default void anAlarmFoldsUnderAnAncestorsAndIsFreeWhenThatCloses() {
    history().listen();
    ResourceRow host = root();
    settle(host);
    ResourceRow child = childOf(host, "child");
    ResourceRow grandchild = childOf(child, "grandchild");
    AlarmWrite.Rules rules = rules(Severity.ERROR, Duration.ZERO, null);
    raise(host.key(), "down", rules);
    raise(child.key(), "down", rules);
    raise(grandchild.key(), "down", rules);
    raise(grandchild.key(), "burning", rules(Severity.CRITICAL, Duration.ZERO, null));
    afterwards(grandchild, Duration.ofSeconds(11));
    Alarm top = alarm(host.key(), "down");
    Alarm folded = alarm(grandchild.key(), "down");
    assertThat(folded.state()).isEqualTo(Alarm.State.FOLDED);
    assertThat(folded.under()).isEqualTo(top.key().uuid());
    assertThat(alarm(child.key(), "down").under()).isEqualTo(top.key().uuid());
    assertThat(alarm(grandchild.key(), "burning").state())
        .as("what is worse is told of")
        .isEqualTo(Alarm.State.OPEN);
    assertThat(history().told(folded.key().uuid())).isEmpty();

    clear(host.key(), "down");
    Alarm free = alarm(grandchild.key(), "down");
    assertThat(free.state()).isEqualTo(Alarm.State.FOLDED);
    assertThat(free.under()).isNull();
    rest(grandchild.key());
    afterwards(grandchild, Duration.ofSeconds(31));
    assertThat(machine(grandchild.key()).dueAt()).as("it is judged again").isNotNull();
    raise(grandchild.key(), "down", rules);
    assertThat(alarm(grandchild.key(), "down").state()).isEqualTo(Alarm.State.OPEN);
    assertThat(history().told(folded.key().uuid())).containsExactly("open error");
    clear(child.key(), "down");
    assertThat(alarm(child.key(), "down").state()).isEqualTo(Alarm.State.CLOSED);
  }

  @Test
  default void whatIsIgnoredHidesNothingThatOpensBelowLater() {
    history().listen();
    ResourceRow host = root();
    settle(host);
    ResourceRow before = childOf(host, "before");
    ResourceRow after = childOf(host, "after");
    AlarmWrite.Rules rules = rules(Severity.ERROR, Duration.ZERO, null);
    raise(host.key(), "down", rules);
    raise(before.key(), "down", rules);
    afterwards(before, Duration.ofSeconds(11));
    say(alarm(host.key(), "down").key().uuid(), new AlarmCommand.Ignore());
    assertThat(alarm(before.key(), "down").state()).isEqualTo(Alarm.State.FOLDED);
    raise(after.key(), "down", rules);
    afterwards(after, Duration.ofSeconds(11));
    assertThat(alarm(after.key(), "down").state()).isEqualTo(Alarm.State.OPEN);
  }

  @Test
  default void inOneGroupTheOneFurtherUpComesFirst() {
    ResourceRow host = root();
    settle(host);
    ResourceRow child = childOf(host, "child");
    AlarmWrite.Rules rules = rules(Severity.ERROR, Duration.ZERO, null);
    var below =
        outcome(
            child.key(),
            d -> d.alarm(AlarmWrite.raise(child.key(), "down", uuid(), "down", rules)));
    var above =
        outcome(
            host.key(), d -> d.alarm(AlarmWrite.raise(host.key(), "down", uuid(), "down", rules)));
    commit(below, above);
    afterwards(child, Duration.ofSeconds(11));
    assertThat(alarm(child.key(), "down").under())
        .isEqualTo(alarm(host.key(), "down").key().uuid());
  }

  @Test
  default void whatOpensAMomentBeforeTheOneFurtherUpIsToldWithIt() {
    history().listen();
    ResourceRow host = root();
    settle(host);
    ResourceRow child = childOf(host, "child");
    AlarmWrite.Rules rules = rules(Severity.ERROR, Duration.ZERO, null);
    raise(child.key(), "down", rules);
    Alarm first = alarm(child.key(), "down");
    assertThat(first.state()).isEqualTo(Alarm.State.PENDING);
    raise(child.key(), "down", rules);
    assertThat(alarm(child.key(), "down").state()).isEqualTo(Alarm.State.PENDING);
    raise(host.key(), "down", rules);
    afterwards(child, Duration.ofSeconds(11));
    assertThat(alarm(child.key(), "down").state()).isEqualTo(Alarm.State.FOLDED);
    assertThat(history().told(first.key().uuid())).isEmpty();
    assertThat(history().told(alarm(host.key(), "down").key().uuid()))
        .containsExactly("open error");
  }

  @Test
  default void whatIsBelowWaitsForTheOneFurtherUpThatHasToBeTrueForAWhile() {
    history().listen();
    ResourceRow host = root();
    settle(host);
    ResourceRow child = childOf(host, "child");
    raise(host.key(), "down", rules(Severity.ERROR, Duration.ofMinutes(1), null));
    raise(child.key(), "down", rules(Severity.ERROR, Duration.ZERO, null));
    UUID alarm = alarm(child.key(), "down").key().uuid();
    afterwards(child, Duration.ofSeconds(11));
    assertThat(alarm(child.key(), "down").state()).isEqualTo(Alarm.State.PENDING);
    clear(host.key(), "down");
    afterwards(child, Duration.ofSeconds(11));
    assertThat(alarm(child.key(), "down").state()).isEqualTo(Alarm.State.OPEN);
    assertThat(history().told(alarm)).containsExactly("open error");
  }
}
