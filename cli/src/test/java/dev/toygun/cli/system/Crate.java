package dev.toygun.cli.system;

import static dev.toygun.StateDef.state;

import dev.toygun.Priority;
import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Setting;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import java.time.Duration;
import java.util.List;

/** A resource in a queue of its own, with a task that polls. */
public final class Crate implements ResourceTypes {
  static final String TYPE = "crate";
  static final String QUEUE = "big";
  private static final TaskName WATCH = TaskName.of("watch");

  enum State {
    KEPT
  }

  @Override
  public List<ResourceType<?>> types(Setting setting) {
    return List.of(
        ResourceType.of(TYPE, state(State.KEPT).decide(t -> t.stay().ensure(WATCH)).rests())
            .queue(QUEUE)
            .priority(Priority.HIGH)
            .tasks(
                TaskType.of(
                    WATCH, state(State.KEPT).decide(t -> t.stay()).every(Duration.ofSeconds(1)))));
  }
}
