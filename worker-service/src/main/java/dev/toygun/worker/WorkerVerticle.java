package dev.toygun.worker;

import dev.toygun.TypeSet;
import dev.toygun.crypto.Keyring;
import dev.toygun.queue.Leases;
import dev.toygun.queue.Queue;
import dev.toygun.store.Work;
import dev.toygun.time.Time;
import dev.toygun.trace.Spans;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a worker on an event loop of its own. */
public final class WorkerVerticle extends VerticleBase {
  private final WorkerSettings settings;
  private final Parts parts;
  private final int threads;
  private final Duration grace;
  private final Pulse pulse;
  private @Nullable Worker worker;
  private volatile @Nullable ThreadSteps steps;

  /** What a worker works with. */
  public record Parts(
      TypeSet types,
      Time time,
      Work store,
      Queue queue,
      Leases leases,
      Keyring keyring,
      MeterRegistry metrics,
      Spans spans) {}

  /**
   * A worker to deploy.
   *
   * @param threads for blocking steps
   * @param grace how long an undeploy waits for what is in flight
   */
  public WorkerVerticle(WorkerSettings settings, Parts parts, int threads, Duration grace) {
    this.settings = settings;
    this.parts = parts;
    this.pulse = new Pulse(parts.time());
    this.threads = threads;
    this.grace = grace;
  }

  @Override
  public Future<?> start() {
    Context loop = context;
    ThreadSteps made = new ThreadSteps(code -> loop.runOnContext(run -> code.run()), threads);
    steps = made;
    Gauge.builder("toygun_stuck_threads_ratio", made, ThreadSteps::stuck)
        .description("threads whose code was given up and still runs, of all")
        .register(parts.metrics());
    Gauge.builder("toygun_busy_threads_ratio", made, ThreadSteps::busy)
        .description("threads that run blocking steps, of TOYGUN_BLOCKING_THREADS")
        .register(parts.metrics());
    Worker begun =
        new Worker(
            settings,
            parts.types(),
            parts.time(),
            parts.store(),
            parts.queue(),
            parts.leases(),
            made,
            parts.keyring(),
            parts.metrics(),
            parts.spans());
    worker = begun;
    pulse.start();
    return begun.start();
  }

  /** What is wrong with it, that will not get better by itself. From any thread, at once. */
  public Optional<String> sick() {
    if (!pulse.isThere()) {
      return Optional.of(
          "its event loop has not turned for %d s: the code of a decide or an async step does not"
                  .formatted(Pulse.MISSED.toSeconds())
              + " return (the log says where it stands); make it blocking, and start the worker again");
    }
    return steps == null || steps.stuck() < 0.25
        ? Optional.empty()
        : Optional.of("a quarter of its threads or more run user code that ignores its limit");
  }

  @Override
  public Future<?> stop() {
    Future<?> drained = worker == null ? Future.succeededFuture() : worker.drain(grace);
    return drained.eventually(
        () -> {
          pulse.stop();
          if (steps != null) {
            steps.close();
          }
          return Future.succeededFuture();
        });
  }
}
