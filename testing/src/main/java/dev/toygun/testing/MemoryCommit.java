package dev.toygun.testing;

import dev.toygun.BuiltIn;
import dev.toygun.store.AlarmBook;
import dev.toygun.store.Committed;
import dev.toygun.store.Entry;
import dev.toygun.store.Forecast;
import dev.toygun.store.Hop;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Observed;
import dev.toygun.store.Outcome;
import dev.toygun.store.OwnerWrite;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.Transition;
import dev.toygun.store.Wake;
import dev.toygun.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One outcome, judged and carried out: what a {@link MemoryStore} does under its rows' locks. */
final class MemoryCommit {
  private final MemoryRows rows;
  private final MemoryAlarms alarms;
  private final MemoryHistory history;
  private final Invariants invariants;
  private final Outcome outcome;
  private final Instant now;
  private final MemoryAdditions additions;
  private final Set<SubjectKey> wakes = new LinkedHashSet<>();
  private final Set<SubjectKey> stirs = new LinkedHashSet<>();
  private List<SubjectKey> others = List.of();

  MemoryCommit(
      MemoryRows rows,
      MemoryAlarms alarms,
      MemoryHistory history,
      Invariants invariants,
      Outcome outcome,
      Instant now) {
    this.rows = rows;
    this.alarms = alarms;
    this.history = history;
    this.invariants = invariants;
    this.outcome = outcome;
    this.now = now;
    this.additions = new MemoryAdditions(rows, history, invariants, outcome, now);
  }

  /** Carries it out, or says why not; nothing is written then. */
  Committed run() {
    SubjectKey subject = outcome.subject();
    ResourceRow resource = rows.resource(subject.resource());
    MachineRow row = rows.machine(subject).orElse(null);
    if (resource == null
        || row == null
        || row.version() != outcome.version()
        || (outcome.isJudgement() && (row.wakes() != outcome.wakes() || additions.stopsInVain()))) {
      return new Committed.Fenced();
    }
    OwnerWrite owner = outcome.owner();
    if (owner != null
        && owner.version() != null
        && owner.version() != resource.machine().version()) {
      return new Committed.Fenced();
    }
    if (outcome.handles() != null && !handles(outcome.handles().hop())) {
      return new Committed.Fenced();
    }
    Optional<Committed.Refused> refused = additions.judge(resource);
    if (refused.isPresent()) {
      return refused.get();
    }
    others =
        rows.activeTasks(subject.resource())
            .map(TaskRow::key)
            .filter(key -> !key.equals(subject))
            .toList();
    writeSubject();
    writeOwner();
    writeHistory(row);
    List<@Nullable UUID> begun = additions.begin();
    wakes.addAll(additions.toWake());
    alarms();
    outcome.consumed().forEach(rows.signals::remove);
    outcome.triggers().forEach(rows::put);
    outcome.signals().stream()
        .filter(additions::hears)
        .forEach(
            signal -> {
              rows.signals.put(signal.uuid(), signal);
              wakes.add(signal.subject());
            });
    outcome.wakesUp().forEach(this::addWake);
    return done(begun);
  }

  /** Whether it still waits for this answer. */
  private boolean handles(Hop hop) {
    MachineRow panicked = rows.machine(hop.panicked()).orElse(null);
    return panicked != null
        && panicked.active()
        && (panicked.state().equals(BuiltIn.PANIC) || panicked.state().equals(BuiltIn.TIMEOUT))
        && hop.error().equals(panicked.error())
        && alarms.waits(hop);
  }

  /** What becomes of alarms: by the same book as everywhere. */
  private void alarms() {
    SubjectKey subject = outcome.subject();
    Set<UUID> resources = new LinkedHashSet<>(Set.of(subject.resource()));
    if (outcome.handles() != null) {
      resources.add(outcome.handles().hop().panicked().resource());
    }
    AlarmBook book = alarms.book(now, List.copyOf(resources));
    MachineRow row = rows.machine(subject).orElseThrow();
    additions.stopped().forEach(t -> book.closeAll(t, "its task was stopped", outcome.stamp()));
    if (outcome.handles() != null) {
      handle(outcome.handles(), book);
    }
    outcome.alarms().forEach(a -> book.say(a, row.list(), row.step(), outcome.stamp()));
    if (subject.isResource() && !row.active()) {
      book.closeAll(subject, "its subject has ended", outcome.stamp());
    }
    alarms.apply(book.changes());
  }

