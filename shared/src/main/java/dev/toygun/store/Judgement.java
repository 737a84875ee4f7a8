package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.GroupRows.ActiveTask;
import dev.toygun.store.GroupRows.Run;
import dev.toygun.store.ResourceRow.Deleting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Judges one outcome against the rows that are held, and changes nothing. Whatever an outcome needs
 * and does not hold makes it busy: it comes again with a later group.
 */
final class Judgement {
  private static final Verdict FENCED = new Verdict.No(new Committed.Fenced());
  private static final Verdict BUSY = new Verdict.No(new Committed.Busy());

  private final GroupRows rows;
  private final Outcome outcome;
  private final UUID owner;
  private final List<Verdict.Begin> begins = new ArrayList<>();
  private final List<@Nullable UUID> begun = new ArrayList<>();
  private final List<ChildCreate> creates = new ArrayList<>();
  private final List<HeldTask> stops = new ArrayList<>();
  private final List<HeldResource> asks = new ArrayList<>();
  private final List<SignalRow> signals = new ArrayList<>();
  private final Set<Held> wakes = new LinkedHashSet<>();
  private final Set<Held> stirs = new LinkedHashSet<>();
  private boolean isBusy;
  private boolean stopsInVain;
  private boolean asksLater;

  private Judgement(GroupRows rows, Outcome outcome) {
    this.rows = rows;
    this.outcome = outcome;
    owner = outcome.subject().resource();
  }

  static Verdict of(GroupRows rows, Outcome outcome) {
    return new Judgement(rows, outcome).judge();
  }

  private Verdict judge() {
    Held subject = rows.held(outcome.subject());
    if (subject == null) {
      return rows.there.contains(outcome.subject().uuid()) ? BUSY : FENCED;
    }
    if (subject.version != outcome.version()
        || (outcome.isJudgement() && subject.wakes != outcome.wakes())) {
      return FENCED;
    }
    HeldResource resource = rows.resources.get(owner);
    if (resource == null && GroupNeeds.needsOwner(outcome)) {
      return BUSY;
    }
    OwnerWrite write = outcome.owner();
    if (write != null
        && write.version() != null
        && Objects.requireNonNull(resource).version != write.version()) {
      return FENCED;
    }
    outcome.stops().forEach(this::stop);
    if (stopsInVain && outcome.isJudgement()) {
      return FENCED; // Else it would say that it stopped what somebody else did.
    }
    outcome.starts().forEach(this::start);
    create();
    outcome.deletes().some().forEach(this::ask);
    Verdict late = handles();
    if (late != null) {
      return late;
    }
    Verdict refused = resource == null ? null : refused(resource, subject);
    if (refused == null) {
      refused = signals();
    }
    if (refused != null) {
      return refused;
    }
    wakes(resource);
    if (asksLater) {
      wakes.add(subject);
    }
    return isBusy
        ? BUSY
        : new Verdict.Yes(subject, begins, begun, creates, stops, asks, signals, wakes, stirs);
  }

  /** A panic that somebody else has settled meanwhile is not settled again. */
  private @Nullable Verdict handles() {
    Hop.Decided handles = outcome.handles();
    if (handles == null) {
      return null;
    }
    Hop hop = handles.hop();
    Held panicked = rows.held(hop.panicked());
    if (panicked == null) {
      isBusy = true;
      return null;
    }
    if (handles.decision() == Hop.Decision.REWIND) {
      lookAgain(hop.panicked());
    }
    boolean waits = rows.alarms.undecided.contains(new AlarmRows.HopKey(hop.error(), hop.level()));
    return waits && panicked.standsStill(hop.error()) ? null : FENCED;
  }

  private void stop(String name) {
    ActiveTask task = rows.activeTask(owner, name);
    if (task == null || task.key().equals(outcome.subject())) {
      stopsInVain = true;
      return;
    }
    HeldTask held = rows.tasks.get(task.key());
    if (held == null) {
      isBusy = true;
    } else if (held.active && !held.isExiting()) {
      stops.add(held);
    } else {
      stopsInVain = true;
    }
  }

  private void start(TaskStart start) {
    for (Verdict.Begin other : begins) {
      if (other.start().name().equals(start.name())) {
        begun.add(other.start().uuid());
        return;
      }
    }
    Run last = rows.latest(owner, start.name());
    if (last != null && last.key().equals(outcome.subject()) && ends()) {
      last = last.ended(Objects.requireNonNull(outcome.write()).end(), rows.now);
    }
    if (last != null && last.active()) {
      begun.add(last.key().uuid());
    } else if (start.ensure()
        && last != null
        && (last.end() == End.STOPPED || last.end() == End.ABORTED)) {
      begun.add(null);
    } else {
      long run = last == null ? 1 : last.run() + 1;
      begins.add(new Verdict.Begin(start, run, Pace.of(start, last, rows.now)));
      begun.add(start.uuid());
    }
  }

  private void create() {
    Set<GroupNeeds.Named> made = new HashSet<>();
    for (ChildCreate child : outcome.creates()) {
      GroupNeeds.Named name = new GroupNeeds.Named(owner, child.list().type(), child.label());
      if (!rows.twins.contains(name) && made.add(name)) {
        creates.add(child);
      }
    }
  }

