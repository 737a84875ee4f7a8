package dev.toygun.examples.pool;

import static dev.toygun.StateDef.state;
import static dev.toygun.examples.pool.Provision.Step.CHOOSE;
import static dev.toygun.examples.pool.Provision.Step.START;
import static dev.toygun.examples.pool.Provision.Step.WAIT;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.toygun.Next;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import io.vertx.core.Future;
import java.io.IOException;

/** Starts the server, and waits until it answers. */
final class Provision {
  static final TaskName NAME = TaskName.of("provision");

  enum Step {
    CHOOSE,
    START,
    WAIT
  }

  private final Host host;

  Provision(Host host) {
    this.host = host;
  }

  TaskType<Step> type() {
    return TaskType.of(
            NAME,
            state(CHOOSE).async(this::choose).to(START),
            state(START).blocking(this::start).to(WAIT),
            state(WAIT).async(this::await).finishes().every(ofSeconds(1)).within(ofMinutes(1)))
        .internal()
        .concurrency(4);
  }

  // Where it will be is committed before anything is there: whoever takes it down finds it. A later
  // run goes on where an earlier one was.
  Future<Next<Step>> choose(Tick<Step> t) {
    return Future.succeededFuture(
        t.find(Node.DIRECTORY).isPresent()
            ? t.go(START)
            : t.go(START).with(Node.DIRECTORY, host.directory(t.token("directory"))));
  }

  Next<Step> start(Tick<Step> t) throws IOException {
    host.start(t.get(Node.DIRECTORY), t.get(Node.VERSION));
    return t.go(WAIT);
  }

  Future<Next<Step>> await(Tick<Step> t) {
    return answering(host, t);
  }

  /** Finishes once it answers, and says where. */
  static <S extends Enum<S>> Future<Next<S>> answering(Host host, Tick<S> t) {
    return host.port(t.get(Node.DIRECTORY))
        .compose(
            port ->
                port.isEmpty()
                    ? Future.succeededFuture(t.stay())
                    : host.answers(port.get()).map(up -> up ? done(t, port.get()) : t.stay()));
  }

  private static <S extends Enum<S>> Next<S> done(Tick<S> t, long port) {
    return t.finish().with(Node.PORT, port).observe(true).because("on port " + port);
  }
}
