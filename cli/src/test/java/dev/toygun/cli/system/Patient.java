package dev.toygun.cli.system;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.StateDef.state;

import dev.toygun.Backoff;
import dev.toygun.Field;
import dev.toygun.Handling;
import dev.toygun.Next;
import dev.toygun.Panicked;
import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Setting;
import dev.toygun.Snapshot;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A resource that walks, step by step, and has an ailment: what goes wrong with it is known. */
public final class Patient implements ResourceTypes {
  static final String TYPE = "patient";
  static final TaskName WALK = TaskName.of("walk");
  static final TaskName AIL = TaskName.of("ail");
  static final TaskName CURE = TaskName.of("cure");
  static final Field<String> AILMENT = Field.text("ailment").required();
  static final Field<Long> LENGTH = Field.integer("length").required();
  static final Field<Long> WALKED = Field.integer("walked").initially(0L);
  static final Field<Instant> UNTIL = Field.instant("until");
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final Duration REST = Duration.ofMillis(1_500);
  private static final Duration SHOUT = Duration.ofSeconds(2);

  /** What a patient has, and which alarm is to be told of it. */
  enum Ailment {
    /** Nothing goes wrong. */
    NONE("", false),
    /** It panics, and nobody handles that. */
    BREAKS("panic", false),
    /** It panics, and its resource takes another task instead: nobody is to hear of it. */
    HEALS("", false),
    /** It fails at every try. */
    FAILS("panic", false),
    /** It says itself that something is wrong, and that it is over. */
    SHOUTS("shout", true),
    /** It waits for something that never comes. */
    LINGERS("timeout", false),
    /** It has walked its whole way, which is an alarm here. */
    TIRES("tired", false);

    private final String alarm;
    private final boolean ends;

    Ailment(String alarm, boolean ends) {
      this.alarm = alarm;
      this.ends = ends;
    }

    /** The alarm that is told; empty where none may be. */
    String alarm() {
      return alarm;
    }

    /** Whether it is told too that this is over. */
    boolean ends() {
      return ends;
    }

    /** That of the n-th patient. */
    static Ailment of(int n) {
      return values()[n % values().length];
    }
  }

  enum Life {
    ADMITTED,
    LIVING
  }

  enum Walk {
    STEP,
    REST
  }

  enum Ail {
    BEGIN,
    SHOUTING,
    LINGERING
  }

  enum Cure {
    TAKE
  }

  @Override
  public List<ResourceType<?>> types(Setting setting) {
    return List.of(
        ResourceType.of(
                TYPE,
                state(Life.ADMITTED)
                    .decide(t -> t.go(Life.LIVING).start(WALK).start(AIL))
                    .to(Life.LIVING),
                state(Life.LIVING).decide(t -> t.stay()).rests())
            .fields(AILMENT, LENGTH, WALKED)
            .tasks(walk(setting.vertx()), ail(), cure())
            .alarms(
                alarm("shout"),
                alarm("tired", s -> is(s, Ailment.TIRES) && s.get(WALKED) >= s.get(LENGTH)))
            .onPanic((t, who, error) -> handle(t, who)));
  }

  private static boolean is(Snapshot s, Ailment ailment) {
    return s.get(AILMENT).equals(ailment.name());
  }

  private static Handling handle(Snapshot t, Panicked who) {
    return is(t, Ailment.HEALS) && who.task().equals(Optional.of(AIL))
        ? Handling.start(CURE)
        : Handling.decline("there is no cure");
  }

  /** Each step is counted in the resource, in the commit that moves. */
  private static TaskType<Walk> walk(Vertx vertx) {
    return TaskType.of(
            WALK,
            state(Walk.STEP).async(t -> step(vertx, t)).to(Walk.REST),
            state(Walk.REST).decide(Patient::rest).to(Walk.STEP).finishes())
        .fields(UNTIL);
  }

  private static Future<Next<Walk>> step(Vertx vertx, Tick<Walk> t) {
    return vertx
        .timer(MOMENT.toMillis(), TimeUnit.MILLISECONDS)
        .map(
            fired ->
                t.go(Walk.REST).with(WALKED, t.get(WALKED) + 1).with(UNTIL, t.now().plus(REST)));
  }

  private static Next<Walk> rest(Tick<Walk> t) {
    if (t.get(WALKED) >= t.get(LENGTH)) {
      return t.finish();
    }
    Duration left = Duration.between(t.now(), t.get(UNTIL));
    return left.isNegative() || left.isZero() ? t.go(Walk.STEP) : t.pause(left);
  }

  private static TaskType<Ail> ail() {
    return TaskType.of(
            AIL,
            state(Ail.BEGIN)
                .decide(Patient::begin)
                .to(Ail.SHOUTING, Ail.LINGERING)
                .finishes()
                .retries(2, Backoff.fixed(Duration.ofMillis(200))),
            state(Ail.SHOUTING).decide(Patient::shouting).finishes(),
            state(Ail.LINGERING).decide(t -> t.stay()).waits().within(Duration.ofSeconds(4)))
        .fields(UNTIL);
  }

  private static Next<Ail> begin(Tick<Ail> t) {
    return switch (Ailment.valueOf(t.get(AILMENT))) {
      case NONE, TIRES -> t.finish();
      case BREAKS, HEALS -> t.panic("Broken", "no way");
      case FAILS -> throw new IllegalStateException("it does not work");
      case SHOUTS -> t.go(Ail.SHOUTING).raise("shout", "ouch").with(UNTIL, t.now().plus(SHOUT));
      case LINGERS -> t.go(Ail.LINGERING);
    };
  }

  private static Next<Ail> shouting(Tick<Ail> t) {
    Duration left = Duration.between(t.now(), t.get(UNTIL));
    return left.isNegative() || left.isZero() ? t.finish().clear("shout") : t.pause(left);
  }

  private static TaskType<Cure> cure() {
    return TaskType.of(CURE, state(Cure.TAKE).decide(t -> t.finish()).finishes());
  }
}
