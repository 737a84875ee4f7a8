package dev.toygun.cli.system;

import static dev.toygun.StateDef.state;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Secret;
import dev.toygun.Setting;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** A resource with a task of ten steps, each of which takes a moment. */
public final class Chain implements ResourceTypes {
  static final String TYPE = "chain";
  static final TaskName WALK = TaskName.of("walk");
  static final Field<Secret> TOKEN = Field.secret("token");
  static final Field<Long> SEEN = Field.integer("seen").initially(0L);
  private static final Duration MOMENT = Duration.ofMillis(100);

  /** Fails with a message that quotes the secret, as drivers do. */
  static final TaskName LEAK = TaskName.of("leak");

  enum Leak {
    LEAKING
  }

  enum State {
    WALKING,
    THERE
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

  @Override
  public List<ResourceType<?>> types(Setting setting) {
    Vertx vertx = setting.vertx();
    TaskType<Step> walk =
        TaskType.of(
                WALK,
                state(Step.ONE).async(t -> next(vertx, t, Step.TWO)).to(Step.TWO),
                state(Step.TWO).async(t -> next(vertx, t, Step.THREE)).to(Step.THREE),
                state(Step.THREE).async(t -> next(vertx, t, Step.FOUR)).to(Step.FOUR),
                state(Step.FOUR).async(t -> next(vertx, t, Step.FIVE)).to(Step.FIVE),
                state(Step.FIVE).async(t -> next(vertx, t, Step.SIX)).to(Step.SIX),
                state(Step.SIX).async(t -> next(vertx, t, Step.SEVEN)).to(Step.SEVEN),
                state(Step.SEVEN).async(t -> next(vertx, t, Step.EIGHT)).to(Step.EIGHT),
                state(Step.EIGHT).async(t -> next(vertx, t, Step.NINE)).to(Step.NINE),
                state(Step.NINE).async(t -> next(vertx, t, Step.TEN)).to(Step.TEN),
                state(Step.TEN).blocking(t -> t.finish().with(SEEN, t.get(SEEN) + 1)).finishes())
            .fields(SEEN);
    return List.of(
        ResourceType.of(
                TYPE,
                state(State.WALKING).decide(Chain::walking).to(State.THERE),
                state(State.THERE).decide(t -> t.stay()).rests())
            .fields(TOKEN)
            .tasks(walk, leak()));
  }

  private static TaskType<Leak> leak() {
    return TaskType.of(
        LEAK,
        state(Leak.LEAKING)
            .blocking(
                t -> {
                  throw new IllegalStateException(
                      "cannot log in with password " + t.get(TOKEN).reveal());
                })
            .finishes()
            .retries(1, dev.toygun.Backoff.fixed(Duration.ofMillis(100))));
  }

  private static Next<State> walking(Tick<State> t) {
    return t.task(WALK) == TaskStatus.FINISHED ? t.go(State.THERE) : t.stay().ensure(WALK);
  }

  private static Future<Next<Step>> next(Vertx vertx, Tick<Step> t, Step to) {
    return vertx
        .timer(MOMENT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
        .map(fired -> t.go(to).with(SEEN, t.get(SEEN) + 1).because("on to " + to));
  }
}
