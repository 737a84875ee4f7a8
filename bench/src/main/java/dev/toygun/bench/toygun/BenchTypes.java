package dev.toygun.bench.toygun;

import static dev.toygun.StateDef.state;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Setting;
import dev.toygun.StateDef;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.bench.Hold;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** What the worker runs: a resource that rests, and tasks whose steps do nothing but count. */
public final class BenchTypes implements ResourceTypes {
  static final String TYPE = "bench";

  /** Another type, whose ticks are many and long. */
  static final String HEAVY = "heavy";

  /** Ten steps that answer with futures. */
  static final TaskName WALK = TaskName.of("walk");

  /** Ten steps that may block. */
  static final TaskName TRUDGE = TaskName.of("trudge");

  /** Ten steps that wait, on threads. */
  static final TaskName WAIT = TaskName.of("wait");

  /** One step that waits, of the other type. */
  static final TaskName HAUL = TaskName.of("haul");

  /** How long those wait that do. */
  private static final long WAIT_MS = 10;

  /** One step. */
  static final TaskName JOB = TaskName.of("job");

  /** A check every minute that changes nothing. */
  static final TaskName WATCH = TaskName.of("watch");

  enum State {
    READY
  }

  enum Step {
    ONE,
    TWO,
    THREE,
    FOUR,
    FIVE,
    SIX,
    SEVEN,
    EIGHT,
    NINE,
    TEN
  }

  private static final List<Step> STEPS = List.of(Step.values());

  enum Job {
    DOING
  }

  enum Watch {
    CHECKING
  }

  /** Made by the worker. */
  public BenchTypes() {}

  @Override
  public List<ResourceType<?>> types(Setting setting) {
    Tally tally = new Tally();
    setting
        .config(Tally.PORT)
        .ifPresent(port -> tally.serve(setting.vertx(), Integer.parseInt(port)));
    return List.of(
        ResourceType.of(TYPE, state(State.READY).decide(t -> t.stay()).rests())
            .tasks(walk(tally), trudge(tally), waiting(tally), job(tally), watch(tally)),
        ResourceType.of(HEAVY, state(State.READY).decide(t -> t.stay()).rests())
            .tasks(haul(tally)));
  }

  private static TaskType<Step> walk(Tally tally) {
    return chain(WALK, (row, step) -> row.async(t -> Future.succeededFuture(on(t, step, tally))));
  }

  private static TaskType<Step> trudge(Tally tally) {
    return chain(TRUDGE, (row, step) -> row.blocking(t -> on(t, step, tally)));
  }

  private static TaskType<Step> waiting(Tally tally) {
    return chain(
        WAIT,
        (row, step) ->
            row.blocking(
                t -> {
                  Thread.sleep(WAIT_MS);
                  return on(t, step, tally);
                }));
  }

  private static TaskType<Job> haul(Tally tally) {
    return TaskType.of(
        HAUL,
        state(Job.DOING)
            .blocking(
                t -> {
                  Thread.sleep(WAIT_MS);
                  tally.hauled();
                  return t.finish();
                })
            .finishes());
  }

  /** Gives a state its code. */
  private interface Coding {
    StateDef<Step> code(StateDef<Step> row, int step);
  }

  @SuppressWarnings("unchecked") // An array of a generic type, for varargs.
  private static TaskType<Step> chain(TaskName name, Coding coding) {
    List<StateDef<Step>> rows = new ArrayList<>();
    for (int step = 0; step < STEPS.size(); step++) {
      StateDef<Step> row = coding.code(state(STEPS.get(step)), step);
      rows.add(isLast(step) ? row.finishes() : row.to(STEPS.get(step + 1)));
    }
    return TaskType.of(name, rows.toArray(StateDef[]::new));
  }

  private static boolean isLast(int step) {
    return step == STEPS.size() - 1;
  }

  private static Next<Step> on(Tick<Step> t, int step, Tally tally) {
    tally.step(t.uuid(), step);
    return isLast(step) ? t.finish() : t.go(STEPS.get(step + 1));
  }

  private static TaskType<Job> job(Tally tally) {
    return TaskType.of(
        JOB,
        state(Job.DOING)
            .async(
                t -> {
                  tally.step(t.uuid(), 0);
                  return Future.succeededFuture(t.finish());
                })
            .finishes());
  }

  private static TaskType<Watch> watch(Tally tally) {
    return TaskType.of(
        WATCH,
        state(Watch.CHECKING)
            .async(
                t -> {
                  if (tally.fails(t.uuid())) {
                    return Future.failedFuture(new IllegalStateException("it does not answer"));
                  }
                  tally.check(t.uuid());
                  return Future.succeededFuture(t.stay());
                })
            .every(Hold.PERIOD)
            .finishes());
  }
}
