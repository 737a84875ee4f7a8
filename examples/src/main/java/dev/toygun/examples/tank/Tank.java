package dev.toygun.examples.tank;

import static dev.toygun.StateDef.state;
import static dev.toygun.examples.tank.Tank.State.KEPT;
import static dev.toygun.examples.tank.Tank.Step.POUR;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;

/**
 * A tank of water: it is filled once it is low, until it is full, and emptied once a month, so that
 * none of its water is older than that.
 */
public final class Tank {
  /** In percent; whoever draws water sets it. */
  static final Field<Long> LEVEL = Field.integer("level").min(0L).max(100L).initially(50L);

  static final TaskName FILL = TaskName.of("fill");
  static final TaskName RINSE = TaskName.of("rinse");

  enum State {
    KEPT
  }

  enum Step {
    POUR
  }

  enum Rinse {
    EMPTY
  }

  /** The type {@code tank}. */
  public ResourceType<State> type() {
    return ResourceType.of("tank", state(KEPT).decide(t -> t.stay()).rests())
        .fields(LEVEL)
        .tasks(fill(), rinse())
        // The first version had no rinse; its fields are the same.
        .version(2)
        .upgrade(1, fields -> fields);
  }

  private static TaskType<Step> fill() {
    return TaskType.of(
            FILL,
            state(POUR)
                .decide(t -> t.stay().with(LEVEL, Math.min(100, t.get(LEVEL) + 10)))
                .every(ofSeconds(1)))
        .startWhen(tank -> tank.get(LEVEL) < 20)
        .stopWhen(tank -> tank.get(LEVEL) >= 90);
  }

  private static TaskType<Rinse> rinse() {
    return TaskType.of(RINSE, state(Rinse.EMPTY).decide(t -> t.finish().with(LEVEL, 0L)).finishes())
        .cron("0 3 1 * *", "Europe/Berlin")
        .jitter(ofMinutes(30));
  }
}
