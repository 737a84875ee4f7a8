package dev.toygun.worker;

import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.Forecast;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from what became of an outcome. */
final class Settlement {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final Round round;
  private final Failures failures;
  private final Telemetry telemetry;
  private final Aftermath aftermath;
  private final Time time;

  Settlement(Round round, Failures failures, Telemetry telemetry, Aftermath aftermath, Time time) {
    this.time = time;
    this.round = round;
    this.failures = failures;
    this.telemetry = telemetry;
    this.aftermath = aftermath;
  }

  void of(
      Errand errand,
      Subject subject,
      Map<UUID, ResourceRow> referred,
      Outcome outcome,
      Committer.Verdict verdict) {
    if (verdict instanceof Committer.Verdict.Answered answered) {
      telemetry.answered(subject, answered.share());
      answered(errand, subject, referred, outcome, answered.committed());
    } else if (verdict instanceof Committer.Verdict.Guilty guilty) {
      guilty(errand, subject, referred, outcome, guilty.why());
    } else if (verdict instanceof Committer.Verdict.Unknown unknown) {
      round.setBack(errand, "no answer to its commit: " + unknown.why().getMessage());
    }
  }

  private void answered(
      Errand errand,
      Subject subject,
      Map<UUID, ResourceRow> referred,
      Outcome outcome,
      Committed committed) {
    if (!(committed instanceof Committed.Busy)) {
      errand.busySince = null;
    }
    if (committed instanceof Committed.Done done) {
      List<Committed.Woken> woken = tell(errand, outcome, done);
      List<Committed.Woken> others =
          woken.stream()
              .filter(one -> errand.over || !one.key().resource().equals(errand.resource))
              .toList();
      aftermath.woken(others, errand.trace);
      aftermath.asked(AskedToEnd.elsewhere(errand, subject, outcome, done));
      if (errand.over) {
        return;
      }
      Optional<Family> after =
          errand.again.isEmpty()
              ? Forecast.of(subject.family(), outcome, done, subject.now())
              : Optional.empty();
      if (after.isPresent()) {
        round.next(errand, after.get(), referred);
      } else {
        if (errand.shared != null) {
          aftermath.woken(
              woken.stream().filter(one -> one.key().resource().equals(errand.resource)).toList(),
              errand.trace);
        }
        round.load(errand);
      }
    } else if (committed instanceof Committed.Fenced) {
      telemetry.dropped("fenced");
      errand.polled.add(subject.key()); // If it polls, it has yet to say what it found.
      round.again(errand, "somebody else wrote it");
    } else if (committed instanceof Committed.Busy) {
      if (errand.isBusyForLong(time.nanos())) {
        round.setBack(errand, "its row is locked");
      } else {
        round.commitAgain(errand, subject, referred, outcome, "its row is locked");
      }
    } else if (committed instanceof Committed.Refused refused) {
      refused(errand, subject, referred, outcome, refused);
    }
  }

  /** Counts what was committed; who is due of it. */
  private List<Committed.Woken> tell(Errand errand, Outcome outcome, Committed.Done done) {
    List<Committed.Woken> woken = new ArrayList<>(done.woken());
    telemetry.committed(errand, outcome);
    if (!outcome.transitions().isEmpty()) {
      aftermath.moved();
    }
    if (outcome.then() != null && done.then() instanceof Committed.Done then) {
      woken.addAll(tell(errand, outcome.then(), then));
    }
    return woken;
  }

  private void refused(
      Errand errand,
      Subject subject,
      Map<UUID, ResourceRow> referred,
      Outcome outcome,
      Committed.Refused refused) {
    errand.setbacks++;
    errand.refusals++;
    boolean begins = !outcome.starts().isEmpty() || !outcome.creates().isEmpty();
    if (begins && subject.task() != null && errand.refusals > 1) {
      Halt halt = new Halt(Halt.REFUSED, subject.name() + ": " + refused.message());
      round.commit(
          errand, subject, referred, failures.panicked(subject, null, halt, outcome.stamp()));
    } else {
      errand.polled.add(subject.key());
      round.again(errand, refused.message());
    }
  }

  private void guilty(
      Errand errand,
      Subject subject,
      Map<UUID, ResourceRow> referred,
      Outcome outcome,
      Throwable why) {
    Traced.line(LOG.atError(), errand.trace)
        .setCause(why)
        .log("{} {}: the database refuses its outcome", subject.name(), subject.key());
    boolean already = outcome.error() != null && outcome.error().kind().equals(Halt.UNSTORABLE);
    if (already) {
      round.setBack(errand, "the database refuses even its panic");
    } else {
      Halt halt =
          new Halt(
              Halt.UNSTORABLE,
              subject.name() + ": the database refuses what it decided: " + why.getMessage());
      round.commit(
          errand, subject, referred, failures.panicked(subject, null, halt, outcome.stamp()));
    }
  }
}
