package dev.toygun.worker;

import dev.toygun.ResourceType;
import dev.toygun.TypeSet;
import dev.toygun.store.Family;
import dev.toygun.store.Forecast;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an errand: load, tick what is due one after the other, commit, go on while something is due,
 * let go.
 */
final class Round {
  /** How often an errand may be set back by others' writes before it waits for the clock. */
  private static final int SETBACKS = 20;

  private static final Duration MOMENT = Duration.ofMillis(10);
  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  private final TypeSet types;
  private final Loader loader;
  private final Ticker ticker;
  private final AlarmJudge alarms;
  private final Holding holding;
  private final Failures failures;
  private final Committer committer;
  private final Held held;
  private final Time time;
  private final WorkerSettings settings;
  private final Telemetry telemetry;
  private final Aftermath aftermath;
  private final Settlement settlement;
  private final Stamps stamps;
  private final DecideAhead ahead;
  private final JudgeAhead judgement;
  private final Picker picker;

  Round(
      TypeSet types,
      StoredFields stored,
      Loader loader,
      Ticker ticker,
      AlarmJudge alarms,
      Holding holding,
      Failures failures,
      Committer committer,
      Held held,
      Time time,
      WorkerSettings settings,
      Telemetry telemetry,
      Aftermath aftermath) {
    this.types = types;
    this.loader = loader;
    this.ticker = ticker;
    this.alarms = alarms;
    this.holding = holding;
    this.failures = failures;
    this.committer = committer;
    this.held = held;
    this.time = time;
    this.settings = settings;
    this.telemetry = telemetry;
    this.aftermath = aftermath;
    this.settlement = new Settlement(this, failures, telemetry, aftermath, time);
    this.stamps = new Stamps(time, settings, telemetry);
    this.picker = new Picker(types, stored, holding, held, aftermath);
    this.ahead = new DecideAhead(picker, ticker, stamps, time, telemetry);
    this.judgement = new JudgeAhead(picker, alarms);
  }

  /** Reads what the errand is about, and goes on from there. */
  void load(Errand errand) {
    errand.reads();
    ResourceType<?> type = types.find(errand.list.type()).orElseThrow();
    loader
        .load(errand.resource, type)
        .onComplete(
            done -> {
              if (errand.over) {
                return;
              }
              if (done.failed()) {
                setBack(errand, "it could not be read: " + done.cause().getMessage());
              } else {
                safely(errand, () -> loaded(errand, done.result()));
              }
            });
  }

  private void loaded(Errand errand, Loader.Answer answer) {
    Family family = answer.family();
    if (family == null) {
      letGo(errand, null, answer.now());
      return;
    }
    errand.read(answer.now(), time.nanos());
    errand.found = family.resource().machine().list();
    List<SubjectKey> due = errand.due(family, answer.now());
    due.forEach(key -> errand.noted.read(key, family));
    Runnable go = () -> safely(errand, () -> next(errand, family, answer.referred()));
    if (errand.alone || due.stream().noneMatch(key -> errand.noted.isSuspect(key))) {
      go.run();
      return;
    }
    // Before it waits for its turn: what its worker dies of meanwhile is another.
    errand.noted.isSpared = true;
    held.note(errand).onComplete(noted -> aftermath.alone(errand, go));
  }

  void next(Errand errand, Family family, Map<UUID, ResourceRow> referred) {
    if (errand.over) {
      return;
    }
    Instant now = errand.now(time.nanos());
    Optional<Subject> subject = picker.pick(errand, family, now);
    Errand.Settle settle = errand.settle;
    if (settle != null && (subject.isEmpty() || isTired(errand))) {
      errand.settle = null;
      commit(errand, settle.subject().in(family), referred, settle.outcome());
      return;
    }
    if (subject.isEmpty()) {
      if (!errand.again.isEmpty()) {
        load(errand);
      } else {
        alarms
            .said(errand, family, referred, now)
            .ifPresentOrElse(
                said -> send(errand, said.resource(), referred, said.outcome()),
                () -> letGo(errand, family, now));
      }
      return;
    }
    if (isTired(errand)) {
      aftermath.woken(errand.leaves(subject.get()), errand.trace);
      letGo(errand, null, now);
      return;
    }
    tick(errand, subject.get(), referred);
  }

  /** Whether it is somebody else's turn. What it waits for takes no turn from anybody. */
  private boolean isTired(Errand errand) {
    return errand.ticks >= settings.goOnTicks() || errand.ran > settings.goOnTime().toNanos();
  }

  private void tick(Errand errand, Subject subject, Map<UUID, ResourceRow> referred) {
    boolean enough = errand.noted.isEnoughFor(subject.key(), errand.ticks == 0);
    errand.noted.ticks(subject.key(), subject.family());
    if (enough) {
      tickNoted(errand, subject, referred);
      return;
    }
    // Somebody died of it or of its like, or it began, or was woken, since the lease was taken.
    held.note(errand)
        .onComplete(
            noted -> {
              if (!errand.over) {
                safely(errand, () -> tickNoted(errand, subject, referred));
              }
            });
  }

