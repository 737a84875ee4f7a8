package dev.toygun.api;

import dev.toygun.queue.Tickets;
import dev.toygun.service.Build;
import dev.toygun.service.Config;
import dev.toygun.service.Ground;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.service.Service;
import dev.toygun.store.AlarmOperations;
import dev.toygun.store.AlarmSinks;
import dev.toygun.store.ApiKeys;
import dev.toygun.store.Audit;
import dev.toygun.store.Database;
import dev.toygun.store.Events;
import dev.toygun.store.Explanations;
import dev.toygun.store.Idempotency;
import dev.toygun.store.Operations;
import dev.toygun.store.PgOutbox;
import dev.toygun.store.Place;
import dev.toygun.store.Refusal;
import dev.toygun.store.Runs;
import dev.toygun.store.Sessions;
import dev.toygun.store.Subtrees;
import dev.toygun.store.Uptimes;
import dev.toygun.store.Views;
import dev.toygun.store.Views.ResourceQuery;
import dev.toygun.store.ViewsPg;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The API as a service. */
public final class ApiService implements Service.Body {
  private static final int NO_METRICS = -1;

  /** Who has the database makes keys without a key. */
  private static final String DIRECTLY = "command line";

  private @Nullable ApiVerticle verticle;

  /** Makes one; what it needs it gets when it starts. */
  public ApiService() {}

  /** Runs the API until it is asked to stop. */
  public static void main(String[] words) {
    Launcher.main(new ApiService());
  }

  @Override
  public String name() {
    return "api";
  }

  /** It answers without them too: that it is not ready. */
  @Override
  public boolean needsSolidGround() {
    return false;
  }

  @Override
  public List<Service.Limb> limbs(Ground ground) {
    Config config = ground.config();
    ApiSettings usual = ApiSettings.local(config.get(Keys.PORT), NO_METRICS);
    ApiSettings settings =
        new ApiSettings(
            config.get(Keys.HOST),
            usual.port(),
            usual.metricsPort(),
            usual.requestTime(),
            usual.ratePerSecond(),
            usual.burst(),
            usual.heartbeat(),
            config.find(Keys.OIDC),
            config.find(Keys.SLACK));
    Time time = ground.time();
    Database database = ground.database();
    ApiVerticle made =
        new ApiVerticle(
            settings,
            new ApiVerticle.Parts(
                time,
                ground.store(),
                new Operations(
                    ground.store(),
                    Tickets.announcing(ground.queue(), time),
                    time,
                    name(),
                    Build.id()),
                new AlarmOperations(ground.store(), name(), Build.id()),
                new ViewsPg(database),
                new Subtrees(database),
                new Runs(database),
                new Explanations(database),
                new Uptimes(database),
                new Events(database),
                ground.queue(),
                ground.leases(),
                new ApiKeys(database),
                new Sessions(database),
                new Idempotency(database),
                new Audit(database),
                new AlarmSinks(database),
                new PgOutbox(database),
                ground.sinks(),
                ground.keyring(),
                ground.metrics(),
                ground.spans(),
                List.of(
                    new Need("Postgres", database::check),
                    new Need("Redis", () -> missing(ground, "redis")))));
    verticle = made;
    return List.of(new Service.Limb(name(), made, Optional::empty));
  }

  /* The ground watches Redis itself; without it work is only slower, but somebody should look. */
  private static Future<Void> missing(Ground ground, String part) {
    String why = ground.readiness().missing().get(part);
    return why == null ? Future.succeededFuture() : Future.failedFuture(why);
  }

  /** The port that it listens on, once it does. */
  public int port() {
    if (verticle == null) {
      throw new IllegalStateException("the API has not started");
    }
    return verticle.port();
  }

  /**
   * Makes an API key that is not limited and does not expire, straight in the database.
   *
   * @param role the stored name of a {@link Role}
   * @return the key: a secret, and kept nowhere. Fails with a {@link Refusal} of code {@code
   *     EXISTS} where a key of this name is in use
   */
  public static Future<String> makeKey(Database database, Time time, String name, String role) {
    return makeKey(database, time, name, role, List.of(), null, null);
  }

  /**
   * A resource that has not ended, straight from the database.
   *
   * @param name its type and label, as {@code website/home}, or its uuid
   * @return fails with a {@link Refusal} where there is none, or more than one
   */
  public static Future<UUID> named(Database database, String name) {
    Views views = new ViewsPg(database);
    int slash = name.indexOf('/');
    return (slash < 0 ? byUuid(views, name) : labelled(views, name, slash))
        .map(
            found -> {
              if (found.size() != 1) {
                throw new Refusal(
                    Refusal.Code.NOT_FOUND,
                    "%s resource is called %s and has not ended: give its TYPE/NAME, or its uuid"
                        .formatted(found.isEmpty() ? "no" : "more than one", name));
              }
              return found.get(0);
            });
  }

  private static Future<List<UUID>> labelled(Views views, String name, int slash) {
    ResourceQuery query =
        new ResourceQuery(
            name.substring(0, slash),
            name.substring(slash + 1),
            null,
            null,
            null,
            "[]",
            false,
            null,
            Views.Order.LABEL,
            null,
            2);
    return views.resources(query).map(page -> page.rows().stream().map(row -> row.uuid()).toList());
  }

  private static Future<List<UUID>> byUuid(Views views, String name) {
    return views
        .places(Set.of(Parameters.uuid("--under", name)))
        .map(places -> places.values().stream().filter(Place::active).map(Place::uuid).toList());
  }

  /**
   * The same.
   *
   * @param types what it is limited to; nothing where there are none
   * @param under the root of the tree that it is limited to; null for none
   * @param expiresAt null for never
   */
  public static Future<String> makeKey(
      Database database,
      Time time,
      String name,
      String role,
      List<String> types,
      @Nullable UUID under,
      @Nullable Instant expiresAt) {
    KeyText key = KeyText.make(time);
    UUID uuid = time.uuid();
    Audit audit = new Audit(database);
    JsonObject details = new JsonObject().put("name", name).put("role", role);
    if (!types.isEmpty()) {
      details.put("types", new JsonArray(types));
    }
    if (under != null) {
      details.put("under", under.toString());
    }
    if (expiresAt != null) {
      details.put("expires_at", expiresAt.toString());
    }
    Audit.Entry entry =
        new Audit.Entry(
            DIRECTLY,
            null,
            "createKey",
            null,
            uuid,
            "",
            true,
            null,
            "",
            "",
            null,
            details.encode());
    KeyScope scope = KeyScope.of(types).under(under);
    ApiKeys.NewKey stored = key.stored(uuid, name, role, DIRECTLY, expiresAt, scope);
    return audit
        .write(entry)
        .compose(
            row ->
                new ApiKeys(database).insert(stored).compose(made -> audit.result(row, 201, null)))
        .map(noted -> key.reveal());
  }
}
