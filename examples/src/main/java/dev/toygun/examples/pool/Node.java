package dev.toygun.examples.pool;

import static dev.toygun.StateDef.state;
import static dev.toygun.examples.pool.Node.State.DELETING;
import static dev.toygun.examples.pool.Node.State.SERVING;
import static dev.toygun.examples.pool.Node.State.STARTING;
import static java.time.Duration.ofHours;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskStatus;
import dev.toygun.Tick;

/** One server of a pool: it is not repaired, its pool makes another. A person may restart it. */
final class Node {
  static final String TYPE = "web-node";

  /** What it runs, as long as it lives. */
  static final Field<String> VERSION = Field.text("version").required();

  static final Field<String> DIRECTORY = Field.text("directory").internal();

  /** On the loopback interface. */
  static final Field<Long> PORT = Field.integer("port").internal();

  enum State {
    STARTING,
    SERVING,
    DELETING
  }

  private final Host host;

  Node(Host host) {
    this.host = host;
  }

  ResourceType<State> type() {
    return ResourceType.of(
            TYPE,
            state(STARTING).decide(Node::start).to(SERVING),
            state(SERVING).decide(t -> t.stay().ensure(Monitor.NAME)),
            state(DELETING).decide(Node::delete).finishes().onDelete())
        .fields(VERSION, DIRECTORY, PORT)
        .tasks(new Provision(host).type(), new Monitor(host).type(), new Takedown(host).type())
        .onRestart(new Restart(host).type())
        .restarts(3, ofHours(1))
        .availability(a -> a.uncertainAfter(1).offlineAfter(3))
        // The first version could not be restarted; its fields are the same.
        .version(2)
        .upgrade(1, fields -> fields);
  }

  private static Next<State> start(Tick<State> t) {
    return t.task(Provision.NAME) == TaskStatus.FINISHED
        ? t.go(SERVING).start(Monitor.NAME).because("it answers")
        : t.stay().ensure(Provision.NAME);
  }

  private static Next<State> delete(Tick<State> t) {
    return t.task(Takedown.NAME) == TaskStatus.FINISHED
        ? t.finish()
        : t.stay().ensure(Takedown.NAME);
  }
}