  private void ask(UUID child) {
    HeldResource held = rows.resources.get(child);
    if (held != null) {
      if (held.isToBeAsked(owner)) {
        asks.add(held);
      }
    } else if (rows.there.contains(child)) {
      // A resource that stays decides it again.
      boolean again = outcome.subject().isResource() && outcome.transitions().isEmpty();
      asksLater |= again;
      isBusy |= !again;
    }
  }

  private boolean ends() {
    return outcome.write() != null && !outcome.write().active();
  }

  private @Nullable Verdict refused(HeldResource resource, Held subject) {
    boolean adds = !begins.isEmpty() || !creates.isEmpty();
    if (adds && !resource.active) {
      return Verdict.no(
          Refusal.Code.ENDED, "%s has ended: no %s".formatted(resource, firstAddition()));
    }
    if (adds
        && resource.deleting != Deleting.NO
        && (!creates.isEmpty() || !mayStartWhileDeleting(subject))) {
      return Verdict.no(
          Refusal.Code.DELETING,
          "%s is being taken down: no %s".formatted(resource, firstAddition()));
    }
    if (GroupNeeds.endsResource(outcome)) {
      String blocker = adds ? firstAddition() : blocker();
      if (blocker != null) {
        return Verdict.no(
            Refusal.Code.OCCUPIED, "%s cannot end: %s hangs off it".formatted(resource, blocker));
      }
    }
    return null;
  }

  private String firstAddition() {
    return begins.isEmpty()
        ? "%s '%s'".formatted(creates.get(0).list().type(), creates.get(0).label())
        : "task " + begins.get(0).start().name();
  }

  /** Its own ticks may, and a task that cleans up. */
  private boolean mayStartWhileDeleting(Held subject) {
    return outcome.subject().isResource()
        ? outcome.stamp().tick() != null
        : subject.state.equals(BuiltIn.EXIT);
  }

  private @Nullable String blocker() {
    List<ActiveTask> tasks = rows.activeOf(owner);
    return tasks.isEmpty()
        ? rows.childOf.get(owner)
        : "task %s (%s)".formatted(tasks.get(0).name(), tasks.get(0).key().uuid());
  }

  /** Whoever waits for the end of what is rewound has to look again. */
  private void lookAgain(SubjectKey rewound) {
    HeldResource resource = rows.resources.get(rewound.resource());
    if (resource == null || !rewound.isResource()) {
      wake(resource);
    } else if (resource.parent() != null) {
      wake(rows.resources.get(resource.parent()));
    }
  }

  /** Code has seen whom it sends one: what has ended meanwhile gets none, and that is all. */
  private @Nullable Verdict signals() {
    boolean refuses = outcome.stamp().tick() == null;
    Map<SubjectKey, Held> seen = new HashMap<>();
    for (SignalRow signal : outcome.signals()) {
      Held held = seen.computeIfAbsent(signal.subject(), rows::held);
      if (held == null) {
        if (rows.there.contains(signal.subject().uuid())) {
          isBusy = true;
        } else if (refuses) {
          return Verdict.no(
              Refusal.Code.NOT_FOUND, "there is no %s to signal".formatted(signal.subject()));
        }
      } else if (held.active) {
        signals.add(signal);
        wakes.add(held);
      } else if (refuses) {
        return Verdict.no(
            Refusal.Code.ENDED, "%s has ended: no signal reaches it".formatted(signal.subject()));
      }
    }
    return null;
  }

  private void wakes(@Nullable HeldResource resource) {
    if (resource == null) {
      return;
    }
    OwnerWrite write = outcome.owner();
    boolean sees = write != null && (write.fields() != null || turns(write, resource));
    boolean adds = !outcome.subject().isResource() && !(begins.isEmpty() && creates.isEmpty());
    if (outcome.wakesUp().contains(Wake.RESOURCE) || sees || adds) {
      wakes.add(resource);
    }
    if (outcome.wakesUp().contains(Wake.WAITERS) || sees || !begins.isEmpty()) {
      rows.others(outcome.subject()).forEach(this::seen);
    }
    UUID parent = resource.parent();
    boolean up =
        outcome.wakesUp().contains(Wake.PARENT) || (write != null && turns(write, resource));
    if (parent != null && up) {
      wake(rows.resources.get(parent));
    }
    wakes.removeIf(held -> !held.active);
  }

  private void seen(ActiveTask other) {
    Held held = rows.tasks.get(other.key());
    if (held != null && !held.waits) {
      stirs.add(held);
    } else {
      wake(held);
    }
  }

  private void wake(@Nullable Held held) {
    if (held == null) {
      isBusy = true;
    } else {
      wakes.add(held);
    }
  }

  /** Whether its availability becomes another one. */
  private static boolean turns(OwnerWrite write, HeldResource resource) {
    OwnerWrite.Observation look = write.observation();
    return look != null
        && look.after(resource.observed).availability() != resource.observed.availability();
  }
}
