package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.Priority;
import dev.toygun.store.Alarm;
import dev.toygun.store.Committed;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Hold;
import dev.toygun.store.Hop;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TypeDefinition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a panic climbs: who is asked, and what their answer does. */
public interface PanicContract extends HoldContract {
  /** A list whose type handles panics, and whose task {@code careful} handles its own. */
  default ListName handling() {
    ListName list = list();
    TypeDefinition.TaskDefinition careful =
        new TypeDefinition.TaskDefinition(
            "careful", false, false, true, false, false, null, "first", List.of(), List.of(), "",
            null, null, false);
    get(
        store()
            .publish(
                List.of(
                    new TypeDefinition(
                        list.type(),
                        list.version(),
                        "default",
                        Priority.NORMAL,
                        "first",
                        List.of(),
                        List.of(),
                        List.of(careful),
                        List.of(),
                        true,
                        List.of(),
                        "",
                        null)),
                "build-1"));
    return list;
  }

  /** A panic of this machine. */
  default ErrorRow panics(SubjectKey machine) {
    ErrorRow error = error(machine, "Broken");
    done(machine, d -> d.panic(error, BuiltIn.PANIC));
    return error;
  }

  /** The panic that a resource is asked about. */
  default Hop.Asked asked(ResourceRow resource) {
    List<Hop.Asked> panics = family(resource.uuid(), ALARMS).panics();
    assertThat(panics).hasSize(1);
    return panics.get(0);
  }

  /** What a resource's handler answers. */
  default Outcome answer(ResourceRow resource, Hop.Decision decision, @Nullable String state) {
    Hop hop = asked(resource).hop();
    List<String> states = state == null ? List.of() : List.of(state);
    return outcome(
        resource.key(), d -> d.handles(new Hop.Decided(hop, decision, "so be it", states)));
  }

  @Test
  default void aPanicGoesUpLevelByLevelAndAtTheTopSomebodyIsTold() {
    history().listen();
    ListName list = handling();
    ResourceRow root = root(list);
    settle(root);
    ResourceRow child = childOf(root, "child");
    SubjectKey task = running(child, "task", false);
    rest(child.key());
    rest(root.key());
    ErrorRow error = panics(task);

    Hop.Asked first = asked(child);
    assertThat(first.task()).isEqualTo("task");
    assertThat(first.label()).isEqualTo("child");
    assertThat(first.error().kind()).isEqualTo("Broken");
    assertThat(first.hop().level()).isOne();
    assertThat(machine(child.key()).dueAt()).isNotNull();
    assertThat(machine(root.key()).dueAt()).isNull();
    assertThat(family(root.uuid(), ALARMS).panics()).isEmpty();
    Alarm alarm = alarm(child.key(), "panic");
    assertThat(alarm.state()).isEqualTo(Alarm.State.CLIMBING);

    done(answer(child, Hop.Decision.DECLINE, null));
    assertThat(family(child.uuid(), ALARMS).panics()).isEmpty();
    assertThat(asked(root).hop().level()).isEqualTo(2);
    assertThat(machine(root.key()).dueAt()).isNotNull();
    assertThat(history().told(alarm.key().uuid())).isEmpty();

    done(answer(root, Hop.Decision.DECLINE, null));
    afterwards(child, Duration.ofSeconds(11));
    assertThat(alarm(child.key(), "panic").state()).isEqualTo(Alarm.State.OPEN);
    assertThat(history().told(alarm.key().uuid())).containsExactly("open error");
    assertThat(history().hops(error.uuid()))
        .containsExactly("1 decline: so be it", "2 decline: so be it");
    assertThat(machine(task).state()).isEqualTo(BuiltIn.PANIC);
  }

  @Test
  default void aHandlerThatIsHeldIsWaitedForAndHasItsTimeOnceItIsReleased() {
    ResourceRow root = root(handling());
    settle(root);
    SubjectKey task = running(root, "task", false);
    panics(task);
    Hold hold = hold(Hold.Scope.SUBTREE, root.uuid(), null);
    try {
      afterwards(root, Duration.ofMinutes(2));
      assertThat(asked(root).hop().level()).as("it cannot answer").isOne();
    } finally {
      release(hold);
    }
    assertThat(asked(root).hop().dueAt()).isAfter(now().plusSeconds(50));
    done(answer(root, Hop.Decision.RETRY, null));
    assertThat(machine(task).state()).isEqualTo("first");
  }

  @Test
  default void aTasksOwnHandlerIsAskedFirst() {
    ResourceRow root = root(handling());
    settle(root);
    SubjectKey task = running(root, "careful", false);
    panics(task);
    assertThat(asked(root).hop().level()).isZero();
    done(answer(root, Hop.Decision.DECLINE, null));
    assertThat(asked(root).hop().level()).isOne();
  }