  private void handle(Hop.Decided answer, AlarmBook book) {
    Hop hop = answer.hop();
    SubjectKey key = hop.panicked();
    ResourceRow resource = Objects.requireNonNull(rows.resource(key.resource()));
    Hop.Decided decided = key.isResource() ? answer.on(resource.deleting()) : answer;
    MachineRow before = rows.machine(key).orElseThrow();
    String why = "level %d: %s".formatted(hop.level(), decided.reason());
    switch (decided.decision()) {
      case RETRY -> {
        String back = before.resume() == null ? before.state() : before.resume();
        send(
            key,
            before,
            back,
            before.entered(),
            hop.retried(now, before.runDeadlineAt()),
            "retried by " + why,
            List.of());
      }
      case REWIND -> {
        Entry found = history.entry(key, decided.states()).orElse(null);
        Entry back = Entry.orNew(found, decided.states().get(0), before.step() + 1);
        List<String> changed = rewound(key, back);
        send(key, before, back.state(), back.step(), now, "rewound by " + why, changed);
      }
      case STOP, START -> {
        if (key.isResource()) {
          additions.ask(Objects.requireNonNull(rows.resource(key.resource())));
          wakes.addAll(additions.toWake());
        } else {
          additions.stop(Objects.requireNonNull(rows.task(key.uuid())));
          book.closeAll(key, "its task was stopped", outcome.stamp());
        }
      }
      case DECLINE, TIME_OUT, OVERTAKEN -> {
        // It stands still, and the next level is asked.
      }
    }
    book.settle(hop, decided.decision(), decided.reason(), outcome.stamp());
  }

  private void send(
      SubjectKey key,
      MachineRow before,
      String to,
      long entered,
      Instant due,
      String message,
      List<String> changed) {
    MachineRow after = MachineRows.sentOn(before, to, entered, due, now);
    Transition move = new Transition(after.step(), before.state(), to, message, null, changed);
    invariants.moves(key, before, List.of(move));
    rows.change(key, row -> after);
    history.moved(key, move, outcome.stamp(), now, false);
    invariants.row(key, after);
    additions.touch(key);
  }

  /** It is no longer on its way to its end, and whoever waits for that looks again. */
  private List<String> rewound(SubjectKey key, Entry back) {
    ResourceRow resource = Objects.requireNonNull(rows.resource(key.resource()));
    if (!key.isResource()) {
      TaskRow run = Objects.requireNonNull(rows.task(key.uuid()));
      rows.put(run.with(run.machine(), null));
      wakes.add(resource.key());
      return List.of();
    }
    if (resource.parent() != null) {
      wakes.add(SubjectKey.ofResource(resource.parent()));
    }
    ResourceRow.Deleting after = back.after(resource.deleting(), resource.machine().state());
    rows.put(resource.with(resource.machine(), after));
    return after == resource.deleting() ? List.of() : List.of(BuiltIn.DELETING);
  }

  private void writeSubject() {
    Write write = outcome.write();
    if (write == null) {
      return;
    }
    SubjectKey subject = outcome.subject();
    if (subject.isResource()) {
      ResourceRow r = Objects.requireNonNull(rows.resource(subject.resource()));
      MachineRow written = MachineRows.written(r.machine(), write, outcome.wakes(), now);
      Write.OfResource of =
          Objects.requireNonNullElse(
              write.resource(), new Write.OfResource(r.deleting(), r.observed()));
      rows.put(
          new ResourceRow(
              r.uuid(), r.parent(), r.path(), r.label(), written, of.deleting(), of.observed()));
      turns(r.uuid(), r.observed(), of.observed());
      if (r.machine().list().version() != write.schemaVersion()) {
        lift(r.uuid(), write.schemaVersion());
      }
    } else {
      TaskRow t = Objects.requireNonNull(rows.task(subject.uuid()));
      rows.put(MachineRows.written(t, write, outcome.wakes(), now));
    }
  }

