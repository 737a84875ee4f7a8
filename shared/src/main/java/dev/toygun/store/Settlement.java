package dev.toygun.store;

import dev.toygun.store.ResourceRow.Deleting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Judges a group's outcomes one after another, and carries out the good ones on the rows that it
 * holds. Nothing is sent here: a row that several outcomes write or wake is written once, as the
 * last one leaves it.
 */
final class Settlement {
  private final GroupRows rows;
  private final GroupChanges changes = new GroupChanges();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();
  private final AlarmBook alarms;
  private final Offspring children;

  private Settlement(GroupRows rows) {
    this.rows = rows;
    this.children = new Offspring(rows, changes);
    this.alarms = new AlarmBook(rows.now, rows.alarms, rows.alarms.active);
  }

  static Settlement of(GroupRows rows, List<Outcome> group) {
    Settlement settlement = new Settlement(rows);
    group.forEach(outcome -> settlement.answers.add(settlement.judged(outcome)));
    settlement.sayAll();
    return settlement;
  }

  private sealed interface Answer {
    record Final(Committed committed) implements Answer {}

    /** Done; who is due is told by the rows as the whole group leaves them. */
    record Open(
        Held subject,
        long version,
        Set<Held> touched,
        Verdict.Yes verdict,
        Outcome outcome,
        @Nullable Answer then)
        implements Answer {}
  }

  /** What is to be written in the book of alarms, about a resource so far down. */
  private record Said(int depth, Runnable write) {}

  private void say(UUID resource, Runnable write) {
    said.add(new Said(rows.alarms.path(resource).size(), write));
  }

  /**
   * Those further up first: what is below may fold under them. About one resource it is said in the
   * order of the outcomes.
   */
  private void sayAll() {
    said.sort(Comparator.comparingInt(Said::depth));
    said.forEach(s -> s.write().run());
  }

  AlarmChanges alarms() {
    return alarms.changes();
  }

  GroupChanges changes() {
    return changes;
  }

  /** Whether anything is to be written. */
  boolean writes() {
    return answers.stream().anyMatch(answer -> answer instanceof Answer.Open);
  }

  /** What became of each. */
  List<Committed> answers() {
    return answers.stream().map(this::committed).toList();
  }

  private Committed committed(Answer answer) {
    return answer instanceof Answer.Open open ? done(open) : ((Answer.Final) answer).committed();
  }

  private Committed done(Answer.Open open) {
    List<Committed.Woken> woken = new ArrayList<>();
    for (Held held : open.touched()) {
      if (held != open.subject() && held.isDue(rows.now)) {
        woken.add(new Committed.Woken(held.key(), held.list()));
      }
    }
    UUID resource = open.outcome().subject().resource();
    for (Verdict.Begin begin : open.verdict().begins()) {
      if (!begin.pace().dueAt().isAfter(rows.now)) {
        SubjectKey key = new SubjectKey(resource, begin.start().uuid());
        woken.add(new Committed.Woken(key, begin.start().list()));
      }
    }
    for (ChildCreate child : open.verdict().creates()) {
      woken.add(new Committed.Woken(SubjectKey.ofResource(child.uuid()), child.list()));
    }
    Held subject = open.subject();
    return new Committed.Done(
        open.version(),
        subject.wakes,
        subject.dueAt,
        woken,
        open.verdict().begun(),
        open.then() == null ? null : committed(open.then()));
  }

  private Answer judged(Outcome outcome) {
    Verdict verdict = Judgement.of(rows, outcome);
    return verdict instanceof Verdict.Yes yes
        ? carriedOut(outcome, yes)
        : new Answer.Final(((Verdict.No) verdict).why());
  }

  private Answer carriedOut(Outcome outcome, Verdict.Yes yes) {
    Held subject = yes.subject();
    Set<Held> touched = new LinkedHashSet<>();
    writeSubject(outcome, subject);
    HeldResource resource = rows.resources.get(outcome.subject().resource());
    if (outcome.owner() != null && resource != null) {
      writeOwner(outcome.owner(), resource);
    }
    writeHistory(outcome, subject);
    yes.stops().forEach(task -> stop(task, outcome, touched));
    if (outcome.handles() != null) {
      handle(outcome.handles(), outcome, touched);
    }
    yes.begins().forEach(begin -> begin(outcome, begin));
    if (resource != null) {
      yes.creates().forEach(child -> children.create(child, resource));
      if (outcome.deletes().all()) {
        children.askAll(subject, resource, outcome.stamp(), touched);
      }
    }
    yes.asks().forEach(child -> children.ask(child, outcome.stamp(), touched));
    changes.signals.addAll(yes.signals());
    changes.triggers.addAll(outcome.triggers());
    for (UUID signal : outcome.consumed()) {
      changes.consumed.add(new GroupChanges.Consumed(outcome.subject().resource(), signal));
    }
    long version = subject.version;
    yes.wakes().forEach(held -> held.wake(rows.now));
    yes.stirs().forEach(Held::stir);
    touched.addAll(yes.wakes());
    Answer then = outcome.then() == null ? null : judged(outcome.then());
    if (then instanceof Answer.Final answer && answer.committed().isOvertaken()) {
      lookAgain(resource, touched);
    }
    return new Answer.Open(subject, version, touched, yes, outcome, then);
  }

  /** What was decided for after this one does not hold any more: it is to be decided again. */
  private void lookAgain(@Nullable HeldResource resource, Set<Held> touched) {
    if (resource != null && resource.active) {
      resource.wake(rows.now);
      touched.add(resource);
    }
  }

