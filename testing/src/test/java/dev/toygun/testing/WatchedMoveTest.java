package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.store.Committed;
import dev.toygun.store.Outcome;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the moves of a resource that has alarms cost: what they cost without, until one opens. */
class WatchedMoveTest extends WorkerRig {
  private static final TaskName WALK = TaskName.of("walk");
  private static final Field<Long> STEPS = Field.integer("steps");

  enum State {
    KEPT
  }

  enum Foot {
    LEFT,
    RIGHT
  }

  private final List<Outcome> committed = new ArrayList<>();
  private int judged;

  private final class Noted extends Rows {
    @Override
    public Future<List<Committed>> commit(List<Outcome> group) {
      committed.addAll(group);
      return super.commit(group);
    }
  }

  private ResourceType<State> type(long bad) {
    return ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay().ensure(WALK)).rests())
        .tasks(
            TaskType.of(
                    WALK,
                    state(Foot.LEFT)
                        .decide(t -> t.go(Foot.RIGHT).with(STEPS, t.find(STEPS).orElse(0L) + 1))
                        .to(Foot.RIGHT),
                    state(Foot.RIGHT)
                        .decide(
                            t -> t.get(STEPS) < 5 ? t.go(Foot.LEFT) : t.stay().with(STEPS, 100L))
                        .to(Foot.LEFT)
                        .waits())
                .fields(STEPS))
        .alarms(
            alarm(
                "bad",
                s -> {
                  judged++;
                  return s.taskView(WALK).flatMap(walk -> walk.find(STEPS)).orElse(0L) >= bad;
                }));
  }

  private List<Outcome> ofTask() {
    return committed.stream().filter(outcome -> !outcome.subject().isResource()).toList();
  }

  @Test
  void theMovesOfWhatIsWellArePlain() {
    work(type(1_000), new Noted(), leases);
    time.advance(ofSeconds(5));
    assertThat(judged).isPositive();
    int once = judged;
    assertThat(ofTask()).hasSizeGreaterThan(8).allMatch(Outcome::isPlain);
    time.advance(ofSeconds(60));
    assertThat(judged).as("nothing is judged that nothing happens to").isEqualTo(once);
    assertThat(committed).noneMatch(Outcome::isJudgement);
  }

  @Test
  void onlyTheMoveThatMakesAnAlarmTrueIsMoreThanPlain() {
    work(type(100), new Noted(), leases);
    time.advance(ofSeconds(5));
    List<Outcome> moves = ofTask();
    assertThat(moves).hasSizeGreaterThan(8);
    assertThat(moves.subList(0, moves.size() - 1)).allMatch(Outcome::isPlain);
    assertThat(moves.get(moves.size() - 1).then()).isNotNull().matches(Outcome::isJudgement);
    assertThat(committed.stream().filter(Outcome::isJudgement)).as("none by itself").isEmpty();
  }
}
