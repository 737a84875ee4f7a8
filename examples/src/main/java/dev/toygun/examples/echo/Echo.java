package dev.toygun.examples.echo;

import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.FINISHED;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;

/** Says what it was given, once, and is quiet from then on. */
public final class Echo {
  static final Field<String> TEXT = Field.text("text").required();
  static final Field<String> SAID = Field.text("said").internal();
  static final TaskName SAY = TaskName.of("say");

  enum State {
    SPEAKING,
    QUIET
  }

  enum Step {
    SPEAK
  }

  /** The type {@code echo}. */
  public ResourceType<State> type() {
    return ResourceType.of(
            "echo",
            state(State.SPEAKING).decide(this::speaking).to(State.QUIET),
            state(State.QUIET).decide(t -> t.stay()).rests())
        .fields(TEXT, SAID)
        .tasks(TaskType.of(SAY, state(Step.SPEAK).blocking(this::speak).finishes()));
  }

  // A resource decides: run again whenever its task starts, ends or panics.
  private Next<State> speaking(Tick<State> t) {
    return t.task(SAY) == FINISHED ? t.go(State.QUIET) : t.stay().ensure(SAY);
  }

  // A task does: this is where a program would touch the world.
  private Next<Step> speak(Tick<Step> t) {
    return t.finish().with(SAID, t.get(TEXT)).because("it was asked to");
  }
}
