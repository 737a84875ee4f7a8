package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The core of every state machine, resource or task: what a move, a stay, a panic or an end does to
 * a row and its history. Workers and operators both draw their outcomes with it, so that the rules
 * stand in one place. Begins as "nothing changes".
 */
public final class OutcomeDraft {
  private final Family family;
  private final SubjectKey key;
  private final MachineRow loaded;
  private Stamp stamp;
  private final Instant now;
  private final Columns row;
  private boolean written;
  private String message = "";
  private @Nullable OwnerWrite owner;
  private @Nullable ErrorRow failure;
  private final List<Transition> transitions = new ArrayList<>(2);
  private final Set<String> changed = new LinkedHashSet<>();
  private final Additions adds = new Additions();
  private final Set<Wake> wakes = EnumSet.noneOf(Wake.class);

  private OutcomeDraft(Family family, SubjectKey key, Stamp stamp, Instant now) {
    this.family = family;
    this.key = key;
    this.loaded =
        family.machine(key).orElseThrow(() -> new IllegalArgumentException("no machine " + key));
    this.stamp = stamp;
    this.now = now;
    this.row = new Columns(family, key, loaded);
  }

  /** A draft for this machine of the family, in which nothing changes yet. */
  public static OutcomeDraft of(Family family, SubjectKey key, Stamp stamp, Instant now) {
    return new OutcomeDraft(family, key, stamp, now);
  }

  /** The state as the draft has it. */
  public String state() {
    return row.state;
  }

  /** The step as the draft has it. */
  public long step() {
    return row.step;
  }

  /** Whether the row was due when it was loaded. */
  public boolean wasDue() {
    return loaded.dueAt() != null && !loaded.dueAt().isAfter(now);
  }

  /** Why, for the next transition; or, where none comes, for the stay. */
  public void because(String why) {
    message = message.isEmpty() ? why : why.isEmpty() ? message : message + "; " + why;
  }

  /** The machine's own code moves it: a new entry of a state. */
  public void enter(String to, @Nullable Duration within, boolean waits) {
    Instant runDeadline = row.runDeadline(now);
    transit(to, null);
    row.entered(within == null ? null : now.plus(within), runDeadline, waits);
  }

  /** Something other than its own code moves it, and it is due at once. */
  public void transit(String to, @Nullable UUID because) {
    transitions.add(
        new Transition(row.step + 1, row.state, to, message, because, List.copyOf(changed)));
    message = "";
    changed.clear();
    row.leave(to, wasDue() ? loaded.dueAt() : now);
    written = true;
    if (key.isResource()) {
      wakes.add(Wake.PARENT);
    }
  }

  /** Due again at this time, or at the deadline if that is sooner; no longer polled. */
  public void dueAt(@Nullable Instant then) {
    row.everyS = null;
    row.dueAtLatest(then);
    written = written || !Objects.equals(row.dueAt, loaded.dueAt()) || loaded.everyS() != null;
  }

  /** Polled with this period, in whole seconds; due at its deadline. */
  public void polls(int seconds) {
    row.everyS = seconds;
    boolean settled = !wasDue() && loaded.everyS() != null && loaded.everyS() == seconds;
    if (!settled || written) {
      row.dueAtLatest(null);
      written = true;
    }
  }

  /** A run of it may take so long, whatever its state; null for ever. */
  public void runsWithin(@Nullable Duration time) {
    row.runsWithin = time;
  }

  /** Its state may take so long, where it has not got a deadline yet; null for ever. */
  public void deadline(@Nullable Duration within) {
    written = row.deadline(within, now) || written;
  }

  /** A resource that stays is ticked at that time: what is known of it holds until then. */
  public void lapses(Instant at) {
    row.lapsesAt = Columns.sooner(row.lapsesAt, at);
  }

  /** Whether its state is woken by what it sees. */
  public void waits(boolean waits) {
    written = written || row.waits != waits;
    row.waits = waits;
  }

  /** Before it begins, it waits for this. */
  public void waitsFor(Admission what) {
    dueAt(null);
    row.admission = what;
    written = true;
    if (what == Admission.ASKS) {
      adds.alarms.add(AlarmWrite.approval(family.task(key).orElseThrow()));
    }
  }

  /** A person approves of a run: what it waits for from now on is its turn. */
  public void approve() {
    Checks.approvable(family.task(key));
    closeAlarms();
    waitsFor(Admission.WAITS);
  }

  /** The failed tries of its state. */
  public void tries(int tries) {
    written = written || row.tries != tries;
    row.tries = tries;
  }

  /** Its fields. */
  public void attrs(String json, List<String> names) {
    row.attrs = json;
    changed.addAll(names);
    written = true;
    if (key.isResource()) {
      wakes.add(Wake.WAITERS);
    }
  }

  /**
   * Its fields are of an older version of its type: whatever is written of it, they are written as
   * the newer version has them.
   */
  public void lifts(String json, int version) {
    row.lift = new Columns.Lift(json, version);
  }

