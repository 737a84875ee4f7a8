package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Backoff;
import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.Secret;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What code quotes is stored without the secrets that it opened, whosever they are. */
class OpenedSecretsTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final TaskName LOGIN = TaskName.of("login");
  private static final Field<Secret> PASSWORD = Field.secret("password");
  private static final Field<Secret> ONCE = Field.secret("once");
  private static final SignalType ENTER = SignalType.of("enter", ONCE);
  private static final Secret CANARY = Secret.of("canary-one");

  enum One {
    ONLY
  }

  private static TaskType<One> work(Function<Tick<One>, Next<One>> code) {
    return TaskType.of(
            WORK,
            state(One.ONLY)
                .blocking(code::apply)
                .finishes()
                .waits(ENTER)
                .retries(0, Backoff.exponential(ofSeconds(1), ofSeconds(1))))
        .fields(ONCE);
  }

  private static Next<One> quotes(Secret secret) {
    throw new IllegalStateException("refused " + secret.reveal());
  }

  private static void leavesNothing(Simulation one) {
    one.advance(ofSeconds(5));
    assertThat(one.errors()).containsExactly("Unhandled: IllegalStateException: refused ••••");
    assertThat(one.alarmRows().toString()).doesNotContain("canary");
    assertThat(one.history().toString()).doesNotContain("canary");
  }

  private static ResourceType<One> vault(TaskType<?>... tasks) {
    return ResourceType.of("vault", state(One.ONLY).decide(t -> t.stay()).rests()).tasks(tasks);
  }

  @Test
  void thatOfASignal() {
    Simulation one =
        Simulation.of(
            vault(
                work(
                    t ->
                        t.signal(ENTER)
                            .<Next<One>>map(signal -> quotes(signal.get(ONCE)))
                            .orElseGet(t::stay))));
    one.start(WORK);
    one.advance(ofSeconds(5));
    one.signal(WORK, ENTER, Values.of(ONCE, CANARY));
    leavesNothing(one);
  }

  @Test
  void thatOfAnotherTask() {
    TaskType<One> login =
        TaskType.of(
                LOGIN, state(One.ONLY).decide(t -> t.finish().with(PASSWORD, CANARY)).finishes())
            .fields(PASSWORD);
    Simulation one =
        Simulation.of(
            vault(
                login,
                work(t -> quotes(t.taskView(LOGIN).orElseThrow().find(PASSWORD).orElseThrow()))));
    one.start(LOGIN);
    one.advance(ofSeconds(5));
    one.start(WORK);
    leavesNothing(one);
  }

  @Test
  void thatWithWhichItWasStarted() {
    Simulation one = Simulation.of(vault(work(t -> quotes(t.args().find(ONCE).orElseThrow()))));
    one.start(WORK, Values.of(ONCE, CANARY));
    leavesNothing(one);
  }

  @Test
  void thatOfItsParent() {
    ResourceType<One> parent =
        ResourceType.of(
                "account",
                state(One.ONLY).decide(t -> t.stay().create("vault", "below", Values.NONE)).rests())
            .fields(PASSWORD)
            .children("vault");
    ResourceType<One> child =
        ResourceType.of("vault", state(One.ONLY).decide(t -> t.stay().ensure(WORK)).rests())
            .tasks(work(t -> quotes(t.parent().orElseThrow().find(PASSWORD).orElseThrow())))
            .parent();
    Simulation top = Simulation.of(parent, child).with(PASSWORD, CANARY);
    top.advance(ofSeconds(5));
    Simulated below = top.child("vault", "below");
    assertThat(below.errors()).containsExactly("Unhandled: IllegalStateException: refused ••••");
  }

  @Test
  void thatWhichItMakesAtThatMoment() {
    Simulation one =
        Simulation.of(
            vault(work(t -> t.finish().with(ONCE, CANARY).because("made " + CANARY.reveal()))));
    one.start(WORK);
    one.advance(ofSeconds(5));
    assertThat(one.history().toString()).contains("made ••••").doesNotContain("canary");
  }

  @Test
  void thatWhichItHandsOn() {
    TaskType<One> login =
        TaskType.of(LOGIN, state(One.ONLY).decide(t -> t.finish()).finishes()).fields(PASSWORD);
    ResourceType<One> type =
        ResourceType.of(
                "vault",
                state(One.ONLY)
                    .decide(
                        t ->
                            t.task(LOGIN) == TaskStatus.ABSENT
                                ? t.stay()
                                    .start(LOGIN, Values.of(PASSWORD, CANARY))
                                    .because("logs in by " + CANARY.reveal())
                                : t.stay())
                    .rests())
            .tasks(login);
    Simulation one = Simulation.of(type);
    one.advance(ofSeconds(5));
    assertThat(one.history().toString()).contains("logs in by ••••").doesNotContain("canary");
  }
}
