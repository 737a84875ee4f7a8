package dev.toygun.worker;

import dev.toygun.store.Cause;
import dev.toygun.store.Stamp;
import dev.toygun.store.TaskRow;
import dev.toygun.time.Time;

/** Whom and what history names for a tick. */
final class Stamps {
  private final Time time;
  private final WorkerSettings settings;
  private final Telemetry telemetry;

  Stamps(Time time, WorkerSettings settings, Telemetry telemetry) {
    this.time = time;
    this.settings = settings;
    this.telemetry = telemetry;
  }

  /** What an errand was asked for by, for its first tick; and whoever started a task, for its. */
  Stamp of(Errand errand, Subject subject) {
    Cause cause = errand.ticks <= 1 ? errand.cause : Cause.CLOCK;
    String actor = "system";
    if (subject.row().step() == 0 && subject.task() != null) {
      TaskRow row = subject.family().task(subject.key()).orElseThrow();
      cause = row.cause();
      actor = row.startedBy();
    }
    return new Stamp(
        cause,
        actor,
        settings.id(),
        settings.build(),
        time.uuid(),
        errand.trace,
        telemetry.delays(errand, subject));
  }
}
