package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.store.ListName;
import dev.toygun.worker.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A worker, and a queue that it does not take from itself. */
class RelistedTest extends BacklogRig {
  private static final TaskName WORK = TaskName.of("work");
  private static final WorkerSettings SETTINGS = settings(IN_FLIGHT, BACKLOG);
  private static final ListName HERE = new ListName("default", "box", 1, 5);
  private static final ListName THERE = new ListName("big", "box", 1, 5);
  private int ticks;

  /** A type whose row is moved while this worker has it. */
  private void moved(Duration pause) {
    start(
        SETTINGS,
        ResourceType.of(
            "box",
            state(State.KEPT)
                .decide(
                    t -> {
                      ticks++;
                      return pause.isZero() ? t.go(State.KEPT) : t.pause(pause);
                    })
                .to(State.KEPT)));
    push("box", make("box", 1), 1);
    time.advance(ofSeconds(3));
    store.relist(HERE, THERE, new UUID(0, 0), 10);
    time.advance(ofSeconds(10));
    int before = ticks;
    time.advance(ofSeconds(10));
    assertThat(before).isPositive();
    assertThat(ticks).as("it is others' now").isEqualTo(before);
    assertThat(queue.depths(List.of(THERE)).result().values())
        .anyMatch(depth -> depth.tickets() > 0);
  }

  @Test
  void whatIsSoonDueAgainGoesToTheListThatItWasMovedTo() {
    moved(ofMillis(300));
  }

  @Test
  void whatIsAlwaysDueGoesToTheListThatItWasMovedTo() {
    committing.slow(ofMillis(30));
    moving.slow(ofMillis(30));
    moved(Duration.ZERO);
  }

  @Test
  void aRunBeginsBesideItsResource() {
    start(
        SETTINGS,
        ResourceType.of("box", state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
            .tasks(TaskType.of(WORK, state(State.KEPT).decide(t -> t.stay()).every(ofSeconds(5))))
            .queue("big"));
    push("box", make("box", 1), 1);
    time.advance(ofSeconds(3));
    assertThat(store.active().values()).hasSize(2).allMatch(row -> row.list().equals(HERE));
  }
}