  /** A resource that is written up takes its active tasks along. */
  private void lift(UUID resource, int version) {
    for (TaskRow task : rows.activeTasks(resource).toList()) {
      ListName list = MachineRows.listOf(task.machine().list(), version);
      rows.put(task.with(MachineRows.with(task.machine(), task.machine().attrs(), list, now)));
    }
  }

  private void writeOwner() {
    OwnerWrite owner = outcome.owner();
    ResourceRow r = rows.resource(outcome.subject().resource());
    if (owner == null || r == null) {
      return;
    }
    OwnerWrite.Observation look = owner.observation();
    Observed after = look == null ? r.observed() : look.after(r.observed());
    boolean turned = after.availability() != r.availability();
    OwnerWrite.Fields fields = owner.fields();
    if (fields == null && after.equals(r.observed())) {
      return;
    }
    MachineRow before = r.machine();
    String attrs = fields == null ? before.attrs() : fields.attrs();
    int version = fields == null ? before.list().version() : fields.schemaVersion();
    ListName list = MachineRows.listOf(before.list(), version);
    rows.put(
        new ResourceRow(
            r.uuid(),
            r.parent(),
            r.path(),
            r.label(),
            MachineRows.with(before, attrs, list, now),
            r.deleting(),
            after));
    turns(r.uuid(), r.observed(), after);
    if (version != before.list().version()) {
      lift(r.uuid(), version);
    }
    if (turned) {
      addWake(Wake.RESOURCE);
      addWake(Wake.WAITERS);
      addWake(Wake.PARENT);
    }
  }

  private void turns(UUID resource, Observed before, Observed after) {
    if (before.availability() != after.availability()) {
      history.turned(resource, after.availability(), now);
    }
  }

  private void writeHistory(MachineRow before) {
    SubjectKey subject = outcome.subject();
    invariants.moves(subject, before, outcome.transitions());
    boolean own = outcome.stamp().tick() != null;
    outcome.transitions().forEach(t -> history.moved(subject, t, outcome.stamp(), now, own));
    if (!outcome.changed().isEmpty()) {
      long version = rows.machine(subject).map(MachineRow::version).orElse(0L);
      history.changed(subject, version, outcome.changed(), outcome.stamp(), now);
    }
    if (outcome.said() != null) {
      history.said(subject, outcome.said(), outcome.stamp(), now);
    }
    if (outcome.error() != null) {
      rows.errors.put(outcome.error().uuid(), outcome.error());
      history.failed(outcome.error());
    }
    rows.machine(subject).ifPresent(row -> invariants.row(subject, row));
  }

  private void addWake(Wake wake) {
    UUID resource = outcome.subject().resource();
    switch (wake) {
      case RESOURCE -> wakes.add(SubjectKey.ofResource(resource));
      case WAITERS ->
          others.forEach(
              key -> {
                boolean waits = rows.machine(key).map(MachineRow::waits).orElse(false);
                (waits ? wakes : stirs).add(key);
              });
      case PARENT -> {
        ResourceRow row = rows.resource(resource);
        if (row != null && row.parent() != null) {
          wakes.add(SubjectKey.ofResource(row.parent()));
        }
      }
    }
  }

  private Committed.Done done(List<@Nullable UUID> begun) {
    Set<SubjectKey> touched = new LinkedHashSet<>(additions.touched());
    wakes.removeIf(key -> !rows.machine(key).map(MachineRow::active).orElse(false));
    wakes.forEach(key -> rows.change(key, row -> MachineRows.woken(row, now)));
    stirs.forEach(key -> rows.change(key, Forecast::stirred));
    touched.addAll(wakes);
    List<Committed.Woken> woken = new ArrayList<>();
    for (SubjectKey key : touched) {
      if (!key.equals(outcome.subject())) {
        rows.machine(key)
            .filter(row -> MemoryRows.isDue(row, now))
            .ifPresent(row -> woken.add(new Committed.Woken(key, row.list())));
      }
    }
    MachineRow row = rows.machine(outcome.subject()).orElseThrow();
    return new Committed.Done(row.version(), row.wakes(), row.dueAt(), woken, begun, null);
  }
}
