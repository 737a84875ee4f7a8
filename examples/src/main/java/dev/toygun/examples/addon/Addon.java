package dev.toygun.examples.addon;

import static dev.toygun.Availability.ONLINE;
import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.FINISHED;
import static dev.toygun.examples.addon.Addon.State.AUTHORIZING;
import static dev.toygun.examples.addon.Addon.State.CREATING;
import static dev.toygun.examples.addon.Addon.State.HANDING_OVER;
import static dev.toygun.examples.addon.Addon.State.READY;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.ResourceView;
import dev.toygun.Secret;
import dev.toygun.Snapshot;
import dev.toygun.Tick;
import dev.toygun.Values;
import dev.toygun.examples.postgres.LocalPostgres;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** An add-on that an app of Heroku has: a database server of its own, and what it is told of it. */
public final class Addon {
  static final String TYPE = "addon";

  /** As Heroku knows it. */
  static final Field<UUID> ADDON = Field.uuid("addon").required();

  static final Field<String> PLAN = Field.text("plan").oneOf("hobby", "standard").required();

  /** As people at Heroku know it. */
  static final Field<String> NAME = Field.text("name").length(200).indexed();

  static final Field<String> REGION = Field.text("region").length(200);

  /** The code that Heroku gives a provider once, to be exchanged for tokens. */
  static final Field<Secret> GRANT = Field.secret("grant").required();

  static final Field<Secret> ACCESS = Field.secret("access").internal();
  static final Field<Secret> REFRESH = Field.secret("refresh").internal();

  /** When {@link #ACCESS} is too old. */
  static final Field<Instant> EXPIRES = Field.instant("expires").internal();

  /** Of the database. */
  static final Field<Secret> PASSWORD = Field.secret("password").internal();

  enum State {
    AUTHORIZING,
    CREATING,
    HANDING_OVER,
    READY
  }

  private final Heroku heroku;

  Addon(Heroku heroku) {
    this.heroku = heroku;
  }

  /**
   * The type over Heroku itself.
   *
   * @param api {@code https://api.heroku.com}
   * @param id {@code https://id.heroku.com}
   * @param secret the client secret from the provider's portal
   * @param onClose is given what closes it
   */
  public static Addon over(
      Vertx vertx, URI api, URI id, Secret secret, Consumer<Runnable> onClose) {
    HttpHeroku heroku = new HttpHeroku(vertx, api, id, secret);
    onClose.accept(heroku::close);
    return new Addon(heroku);
  }

  /** The type {@code addon}. */
  public ResourceType<State> type() {
    return ResourceType.of(
            TYPE,
            state(AUTHORIZING).decide(Addon::authorizing).to(CREATING),
            state(CREATING).decide(Addon::creating).to(HANDING_OVER),
            state(HANDING_OVER).decide(Addon::handingOver).to(READY),
            state(READY).decide(Addon::ready).rests())
        .fields(ADDON, PLAN, NAME, REGION, GRANT, ACCESS, REFRESH, EXPIRES, PASSWORD)
        .children(LocalPostgres.TYPE)
        .tasks(new Authorize(heroku).type(), new Handover(heroku).type());
  }

  private static Next<State> authorizing(Tick<State> t) {
    return t.task(Authorize.NAME) == FINISHED
        ? t.go(CREATING)
            .create(
                LocalPostgres.TYPE, "database", Values.of(LocalPostgres.PASSWORD, t.get(PASSWORD)))
        : t.stay().ensure(Authorize.NAME);
  }

  private static Next<State> creating(Tick<State> t) {
    return server(t).filter(LocalPostgres::isAvailable).isPresent()
        ? t.go(HANDING_OVER).because("its server answers")
        : t.stay();
  }

  private static Next<State> handingOver(Tick<State> t) {
    return t.task(Handover.NAME) == FINISHED ? t.go(READY) : t.stay().ensure(Handover.NAME);
  }

  // The server's own alarms say what is wrong with it: this one is for whoever looks at the add-on.
  private static Next<State> ready(Tick<State> t) {
    return t.stay().observe(server(t).filter(s -> s.availability() == ONLINE).isPresent());
  }

  /** Its database server, once there is one. */
  static Optional<ResourceView> server(Snapshot addon) {
    return addon.children(LocalPostgres.TYPE).stream().findFirst();
  }
}