  /** An error is stored; the row names it as its last. */
  public void failed(ErrorRow error) {
    failure = error;
    row.error = error.uuid();
    written = true;
  }

  /** It stops with this error, until somebody handles it; its alarm opens. */
  public void panic(ErrorRow error, String built) {
    String from = row.state;
    failed(error);
    because(error.kind() + ": " + error.message());
    Instant runDeadline = row.runDeadline(now);
    transit(built, error.uuid());
    row.panicked(from, runDeadline);
    adds.alarms.add(AlarmWrite.panic(family.task(key), built, error));
    wakesAll();
  }

  /** A panicked machine goes back to where it was. */
  public void retry() {
    transit(row.resume == null ? row.state : row.resume, null);
    closeAlarms();
  }

  /**
   * It goes to a state that it was in before.
   *
   * @param anew a tick of its own, for a new entry there; null to find again what it made there
   */
  public void rewind(Entry to, @Nullable UUID anew) {
    if (key.isResource()) {
      deleting(to.after(row.resource().deleting(), row.state));
    }
    transit(to.state(), null);
    row.rewound(anew == null ? to.step() : row.step);
    stamp = anew == null ? stamp : stamp.ticked(anew);
    closeAlarms();
    wakesAll();
  }

  /** A task is on its way to this end: through {@code __exit__}, or, without one, at once. */
  public void ends(End how, boolean hasExit) {
    row.end = how;
    if (hasExit && !row.state.equals(BuiltIn.EXIT)) {
      transit(BuiltIn.EXIT, failure == null ? null : failure.uuid());
    } else {
      over();
    }
  }

  /** It has ended. */
  public void over() {
    closeAlarms();
    transit(BuiltIn.STOP, null);
    row.active = false;
    row.dueAt = null;
    wakesAll();
  }

  /** If it stood still, or waited for approval, that is over. */
  public void closeAlarms() {
    adds.overcome(key, loaded, family.task(key));
  }

  public void alarm(AlarmWrite write) {
    adds.alarms.add(write);
  }

  /** What is done about a panic that has climbed this far. */
  public void handles(Hop.Decided decided) {
    adds.handles = decided;
  }

  /** A resource has come this far on its way down. */
  public void deleting(ResourceRow.Deleting how) {
    if (row.deleting(how)) {
      changed.add(BuiltIn.DELETING);
      written = true;
      wakes.add(Wake.PARENT);
    }
  }

  /** A resource looked at itself. */
  public void observed(Observed now) {
    if (row.observed(now)) {
      written = true;
      wakes.addAll(List.of(Wake.WAITERS, Wake.PARENT));
    }
  }

  /** What a task writes on its resource. */
  public void owner(OwnerWrite write, List<String> names) {
    owner = write;
    changed.addAll(names);
    written = true;
    if (write.fields() != null) {
      wakes.addAll(List.of(Wake.RESOURCE, Wake.WAITERS));
    }
  }

  public void start(TaskStart start) {
    adds.starts.add(Restarts.counted(start, family, now));
    wakes.add(Wake.WAITERS);
    if (!key.isResource()) {
      wakes.add(Wake.RESOURCE);
    }
  }

  public void trigger(TriggerRow seen) {
    adds.triggers.add(seen);
    written = true; // Of two judgements of one version only one is committed.
  }

  public void stop(String task) {
    adds.stops.add(task);
  }

  public void create(ChildCreate child) {
    adds.creates.add(child);
    if (!key.isResource()) {
      wakes.add(Wake.RESOURCE);
    }
  }

  public void signal(SignalRow signal) {
    written |= adds.sends(signal, stamp);
  }

  public void consume(UUID signal) {
    adds.consumed.add(signal);
    written = true;
  }

  public void deletes(ChildDelete children) {
    adds.deletes = children;
  }

  public void wake(Wake whom) {
    wakes.add(whom);
  }

  /** The outcome, or nothing where nothing changes. */
  public Optional<Outcome> build() {
    if (!written && wakes.isEmpty() && adds.isEmpty() && message.isEmpty()) {
      return Optional.empty();
    }
    if (key.isResource() && family.resource().parent() == null) {
      wakes.remove(Wake.PARENT);
    }
    return Optional.of(
        new Outcome(
            key,
            loaded.version(),
            loaded.wakes(),
            written ? row.write() : null,
            owner,
            transitions,
            transitions.isEmpty() ? List.copyOf(changed) : List.of(),
            transitions.isEmpty() ? Outcome.Said.of(row.step, message) : null,
            failure,
            adds.alarms,
            adds.starts,
            adds.stops,
            adds.creates,
            adds.signals,
            adds.consumed,
            adds.triggers,
            adds.deletes,
            adds.handles,
            wakes,
            stamp,
            null));
  }

  private void wakesAll() {
    wakes.addAll(key.isResource() ? List.of(Wake.PARENT) : List.of(Wake.RESOURCE, Wake.WAITERS));
  }
}
