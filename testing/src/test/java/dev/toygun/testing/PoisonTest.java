package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.queue.Tickets;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Operations;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.worker.Worker;
import dev.toygun.worker.WorkerSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rows that kill whoever ticks them are found among many, and only they are stopped. */
class PoisonTest extends WorkerRig {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<Boolean> DEADLY = Field.bool("deadly").initially(false);
  private static final Duration RESTART = ofSeconds(5);

  enum State {
    KEPT
  }

  private final List<UUID> things = new ArrayList<>();
  private Duration takes = Duration.ZERO;
  private boolean dies;
  private int deaths;
  private int many;
  private Worker worker = started(1);

  private Worker started(int number) {
    Worker another =
        worker(
            WorkerSettings.of("worker-" + number, "test"),
            List.of(type()),
            new Rows(),
            queue,
            leases,
            new InlineSteps(store.invariants()));
    another.start();
    return another;
  }

  private ResourceType<State> type() {
    return ResourceType.of(
            "thing",
            state(State.KEPT)
                .decide(t -> t.task(WORK) == TaskStatus.ABSENT ? t.stay().start(WORK) : t.stay())
                .rests())
        .fields(DEADLY)
        .tasks(TaskType.of(WORK, state(State.KEPT).async(this::work).finishes()));
  }

  private Future<Next<State>> work(Tick<State> t) {
    Promise<Next<State>> answer = Promise.promise();
    if (t.get(DEADLY)) {
      dies = true;
    } else if (!dies) {
      time.after(takes, () -> answer.complete(t.finish()));
    }
    return answer.future();
  }

  private void make(int number, Set<Integer> deadly, Duration each) {
    many = number;
    takes = each;
    for (int i = 0; i < many; i++) {
      String attrs = deadly.contains(i) ? "{\"deadly\":true}" : "{}";
      new Operations(store, Tickets.announcing(queue, time), time, "test", "test")
          .create(
              null,
              new ChildCreate(time.uuid(), "t" + i, attrs, LIST, BuiltIn.NEW),
              By.operator("key:test"))
          .onSuccess(things::add);
    }
  }

  private List<TaskRow> tasks() {
    return things.stream().flatMap(uuid -> store.task(uuid, WORK.value()).stream()).toList();
  }

  private Set<String> panicked() {
    return tasks().stream()
        .filter(task -> task.status() == TaskStatus.PANICKED)
        .map(task -> store.resource(task.key().resource()).orElseThrow().label())
        .collect(Collectors.toSet());
  }

  private boolean isOver() {
    return tasks().size() == many
        && tasks().stream().noneMatch(task -> task.status() == TaskStatus.RUNNING);
  }

  /** Restarts whatever dies, until everything has ended or panicked. */
  private Duration untilOver() {
    long begun = time.nanos();
    while (!isOver()) {
      Duration took = Duration.ofNanos(time.nanos() - begun);
      assertThat(took).as("%d deaths, panicked: %s", deaths, panicked()).isLessThan(ofHours(2));
      time.runUntil(() -> dies, ofSeconds(5));
      if (dies) {
        deaths++;
        worker.kill();
        leases.expire("worker-" + deaths);
        time.advance(RESTART);
        dies = false;
        worker = started(deaths + 1);
      }
      push();
    }
    return Duration.ofNanos(time.nanos() - begun);
  }

  /** As a clock does with what is due. */
  private void push() {
    List<Committed.Woken> due = new ArrayList<>();
    for (UUID thing : things) {
      store.resource(thing).stream().forEach(row -> due(row.key(), row.machine(), due));
    }
    tasks().forEach(task -> due(task.key(), task.machine(), due));
    queue.push(Tickets.of(due, Cause.CLOCK, time.now(), null));
  }

  private void due(SubjectKey key, MachineRow row, List<Committed.Woken> due) {
    if (row.active() && row.dueAt() != null && !row.dueAt().isAfter(time.now())) {
      due.add(new Committed.Woken(key, LIST));
    }
  }

  @Test
  void amongManyThatAreQuickItIsFoundByTheThirdDeath() {
    make(64, Set.of(50), Duration.ofMillis(100));
    untilOver();
    assertThat(panicked()).containsExactly("t50");
    assertThat(deaths).isEqualTo(3);
  }

  @Test
  void amongManyThatAreSlowItIsFoundInMinutes() {
    make(64, Set.of(63), ofSeconds(20));
    Duration took = untilOver();
    assertThat(panicked()).containsExactly("t63");
    assertThat(deaths).isLessThanOrEqualTo(6);
    assertThat(took).isLessThan(Duration.ofMinutes(15));
  }

  @Test
  void ofSeveralEachIsFound() {
    make(32, Set.of(3, 17, 31), ofSeconds(20));
    untilOver();
    assertThat(panicked()).containsExactlyInAnyOrder("t3", "t17", "t31");
    assertThat(deaths).isLessThanOrEqualTo(12);
  }

  @Test
  void whereAllAreDeadlyEachDeathFindsOne() {
    make(6, Set.of(0, 1, 2, 3, 4, 5), ofSeconds(20));
    untilOver();
    assertThat(panicked()).hasSize(6);
    assertThat(deaths).isLessThanOrEqualTo(9);
  }
}