  private void writeSubject(Outcome outcome, Held subject) {
    Write write = outcome.write();
    if (write == null) {
      return;
    }
    boolean lifts =
        subject instanceof HeldResource && subject.list().version() != write.schemaVersion();
    Observed before = subject instanceof HeldResource resource ? resource.observed : null;
    subject.write(write, outcome.wakes(), rows.now);
    if (before != null && subject instanceof HeldResource resource) {
      turns(resource, before);
    }
    if (lifts) {
      lift(subject, write.schemaVersion());
    }
    if (!write.active()) {
      changes.ended.add(subject.key());
      if (subject instanceof HeldTask task) {
        rows.ended(task);
      }
    }
  }

  /** A resource that is written up takes its active tasks along. */
  private void lift(Held resource, int version) {
    changes.lifts.add(new GroupChanges.Lift(resource.key().resource(), version));
  }

  private void writeOwner(OwnerWrite write, HeldResource resource) {
    OwnerWrite.Observation look = write.observation();
    Observed before = resource.observed;
    Observed after = look == null ? before : look.after(before);
    if (write.fields() == null && after.equals(before)) {
      return;
    }
    resource.touch();
    resource.observed = after;
    turns(resource, before);
    OwnerWrite.Fields fields = write.fields();
    if (fields != null) {
      resource.attrs = fields.attrs();
      if (resource.list().version() != fields.schemaVersion()) {
        resource.lift(fields.schemaVersion());
        lift(resource, fields.schemaVersion());
      }
    }
  }

  private void turns(HeldResource resource, Observed before) {
    if (resource.observed.availability() != before.availability()) {
      UUID uuid = resource.key().resource();
      changes.turns.put(
          uuid, new GroupChanges.Turn(uuid, resource.version, resource.observed.availability()));
    }
  }

  private void writeHistory(Outcome outcome, Held subject) {
    for (Transition move : outcome.transitions()) {
      changes.moves.add(new GroupChanges.Moved(outcome.subject(), move, outcome.stamp()));
    }
    if (outcome.transitions().isEmpty() && !outcome.changed().isEmpty()) {
      changes.changes.add(
          new GroupChanges.Changed(
              outcome.subject(), subject.version, outcome.changed(), outcome.stamp()));
    }
    if (outcome.said() != null) {
      changes.said.add(new GroupChanges.Said(outcome.subject(), outcome.said(), outcome.stamp()));
    }
    ErrorRow error = outcome.error();
    if (error != null) {
      changes.errors.add(error);
    }
    for (AlarmWrite alarm : outcome.alarms()) {
      ListName list = subject.list();
      long step = subject.step;
      say(alarm.subject().resource(), () -> alarms.say(alarm, list, step, outcome.stamp()));
    }
    if (subject instanceof HeldResource && !subject.active) {
      say(
          subject.key().resource(),
          () -> alarms.closeAll(subject.key(), "its subject has ended", outcome.stamp()));
    }
  }

  private void stop(HeldTask task, Outcome outcome, Set<Held> touched) {
    changes.moves.add(new GroupChanges.Moved(task.key(), task.stop(rows.now), outcome.stamp()));
    say(
        task.key().resource(),
        () -> alarms.closeAll(task.key(), "its task was stopped", outcome.stamp()));
    touched.add(task);
  }

  /**
   * What a handler decided about a machine that panicked, its own resource's or one further down.
   */
  private void handle(Hop.Decided answer, Outcome outcome, Set<Held> touched) {
    Hop hop = answer.hop();
    Held panicked = rows.held(hop.panicked());
    if (panicked == null) {
      return;
    }
    Hop.Decided decided =
        panicked instanceof HeldResource resource ? answer.on(resource.deleting) : answer;
    String why = "level %d: %s".formatted(hop.level(), decided.reason());
    switch (decided.decision()) {
      case RETRY -> {
        String back = panicked.resume == null ? panicked.state : panicked.resume;
        Instant due = hop.retried(rows.now, panicked.runDeadlineAt);
        send(panicked, panicked.sentOn(back, due, "retried by " + why), outcome, touched);
      }
      case REWIND -> {
        Entry found = rows.alarms.entries.get(panicked.key().uuid());
        Entry back = Entry.orNew(found, decided.states().get(0), panicked.step + 1);
        send(panicked, panicked.rewound(back, rows.now, "rewound by " + why), outcome, touched);
      }
      case STOP, START -> {
        if (panicked instanceof HeldTask task) {
          stop(task, outcome, touched);
        } else if (panicked instanceof HeldResource resource) {
          resource.touch();
          resource.deleting = resource.deleting == Deleting.NO ? Deleting.ASKED : resource.deleting;
          resource.wake(rows.now);
          touched.add(resource);
        }
      }
      case DECLINE, TIME_OUT, OVERTAKEN -> {
        // It stands still, and the next level is asked.
      }
    }
    say(
        hop.panicked().resource(),
        () -> alarms.settle(hop, decided.decision(), decided.reason(), outcome.stamp()));
  }

  private void send(Held panicked, Transition move, Outcome outcome, Set<Held> touched) {
    changes.moves.add(new GroupChanges.Moved(panicked.key(), move, outcome.stamp()));
    touched.add(panicked);
  }

  private void begin(Outcome outcome, Verdict.Begin begin) {
    UUID resource = outcome.subject().resource();
    TaskStart start = begin.start();
    SubjectKey key = new SubjectKey(resource, start.uuid());
    Pace pace = begin.pace();
    changes.tasks.add(
        new GroupChanges.NewTask(
            key, start, begin.run(), pace.streak(), outcome.stamp().cause(), pace.dueAt()));
    rows.begun(
        resource,
        start.name(),
        new GroupRows.Run(key, begin.run(), true, null, pace.streak(), rows.now, null));
  }
}
