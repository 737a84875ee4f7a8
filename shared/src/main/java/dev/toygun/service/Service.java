package dev.toygun.service;

import dev.toygun.alert.CourierVerticle;
import dev.toygun.alert.LastResort;
import dev.toygun.alert.LastResortVerticle;
import dev.toygun.store.AlarmSinks;
import dev.toygun.store.Liveness;
import dev.toygun.store.PgOutbox;
import dev.toygun.store.SystemWatch;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service: ground to stand on, a window to look in, and verticles that do the work. It starts
 * when everything it stands on is there, and stops by finishing what it has begun.
 */
public final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final Duration STOP_MARGIN = Duration.ofSeconds(5);

  private final Ground ground;
  private final HealthServer window;
  private final Promise<Void> stopping = Promise.promise();
  private final Queue<String> deployed = new ConcurrentLinkedQueue<>();

  private Service(Ground ground, HealthServer window) {
    this.ground = ground;
    this.window = window;
  }

  /** What a kind of service is. */
  public interface Body {
    /** What it is called: {@code clock}, {@code worker}, {@code api}. */
    String name();

    /** The settings that it cannot do without. */
    default List<Key<?>> needs() {
      return List.of(Keys.DATABASE_URL, Keys.REDIS_URL, Keys.KEYCHAIN);
    }

    /** Whether its work can begin only once Postgres and Redis are there. */
    default boolean needsSolidGround() {
      return true;
    }

    /** Makes what does the work. Called on a thread that may block. */
    List<Limb> limbs(Ground ground);
  }

  /**
   * A part of a service that does work.
   *
   * @param sick what is wrong with it, asked at each question after the health; answers at once
   */
  public record Limb(String name, Deployable verticle, Supplier<Optional<String>> sick) {
    public Limb(String name, Deployable verticle) {
      this(name, verticle, Optional::empty);
    }
  }

  /**
   * Opens the window. The rest waits for {@link #start}. Fails with a {@link
   * HealthServer.CannotListen}.
   */
  public static Future<Service> open(Ground ground) {
    Config config = ground.config();
    ground.readiness().waiting("start", "the service has not started yet");
    return HealthServer.listen(
            ground.vertx(),
            config.get(Keys.HOST),
            config.get(Keys.METRICS_PORT),
            ground.readiness(),
            ground.metrics())
        .map(window -> new Service(ground, window));
  }

  /** Waits for the ground, and then starts the verticles, one after the other. */
  public Future<Void> start(Body body) {
    Vertx vertx = ground.vertx();
    LOG.info("{} starts; health, readiness and figures on port {}", body.name(), window.port());
    Promise<Void> started = Promise.promise();
    Future<Void> solid = ground.solid();
    // It is for when there is no ground, so it does not wait for it.
    deploy(List.of(new Limb("last resort", new LastResortVerticle(lastResort(body)))))
        .onFailure(error -> LOG.warn("there is no last resort: {}", error.toString()));
    (body.needsSolidGround() ? solid : Future.<Void>succeededFuture())
        .compose(begin -> vertx.executeBlocking(() -> body.limbs(ground)))
        .compose(this::deploy)
        .compose(deployed -> deploy(List.of(new Limb("courier", courier()))))
        .compose(deployed -> deploy(List.of(new Limb("lookout", lookout(body)))))
        .onSuccess(
            done -> {
              ground.readiness().there("start");
              LOG.info("{} is ready", body.name());
            })
        .onComplete(started::tryComplete, started::tryFail);
    // Asked to stop while it still waits: then that is how the start ends.
    stopping.future().onSuccess(started::tryComplete);
    return started.future();
  }

  /** Every service delivers, so that somebody is told as long as one of them lives. */
  private CourierVerticle courier() {
    return new CourierVerticle(
        new CourierVerticle.Parts(
            ground.time(),
            new PgOutbox(ground.database()),
            new AlarmSinks(ground.database()),
            ground.sinks(),
            ground.metrics()));
  }

  private LastResort lastResort(Body body) {
    Config config = ground.config();
    return new LastResort(
        ground.time(),
        body.name(),
        config.get(Keys.DATABASE_URL).toString(),
        () -> Optional.ofNullable(ground.readiness().missing().get("postgres")),
        config.find(Keys.LAST_RESORT).orElse(List.of()),
        ground.sinks()::send);
  }

  /** Every service looks after the whole, so that somebody does as long as one of them lives. */
  private LookoutVerticle lookout(Body body) {
    SystemWatch system = new SystemWatch(ground.database());
    String id = body.name() + "-" + ground.time().uuid();
    Audit audit =
        new Audit(id, ground.store(), new Liveness(ground.database()), system, ground.leases())
            .measuredBy(ground.metrics())
            .opening(new Suspects(id, ground.time(), ground.store(), ground.queue(), system));
    return new LookoutVerticle(new Lookout(ground.time(), system, ground.queue(), audit));
  }

  private Future<Void> deploy(List<Limb> limbs) {
    Future<Void> done = Future.succeededFuture();
    for (Limb limb : limbs) {
      done =
          done.compose(
              before -> {
                ground.readiness().watch(limb.name(), limb.sick());
                return ground
                    .vertx()
                    .deployVerticle(limb.verticle())
                    .onSuccess(deployed::add)
                    .mapEmpty();
              });
    }
    return done;
  }

  /** The port of health, readiness and figures. */
  public int windowPort() {
    return window.port();
  }

  public Ground ground() {
    return ground;
  }

  /**
   * Finishes what was begun, at most for {@link Keys#DRAIN}, and gives everything back. All parts
   * are asked at once: each may need all of that time, and none needs another. Never fails.
   */
  public Future<Void> stop() {
    Duration most = ground.config().get(Keys.DRAIN).plus(STOP_MARGIN);
    ground.readiness().waiting("stop", "the service is stopping");
    stopping.tryComplete();
    return Future.join(deployed.stream().map(ground.vertx()::undeploy).toList())
        .timeout(most.toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            undeployed -> {
              if (undeployed.failed()) {
                LOG.warn("Stopped before all was finished: {}", undeployed.cause().toString());
              }
              return window.close();
            })
        .transform(closed -> ground.close());
  }
}
