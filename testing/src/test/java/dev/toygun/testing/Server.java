package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.FINISHED;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.toygun.Backoff;
import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import io.vertx.core.Future;

/** A machine in a cloud: made, watched, repaired, taken down. */
final class Server {
  static final Field<String> PLAN = Field.text("plan").required();
  static final Field<String> VM = Field.text("vm");
  static final TaskName PROVISION = TaskName.of("provision");
  static final TaskName MONITOR = TaskName.of("monitor");
  static final TaskName REPAIR = TaskName.of("repair");
  static final TaskName TAKEDOWN = TaskName.of("takedown");

  enum State {
    MAKING,
    UP,
    REPAIRING,
    GOING
  }

  enum Making {
    CREATE,
    WAIT
  }

  enum Watching {
    CHECK
  }

  enum Repairing {
    REMOVE,
    REPLACE
  }

  enum Going {
    DESTROY
  }

  private final FakeCloud cloud;

  Server(FakeCloud cloud) {
    this.cloud = cloud;
  }

  ResourceType<State> type() {
    return ResourceType.of(
            "server",
            state(State.MAKING).decide(this::making).to(State.UP),
            state(State.UP).decide(this::up).to(State.REPAIRING),
            state(State.REPAIRING).decide(this::repairing).to(State.UP),
            state(State.GOING).decide(this::going).onDelete().finishes())
        .fields(PLAN, VM)
        .tasks(provision(), monitor(), repair(), takedown());
  }

  private Next<State> making(Tick<State> t) {
    return t.task(PROVISION) == FINISHED
        ? t.go(State.UP).because("it answers")
        : t.stay().ensure(PROVISION);
  }

  private Next<State> up(Tick<State> t) {
    return t.task(MONITOR) == FINISHED
        ? t.go(State.REPAIRING).start(REPAIR).because("it does not answer")
        : t.stay().ensure(MONITOR);
  }

  private Next<State> repairing(Tick<State> t) {
    return t.task(REPAIR) == FINISHED ? t.go(State.UP).start(MONITOR) : t.stay();
  }

  private Next<State> going(Tick<State> t) {
    return t.task(TAKEDOWN) == FINISHED ? t.finish() : t.stay().ensure(TAKEDOWN);
  }

  private TaskType<Making> provision() {
    return TaskType.of(
        PROVISION,
        state(Making.CREATE)
            .blocking(t -> t.go(Making.WAIT).with(VM, cloud.create(t.token("vm"))))
            .to(Making.WAIT)
            .retries(3, Backoff.exponential(ofSeconds(1), ofMinutes(1))),
        state(Making.WAIT)
            .async(t -> cloud.answers(t.get(VM)).map(up -> up ? t.finish() : t.stay()))
            .finishes()
            .every(ofSeconds(2))
            .within(ofMinutes(5)));
  }

  private TaskType<Watching> monitor() {
    return TaskType.of(
        MONITOR, state(Watching.CHECK).async(this::check).finishes().every(ofSeconds(10)));
  }

  private Future<Next<Watching>> check(Tick<Watching> t) {
    return cloud
        .answers(t.get(VM))
        .map(up -> up ? t.stay().observe(true) : t.finish().observe(false));
  }

  private TaskType<Repairing> repair() {
    return TaskType.of(
        REPAIR,
        state(Repairing.REMOVE)
            .blocking(
                t -> {
                  cloud.destroy(t.get(VM));
                  return t.go(Repairing.REPLACE);
                })
            .to(Repairing.REPLACE),
        state(Repairing.REPLACE)
            .blocking(t -> t.finish().with(VM, cloud.create(t.token("vm"))))
            .finishes());
  }

  private TaskType<Going> takedown() {
    return TaskType.of(
        TAKEDOWN,
        state(Going.DESTROY)
            .blocking(
                t -> {
                  t.find(VM).ifPresent(cloud::destroy);
                  return t.finish().without(VM);
                })
            .finishes());
  }
}
