package dev.toygun.worker;

import dev.toygun.store.Family;
import dev.toygun.store.Forecast;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides what follows before its cause is committed. A task that ends, or writes its resource,
 * makes the resource decide again: that decision is pure, so it is made at once, on the family as
 * the task will leave it, and committed with what made it. One transaction instead of two, and the
 * rows need not be read in between. Where the forecast was wrong the database refuses the decision,
 * and it is made again.
 */
final class DecideAhead {
  private final Picker picker;
  private final Ticker ticker;
  private final Stamps stamps;
  private final Time time;
  private final Telemetry telemetry;

  DecideAhead(Picker picker, Ticker ticker, Stamps stamps, Time time, Telemetry telemetry) {
    this.picker = picker;
    this.ticker = ticker;
    this.stamps = stamps;
    this.time = time;
    this.telemetry = telemetry;
  }

  /** The outcome, with what its resource decides of it, if that can be told already. */
  Outcome of(Errand errand, Subject subject, Map<UUID, ResourceRow> referred, Outcome outcome) {
    if (subject.isResource()
        || errand.shared != null
        || !Forecast.wakesResource(subject.family(), outcome)) {
      return outcome;
    }
    errand.settle = null; // What was decided before has to be decided anew.
    return Forecast.of(subject.family(), outcome, subject.now())
        .flatMap(family -> decided(errand, subject, family, referred))
        .map(outcome::then)
        .orElse(outcome);
  }

  private Optional<Outcome> decided(
      Errand errand, Subject subject, Family family, Map<UUID, ResourceRow> referred) {
    if (errand.noted.times(family.resource().key()) > 0 || !family.panics().isEmpty()) {
      return Optional.empty(); // A suspect is ticked with all the care there is, a handler asked.
    }
    return picker
        .subject(family, family.resource().key(), subject.now())
        .flatMap(
            resource -> {
              errand.ticks++;
              long begun = time.nanos();
              Future<Ticker.Ticked> tick =
                  ticker.tick(resource, referred, stamps.of(errand, resource), errand);
              telemetry.decided(resource, time.nanos() - begun);
              return tick.succeeded() && tick.result() instanceof Ticker.Ticked.Changes changes
                  ? Optional.of(changes.outcome())
                  : Optional.empty();
            })
        .filter(decision -> decision.error() == null);
  }
}