  private void tickNoted(Errand errand, Subject subject, Map<UUID, ResourceRow> referred) {
    if (errand.isOutdated(subject)) {
      load(errand);
      return;
    }
    errand.ticks++;
    if (!subject.isResource()) {
      errand.judged = 0; // A resource is woken by what is judged, and would be for ever.
    }
    errand.quiet = false;
    errand.polled.remove(subject.key());
    Stamp stamp = stamps.of(errand, subject);
    if (errand.noted.isCondemned(subject.key())) {
      Halt crashed =
          new Halt(
              Halt.WORKER_CRASHED,
              "%s: three workers died while they ticked it in state %s, the last time alone"
                  .formatted(subject.name(), subject.state()));
      errand.noted.forget(subject.key());
      commit(errand, subject, referred, failures.panicked(subject, null, crashed, stamp));
      return;
    }
    errand.stint.begins();
    long begun = time.nanos();
    Future<Ticker.Ticked> answer = ticker.tick(subject, referred, stamp, errand);
    if (!answer.isComplete()) {
      errand.stint.left(time.nanos() - begun);
    }
    answer
        .onFailure(e -> fault(errand, e))
        .onSuccess(
            ticked -> {
              long took = time.nanos() - begun;
              errand.back(subject, took);
              telemetry.ticked(errand, subject, ticked, took);
              if (!errand.over) {
                Subject ended = subject.at(errand.now(time.nanos()));
                safely(errand, () -> ticked(errand, ended, referred, ticked));
              }
            });
  }

  private void ticked(
      Errand errand, Subject subject, Map<UUID, ResourceRow> referred, Ticker.Ticked ticked) {
    if (ticked instanceof Ticker.Ticked.Changes changes) {
      Outcome outcome = changes.outcome();
      if (subject.isResource() && outcome.isSettle() && !isTired(errand)) {
        errand.settle = new Errand.Settle(subject, outcome);
        next(errand, Forecast.keptBack(subject.family(), outcome), referred);
      } else {
        commit(errand, subject, referred, ahead.of(errand, subject, referred, outcome));
      }
      return;
    }
    if (ticked instanceof Ticker.Ticked.BrokenOff) {
      errand.polled.add(subject.key()); // If it polls, it was not ticked.
      load(errand);
      return;
    }
    if (ticked instanceof Ticker.Ticked.Skipped) {
      errand.skipped.add(subject.key());
    }
    next(errand, subject.family(), referred);
  }

  /** A fault of the engine itself puts the errand off; it must not keep a lease for ever. */
  private void safely(Errand errand, Runnable code) {
    try {
      code.run();
    } catch (RuntimeException | Error e) {
      fault(errand, e);
    }
  }

  private void fault(Errand errand, Throwable e) {
    Traced.line(LOG.atError(), errand.trace).setCause(e).log("engine fault at {}", errand.resource);
    setBack(errand, e.toString());
  }

  /** Commits what a tick came to, with what there is to say of alarms then. */
  void commit(Errand errand, Subject subject, Map<UUID, ResourceRow> referred, Outcome outcome) {
    if (!errand.over) {
      Outcome judged = judgement.of(errand, subject, referred, outcome);
      send(errand, subject, referred, judged);
    }
  }

  void send(Errand errand, Subject subject, Map<UUID, ResourceRow> referred, Outcome outcome) {
    if (errand.over) {
      return;
    }
    if (holding.leavesTicked(subject.family(), subject.key(), errand.found)) {
      setBack(errand, subject.name() + " was put on hold while it was ticked");
      return;
    }
    if (!held.trusted(errand)) {
      // It may be ours still, though nobody knows: given back, so that nobody waits for it.
      setBack(errand, subject.name() + " was ticked under a lease that is not known to be held");
      return;
    }
    committer
        .commit(outcome)
        .onFailure(e -> fault(errand, e))
        .onSuccess(
            verdict ->
                safely(errand, () -> settlement.of(errand, subject, referred, outcome, verdict)));
  }

  /** Nothing was written: read again, soon. */
  void again(Errand errand, String why) {
    soon(errand, why, () -> load(errand));
  }

  /** Nothing was written, and nothing was wrong with it: the code need not run again for that. */
  void commitAgain(
      Errand errand,
      Subject subject,
      Map<UUID, ResourceRow> referred,
      Outcome outcome,
      String why) {
    soon(errand, why, () -> send(errand, subject, referred, outcome));
  }

  private void soon(Errand errand, String why, Runnable action) {
    if (errand.over) {
      return;
    }
    if (++errand.setbacks > SETBACKS) {
      setBack(errand, why);
    } else {
      time.after(MOMENT, () -> safely(errand, action));
    }
  }

  /** It cannot go on now: whatever became of it is read when it is queued again. */
  void setBack(Errand errand, String why) {
    Traced.line(LOG.atWarn(), errand.trace).log("{} is put off: {}", errand.resource, why);
    telemetry.dropped("set_back");
    errand.putOff();
    letGo(errand, null, time.now());
  }

  private void letGo(Errand errand, @Nullable Family family, Instant now) {
    if (errand.over) {
      return;
    }
    errand.releasing = true;
    long asked = time.nanos();
    held.release(errand)
        .onComplete(
            released -> {
              if (errand.over) {
                return;
              }
              if (released.succeeded() && !released.result().isEmpty()) {
                errand.kept(asked, released.result());
                load(errand);
                return;
              }
              held.forget(errand);
              aftermath.left(errand);
              if (family != null) {
                Soon.of(errand, family, now).ifPresent(s -> aftermath.soon(s.subject(), s.delay()));
              }
              aftermath.over(errand);
            });
  }
}
