package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.queue.Tickets;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.Operations;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.worker.Worker;
import dev.toygun.worker.WorkerSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What workers die of is the subject whose code runs, not the others of its resource. */
class BlamedTest extends WorkerRig {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<String> WISH = Field.text("wish");

  enum State {
    KEPT
  }

  private final Promise<Next<State>> never = Promise.promise();
  private int begun;
  private int decided;

  private ResourceType<State> type() {
    return ResourceType.of(
            "thing",
            state(State.KEPT)
                .decide(
                    t -> {
                      decided++;
                      return t.stay().ensure(WORK);
                    })
                .rests())
        .fields(WISH)
        .tasks(
            TaskType.of(
                WORK,
                state(State.KEPT)
                    .async(
                        t -> {
                          if (t.find(WISH).isEmpty()) {
                            return Future.succeededFuture(t.stay());
                          }
                          begun++;
                          return never.future();
                        })
                    .waits()
                    .finishes()));
  }

  private TaskRow task() {
    return store.task(thing, WORK.value()).orElseThrow();
  }

  private Worker another(int number) {
    Worker worker =
        worker(
            WorkerSettings.of("worker-" + number, "test"),
            List.of(type()),
            new Rows(),
            queue,
            leases,
            new InlineSteps(store.invariants()));
    worker.start();
    return worker;
  }

  @Test
  void onlyTheTaskPanicsThatThreeWorkersDiedOf() {
    Worker worker = work(type(), new Rows(), leases, new InlineSteps(store.invariants()));
    time.advance(ofSeconds(1));
    new Operations(store, Tickets.announcing(queue, time), time, "test", "test")
        .set(
            thing,
            OptionalLong.empty(),
            row -> new Operations.NewAttrs("{\"wish\":\"one\"}", List.of("wish"), ""),
            By.operator("key:test"));
    for (int number = 2; number <= 4; number++) {
      time.advance(ofSeconds(1));
      assertThat(begun).isEqualTo(number - 1);
      worker.kill();
      leases.expire("worker-" + (number - 1));
      worker = another(number);
      List<Committed.Woken> due =
          List.of(
              new Committed.Woken(SubjectKey.ofResource(thing), LIST),
              new Committed.Woken(task().key(), LIST));
      queue.push(Tickets.of(due, Cause.CLOCK, time.now(), null));
    }
    int before = decided;
    time.advance(ofSeconds(2));
    assertThat(task().machine().state()).isEqualTo("__panic__");
    assertThat(store.resource(thing).orElseThrow().machine().state()).isEqualTo("kept");
    assertThat(decided).isGreaterThan(before);
  }
}
