package dev.toygun.testing;

import static dev.toygun.StateDef.state;

import dev.toygun.BuiltIn;
import dev.toygun.Next;
import dev.toygun.Priority;
import dev.toygun.ResourceType;
import dev.toygun.Step;
import dev.toygun.Tick;
import dev.toygun.queue.Queue;
import dev.toygun.queue.Ticket;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.ListName;
import dev.toygun.store.Loaded;
import dev.toygun.store.Operations;
import dev.toygun.store.Outcome;
import dev.toygun.store.SubjectKey;
import dev.toygun.worker.Steps;
import dev.toygun.worker.WorkerSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A worker with more to do than it can take on, and gates at which its subjects wait. */
abstract class BacklogRig extends WorkerRig {
  static final int IN_FLIGHT = 1_000;
  static final int BACKLOG = 100;

  final Gate leasing = new Gate();
  final Gate loading = new Gate();
  final Gate committing = new Gate();

  /** Nobody says whether these are leased. */
  final Set<UUID> unleasable = new HashSet<>();

  /** For groups of plain moves. */
  final Gate moving = new Gate();

  /** For code that blocks, until it has a thread. */
  final Gate threads = new Gate();

  /** For code that blocks, while it runs. */
  final Gate running = new Gate();

  /** How many tickets each pop asked for. */
  final List<Integer> pops = new ArrayList<>();

  /** Of types that have another one than usual. */
  final Map<String, Priority> priorities = new HashMap<>();

  /** What becomes of what each pop answers. */
  UnaryOperator<Future<List<Ticket>>> popped = pop -> pop;

  private int named;

  enum State {
    KEPT
  }

  /** Where whatever is asked waits while it is closed, or for a time. */
  final class Gate {
    private final List<Runnable> behind = new ArrayList<>();
    private boolean closed;
    private Duration each = Duration.ZERO;

    void close() {
      closed = true;
    }

    /** So long it takes for each of a group. */
    void slow(Duration much) {
      each = much;
    }

    void open() {
      closed = false;
      List<Runnable> waiting = List.copyOf(behind);
      behind.clear();
      waiting.forEach(Runnable::run);
    }

    <T> Future<T> pass(int size, Supplier<Future<T>> call) {
      Promise<T> answer = Promise.promise();
      Runnable through = () -> call.get().onComplete(answer);
      if (closed) {
        behind.add(through);
      } else if (each.isZero()) {
        through.run();
      } else {
        time.after(each.multipliedBy(size), through);
      }
      return answer.future();
    }
  }

  /** The rows behind gates. */
  final class GatedRows extends Rows {
    @Override
    public Future<Loaded> load(Collection<UUID> resources, Sees sees) {
      return loading.pass(resources.size(), () -> super.load(resources, sees));
    }

    @Override
    public Future<List<Committed>> commit(List<Outcome> group) {
      Gate gate = group.get(0).isPlain() ? moving : committing;
      return gate.pass(group.size(), () -> super.commit(group));
    }
  }

  /** Leases behind one. */
  final class GatedLeases extends OwnLeases {
    @Override
    public Future<Map<UUID, Taken>> take(String owner, Map<UUID, Want> wants) {
      if (wants.keySet().stream().anyMatch(unleasable::contains)) {
        return Future.failedFuture("no answer");
      }
      return leasing.pass(wants.size(), () -> super.take(owner, wants));
    }
  }

  /** Users' code, that which blocks behind a gate. */
  private final class GatedSteps implements Steps {
    private final Steps inline = new InlineSteps(store.invariants());

    @Override
    public <S extends Enum<S>> Run<S> run(Step<S> step, Tick<S> tick) {
      if (!(step instanceof Step.Blocking<S>)) {
        return inline.run(step, tick);
      }
      Future<Void> begun = threads.pass(1, Future::succeededFuture);
      Future<Next<S>> next =
          begun.compose(thread -> running.pass(1, () -> inline.run(step, tick).next()));
      return new Gated<>(next, begun);
    }

    @Override
    public double stuck() {
      return 0;
    }
  }

  private record Gated<S extends Enum<S>>(Future<Next<S>> next, Future<Void> begun)
      implements Steps.Run<S> {
    @Override
    public void interrupt() {}

    @Override
    public void giveUp() {}
  }

  static WorkerSettings settings(int inFlight, int backlog) {
    WorkerSettings usual = WorkerSettings.of("worker-1", "test");
    return new WorkerSettings(
        usual.id(),
        usual.build(),
        usual.host(),
        usual.queues(),
        inFlight,
        backlog,
        usual.group(),
        usual.groupsUnderWay(),
        usual.goOnTicks(),
        usual.goOnTime());
  }

  /** A type that rests once it has run this. */
  static ResourceType<State> type(String name, Function<Tick<State>, Next<State>> code) {
    return ResourceType.of(name, state(State.KEPT).decide(code::apply).rests());
  }

  /** Starts a worker behind the gates. */
  void start(WorkerSettings settings, ResourceType<?>... types) {
    worker(
            settings,
            List.of(types),
            new GatedRows(),
            counted(),
            new GatedLeases(),
            new GatedSteps())
        .start();
    time.advance(Duration.ofSeconds(1));
  }

  private Queue counted() {
    return (Queue)
        Proxy.newProxyInstance(
            Queue.class.getClassLoader(),
            new Class<?>[] {Queue.class},
            (proxy, method, words) -> {
              if (method.getName().equals("pop")) {
                pops.add((Integer) words[1]);
                @SuppressWarnings("unchecked")
                List<ListName> lists = (List<ListName>) words[0];
                return popped.apply(queue.pop(lists, (Integer) words[1]));
              }
              try {
                return method.invoke(queue, words);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Makes resources that nobody is told of: the test hands out the tickets. */
  List<SubjectKey> make(String type, int many) {
    List<SubjectKey> made = new ArrayList<>();
    Operations operations =
        new Operations(store, (woken, cause, trace) -> {}, time, "test", "test");
    for (int i = 0; i < many; i++) {
      ChildCreate one = new ChildCreate(time.uuid(), "n" + ++named, "{}", list(type), BuiltIn.NEW);
      operations
          .create(null, one, By.operator("key:test"))
          .onSuccess(uuid -> made.add(SubjectKey.ofResource(uuid)));
    }
    time.advance(Duration.ofMillis(100));
    return made;
  }

  /** Queues these, so many in a ticket. */
  void push(String type, List<SubjectKey> subjects, int each) {
    List<Ticket> tickets = new ArrayList<>();
    for (int from = 0; from < subjects.size(); from += each) {
      List<SubjectKey> some = subjects.subList(from, Math.min(subjects.size(), from + each));
      tickets.add(new Ticket(list(type), some, Cause.CLOCK, false, time.now(), null));
    }
    queue.push(tickets);
  }

  /** How many tickets of this type nobody has taken. */
  long left(String type) {
    return queue.depths(List.of(list(type))).result().values().stream()
        .mapToLong(Queue.Depth::tickets)
        .sum();
  }

  /** How many of these have nothing left to do. */
  long atRest(List<SubjectKey> subjects) {
    return subjects.stream()
        .filter(key -> store.resource(key.resource()).orElseThrow().machine().dueAt() == null)
        .count();
  }

  private ListName list(String type) {
    Priority priority = priorities.getOrDefault(type, Priority.NORMAL);
    return new ListName("default", type, 1, priority.stored());
  }
}