  @Test
  default void aResourceIsNotAskedAboutItsOwnPanic() {
    ListName list = handling();
    ResourceRow root = root(list);
    settle(root);
    ResourceRow child = childOf(root, "child");
    panics(child.key());
    assertThat(family(child.uuid(), ALARMS).panics()).isEmpty();
    assertThat(asked(root).hop().panicked()).isEqualTo(child.key());
    assertThat(asked(root).task()).isNull();
    done(answer(root, Hop.Decision.RETRY, null));
    assertThat(machine(child.key()).state()).isEqualTo("first");
    assertThat(alarm(child.key(), "panic").state()).isEqualTo(Alarm.State.CLOSED);
  }

  @Test
  default void eachRetryWaitsLongerUntilTheMachineMoves() {
    ResourceRow root = root(handling());
    settle(root);
    SubjectKey task = running(root, "task", false);
    for (int n = 1; n <= 3; n++) {
      ErrorRow error = panics(task);
      long step = machine(task).step();
      done(answer(root, Hop.Decision.RETRY, null));
      MachineRow row = machine(task);
      assertThat(row.state()).isEqualTo("first");
      assertThat(row.step()).isEqualTo(step + 1);
      assertThat(row.entered()).isEqualTo(1);
      assertThat(Duration.between(row.updatedAt(), row.dueAt()))
          .isBetween(Duration.ofMillis((1000L << n) - 900), Duration.ofMillis((1000L << n) + 50));
      assertThat(history().hops(error.uuid())).containsExactly("1 retry: so be it");
      assertThat(history().openAlarms(task)).isEmpty();
    }
    done(task, d -> d.enter("second", null, false));
    panics(task);
    assertThat(asked(root).hop().retries()).isZero();
  }

  @Test
  default void aStopSendsItToItsExit() {
    ResourceRow root = root(handling());
    settle(root);
    SubjectKey task = running(root, "task", false);
    panics(task);
    Committed.Done done = done(answer(root, Hop.Decision.STOP, null));
    assertThat(woken(done)).contains(task);
    assertThat(task(task).outcome()).isEqualTo(End.STOPPED);
    assertThat(machine(task).state()).isEqualTo(BuiltIn.EXIT);
    assertThat(history().openAlarms(task)).isEmpty();
  }

  @Test
  default void anotherTaskTakesItsPlace() {
    ResourceRow root = root(handling());
    settle(root);
    SubjectKey task = running(root, "task", false);
    panics(task);
    Hop hop = asked(root).hop();
    done(
        root.key(),
        d -> {
          d.start(start(root, "other"));
          d.handles(new Hop.Decided(hop, Hop.Decision.START, "instead", List.of()));
        });
    assertThat(machine(task).state()).isEqualTo(BuiltIn.EXIT);
    assertThat(history().runs(root.uuid(), "other")).hasSize(1);
  }

  @Test
  default void whoDoesNotAnswerInTimeIsPassedOver() {
    history().listen();
    ListName list = handling();
    ResourceRow root = root(list);
    settle(root);
    ResourceRow child = childOf(root, "child");
    SubjectKey task = running(child, "task", false);
    ErrorRow error = panics(task);
    Outcome late = answer(child, Hop.Decision.RETRY, null);
    afterwards(child, Duration.ofSeconds(30));
    assertThat(family(root.uuid(), ALARMS).panics()).isEmpty();
    afterwards(child, Duration.ofSeconds(31));
    assertThat(asked(root).hop().level()).isEqualTo(2);
    assertThat(commit(late)).as("too late").containsExactly(new Committed.Fenced());
    assertThat(machine(task).state()).isEqualTo(BuiltIn.PANIC);
    afterwards(child, Duration.ofSeconds(61));
    Alarm alarm = alarm(child.key(), "panic");
    assertThat(alarm.state()).isEqualTo(Alarm.State.OPEN);
    assertThat(history().told(alarm.key().uuid())).containsExactly("open error");
    assertThat(history().hops(error.uuid()))
        .containsExactly(
            "1 time_out: nobody answered in time", "2 time_out: nobody answered in time");
  }

  @Test
  default void onceAPersonHasSettledItNobodyIsAskedAnyMore() {
    ResourceRow root = root(handling());
    settle(root);
    SubjectKey task = running(root, "task", false);
    panics(task);
    Outcome late = answer(root, Hop.Decision.STOP, null);
    done(outcome(task, operator(), d -> d.retry()));
    assertThat(family(root.uuid(), ALARMS).panics()).isEmpty();
    assertThat(commit(late)).containsExactly(new Committed.Fenced());
    assertThat(machine(task).state()).isEqualTo("first");
  }

  @Test
  default void whereNobodyHandlesPanicsSomebodyIsToldAtOnce() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    ErrorRow error = panics(task);
    assertThat(alarm(root.key(), "panic").state()).isEqualTo(Alarm.State.OPEN);
    assertThat(history().hops(error.uuid())).isEmpty();
  }
}
