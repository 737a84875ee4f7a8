package dev.toygun.examples.pool;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.Availability.OFFLINE;
import static dev.toygun.StateDef.state;
import static dev.toygun.examples.pool.Pool.State.FILLING;
import static dev.toygun.examples.pool.Pool.State.SERVING;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.ResourceView;
import dev.toygun.Severity;
import dev.toygun.Snapshot;
import dev.toygun.Tick;
import dev.toygun.Values;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** So many servers of one version. */
public final class Pool {
  /** How many nodes are to answer. */
  static final Field<Long> SIZE = Field.integer("size").min(0L).max(50L).initially(2L);

  /** What they are to run. Another one is rolled out node by node. */
  static final Field<String> VERSION = Field.text("version").initially("1");

  enum State {
    FILLING,
    SERVING
  }

  private final Host host;

  Pool(Host host) {
    this.host = host;
  }

  /**
   * The types over processes of this machine, whose files are below this folder.
   *
   * @param onClose is given what closes them
   */
  public static Pool on(Vertx vertx, Path data, Consumer<Runnable> onClose) {
    LocalHost host = new LocalHost(vertx, data);
    onClose.accept(host::close);
    return new Pool(host);
  }

  /** The types {@code web-pool} and {@code web-node}. */
  public List<ResourceType<?>> types() {
    return List.of(type(), new Node(host).type());
  }

  private static ResourceType<State> type() {
    return ResourceType.of(
            "web-pool",
            state(FILLING).decide(Pool::fill).to(SERVING),
            state(SERVING).decide(Pool::serve))
        .fields(SIZE, VERSION)
        .children(Node.TYPE)
        .availability(a -> a.uncertainAfter(1).offlineAfter(1))
        .alarms(
            alarm("down", pool -> pool.availability() == OFFLINE).severity(Severity.CRITICAL),
            alarm("degraded", pool -> Fleet.of(pool).lacks())
                .forAtLeast(Duration.ofMinutes(1))
                .runbook("what do its nodes say: toygun tree web-pool NAME"),
            // More likely it is the network, or whoever looks, than most nodes at once.
            alarm("outage", pool -> Fleet.of(pool).isOutage())
                .severity(Severity.CRITICAL)
                .runbook("nobody is replaced while it is open: see why most do not answer"));
  }

  private static Next<State> fill(Tick<State> t) {
    Fleet fleet = Fleet.of(t);
    Next<State> next = fleet.lacks() ? t.stay() : t.go(SERVING).because("all nodes answer");
    return changed(next, t, fleet);
  }

  private static Next<State> serve(Tick<State> t) {
    Fleet fleet = Fleet.of(t);
    return changed(t.stay(), t, fleet).observe(fleet.size() == 0 || fleet.serving() > 0);
  }

  private static Next<State> changed(Next<State> next, Snapshot pool, Fleet fleet) {
    Next<State> changed = next;
    for (String label : fleet.missing()) {
      changed =
          changed
              .create(Node.TYPE, label, Values.of(Node.VERSION, pool.get(VERSION)))
              .note("makes " + label);
    }
    for (ResourceView node : fleet.dispensable()) {
      changed = changed.delete(node).note(fleet.farewell(node));
    }
    return changed;
  }
}
