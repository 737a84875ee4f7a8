package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.store.Committed;
import dev.toygun.store.Outcome;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a state says while it stays, from its code to the history. */
class SaidOnceTest extends WorkerRig {
  private static final TaskName LOOK = TaskName.of("look");

  enum State {
    KEPT
  }

  enum Eye {
    OPEN
  }

  private final List<Outcome> committed = new ArrayList<>();
  private int looks;

  private final class Noted extends Rows {
    @Override
    public Future<List<Committed>> commit(List<Outcome> group) {
      committed.addAll(group);
      return super.commit(group);
    }
  }

  private String sees() {
    looks++;
    return looks <= 5 ? "nobody is there" : "eve is there";
  }

  private ResourceType<State> type() {
    return ResourceType.of(
            "thing",
            state(State.KEPT).decide(t -> t.stay().ensure(LOOK).because("it is kept")).rests())
        .tasks(
            TaskType.of(
                LOOK,
                state(Eye.OPEN)
                    .decide(t -> t.pause(ofMillis(100)).because(sees()).note("looked"))));
  }

  @Test
  void whatItSaysIsInTheHistoryAndOnceWhereItSaysTheSame() {
    work(type(), new Noted(), leases);
    time.advance(ofSeconds(5));
    assertThat(looks).isGreaterThan(20);
    SubjectKey task = store.tasks(thing).stream().map(TaskRow::key).findFirst().orElseThrow();
    assertThat(store.history().said(task))
        .extracting(said -> said.what().text())
        .containsExactly("nobody is there; looked", "eve is there; looked");
    assertThat(committed.stream().filter(o -> o.subject().equals(task)).skip(1))
        .as("the second time it is as if nothing were said")
        .filteredOn(outcome -> !outcome.isPlain())
        .hasSizeLessThanOrEqualTo(2);
    // In its first tick it came out of __new__, and that is why.
    assertThat(store.history().moves(SubjectKey.ofResource(thing)))
        .extracting(moved -> moved.transition().message())
        .containsExactly("it is kept");
  }
}
