package dev.toygun.store;

import dev.toygun.AlarmType;
import dev.toygun.Severity;
import dev.toygun.store.Alarm.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules of alarms, all of them, for whoever moves one: a worker's outcome, a person's command,
 * the clock. It is opened on the active alarms that a transaction has locked, and notes what is to
 * be written; it neither reads nor writes itself, so both stores keep the same rules.
 *
 * <pre>
 *   (nothing) ─► pending ─► open ◄─► acknowledged, snoozed, ignored ─► closed
 *            └─► climbing ─┘ │ ▲
 *                            ▼ │
 *                      folded, held: quiet, and judged again when what they are under is over
 * </pre>
 */
public final class AlarmBook {
  /** How long what has been woken to be judged may take before it is woken again. */
  private static final Duration JUDGING = Duration.ofSeconds(30);

  static final String CLEARED = "cleared";

  /** Why the alarm of a stuck machine closes. */
  public static final String GOES_ON = "it has been written since, or is held, or has ended";

  private final Instant now;
  private final AlarmAround around;
  private final AlarmChanges changes = new AlarmChanges();
  private final Map<UUID, AlarmDraft> held = new LinkedHashMap<>();
  private final Set<UUID> climbed = new HashSet<>();
  private final AlarmsAbove above;

  /** A book on these active alarms. */
  public AlarmBook(Instant now, AlarmAround around, Collection<Alarm> active) {
    this.now = now;
    this.around = around;
    this.above = new AlarmsAbove(now, around, held.values());
    active.forEach(alarm -> held.put(alarm.key().uuid(), new AlarmDraft(alarm)));
  }

  /** What is to be written. */
  public AlarmChanges changes() {
    return changes;
  }

  /** The alarm as it is now. */
  public Optional<Alarm> find(UUID alarm) {
    return Optional.ofNullable(held.get(alarm)).map(changes::row);
  }

  /** A machine does not go on. */
  public void stuck(@Nullable String task, Due.Stuck machine, ListName list, long step, Stamp by) {
    say(AlarmWrite.stuck(task, machine), list, step, by);
  }

  /** What an outcome says. */
  public void say(AlarmWrite write, ListName list, long step, Stamp by) {
    AlarmDraft alarm = find(write);
    switch (write.kind()) {
      case RAISE -> raise(alarm, write, list, step, by);
      case CLEAR -> {
        if (alarm != null) {
          clear(alarm, by);
        }
      }
      case REPAIR, REPAIR_WITHDRAWN -> {
        if (alarm != null) {
          alarm.tried(write.kind(), now);
          changes.write(alarm);
        }
      }
      case REPAIRED_IN_VAIN -> {
        if (alarm != null && alarm.severity != Severity.CRITICAL) {
          alarm.severity = Severity.CRITICAL;
          tell(alarm, "repaired in vain: as often as it may be", by);
        }
      }
    }
  }

  /** One run of a task after another that is too slow is one trouble. */
  private @Nullable AlarmDraft find(AlarmWrite write) {
    for (AlarmDraft alarm : held.values()) {
      boolean same =
          alarm.subject.equals(write.subject().uuid())
              || (write.task() != null
                  && write.name().equals(AlarmType.TIMEOUT)
                  && write.task().equals(alarm.task));
      if (same
          && alarm.active()
          && alarm.name.equals(write.name())
          && alarm.key.resource().equals(write.subject().resource())) {
        return alarm;
      }
    }
    return null;
  }

  private void raise(
      @Nullable AlarmDraft before, AlarmWrite write, ListName list, long step, Stamp by) {
    AlarmWrite.Rules rules = java.util.Objects.requireNonNull(write.rules());
    if (before == null) {
      AlarmDraft alarm = new AlarmDraft(write, rules, list, now);
      held.put(alarm.key.uuid(), alarm);
      changes.create(alarm);
      if (!rules.forAtLeast().isZero()) {
        move(alarm, State.PENDING, "", by);
        alarm.dueAt = now.plus(rules.forAtLeast());
      } else if (!rules.climbs()
          || !ask(alarm, write.subject(), step, around.retries(write.subject()), -1, by)) {
        open(alarm, by);
      }
      return;
    }
    if (before.raisedAgain(write.message(), now)) {
      changes.write(before);
    }
    boolean ripe =
        before.state == State.PENDING
            && !before.createdAt.plus(rules.forAtLeast()).isAfter(now)
            && (before.clearAt == null || !before.clearAt.isAfter(now));
    boolean awake =
        before.state.isForATime()
            && before.snoozedUntil != null
            && !before.snoozedUntil.isAfter(now);
    boolean free =
        (before.state == State.FOLDED || before.state == State.HELD)
            && before.under == null
            && (before.clearAt == null || !before.clearAt.isAfter(now));
    if (ripe || awake || free) {
      open(before, by);
    }
  }

  /** It is true, and nothing further up may do anything about it: who is to hear of it? */
  void open(AlarmDraft alarm, Stamp by) {
    alarm.snoozedUntil = null;
    alarm.acknowledged = null;
    alarm.clearAt = null;
    alarm.dueAt = null;
    Optional<Hold> hold = around.hold(alarm.key.resource(), alarm.list, alarm.task);
    if (hold.isPresent()) {
      move(alarm, State.HELD, "held: " + hold.get().reason(), by);
      alarm.under = hold.get().uuid();
      return;
    }
    Optional<UUID> cover = above.cover(alarm);
    if (cover.isPresent()) {
      move(alarm, State.FOLDED, "under alarm " + cover.get(), by);
      alarm.under = cover.get();
      alarm.dueAt = null;
      return;
    }
    Instant then = above.settled(alarm);
    if (then.isAfter(now)) {
      if (alarm.step == 0 || alarm.state != State.PENDING) {
        move(alarm, State.PENDING, "unless one further up opens", by);
      }
      alarm.clearAt = then;
      alarm.dueAt = then;
      changes.write(alarm);
      return;
    }
    tell(alarm, alarm.message, by);
  }

  private void tell(AlarmDraft alarm, String why, Stamp by) {
    move(alarm, State.OPEN, why, by);
    alarm.under = null;
    alarm.openedAt = alarm.openedAt == null ? now : alarm.openedAt;
    alarm.dueAt = alarm.escalatesAt(now);
    changes.told.add(alarm.key);
  }

  /** Asks the next one above this level; false where there is nobody. */
  private boolean ask(
      AlarmDraft alarm, SubjectKey panicked, long step, int retries, int above, Stamp by) {
    UUID error = alarm.error;
    if (error == null) {
      return false;
    }
    for (AlarmAround.Level level : around.handlers(panicked, alarm.task)) {
      if (level.level() > above) {
        if (alarm.state != State.CLIMBING) {
          move(alarm, State.CLIMBING, "", by);
        }
        alarm.dueAt = null;
        changes.asked.add(
            new Hop(
                error,
                level.level(),
                level.resource(),
                panicked,
                step,
                retries,
                now.plus(level.limit())));
        changes.woken.add(level.resource());
        return true;
      }
    }
    return false;
  }

  /** A level has answered, or has not in time. */
  public void settle(Hop hop, Hop.Decision decision, String reason, Stamp by) {
    changes.settled.add(new AlarmChanges.Settled(hop.error(), hop.level(), decision, reason));
    for (AlarmDraft alarm : List.copyOf(held.values())) {
      boolean climbs = alarm.state == State.CLIMBING && hop.error().equals(alarm.error);
      if (climbs && decision.handles()) {
        close(alarm, "%s by level %d: %s".formatted(decision.stored(), hop.level(), reason), by);
      } else if (climbs
          && climbed.add(alarm.key.uuid())
          && !ask(alarm, hop.panicked(), hop.step(), hop.retries(), hop.level(), by)) {
        open(alarm, by);
      }
    }
  }

  /** It is no longer true. One that closes again and again has to stay clear for a while. */
  private void clear(AlarmDraft alarm, Stamp by) {
    int closings =
        alarm.error == null && !alarm.isOfRun() && alarm.state == State.OPEN
            ? around.closings(new SubjectKey(alarm.key.resource(), alarm.subject), alarm.name)
            : 0;
    Duration damping = Damping.after(closings);
    if (damping.isZero() || (alarm.clearAt != null && !alarm.clearAt.isAfter(now))) {
      close(alarm, CLEARED, by);
    } else if (alarm.clearAt == null) {
      alarm.clearAt = now.plus(damping);
      alarm.dueAt = alarm.clearAt;
      changes.write(alarm);
    }
  }

  /** What ended, or moves again, needs nobody any more. */
  public void closeAll(SubjectKey subject, String why, Stamp by) {
    for (AlarmDraft alarm : held.values()) {
      boolean whole = subject.isResource() && alarm.key.resource().equals(subject.resource());
      if (alarm.active() && (whole || alarm.subject.equals(subject.uuid()))) {
        close(alarm, why, by);
      }
    }
  }

  /** Closes one. */
  public void close(UUID alarm, String why, Stamp by) {
    AlarmDraft found = held.get(alarm);
    if (found != null && found.active()) {
      close(found, why, by);
    }
  }

  void close(AlarmDraft alarm, String why, Stamp by) {
    move(alarm, State.CLOSED, why, by);
    alarm.endedAt = now;
    alarm.dueAt = null;
    alarm.clearAt = null;
    alarm.under = null;
    changes.closed.add(alarm.key.uuid());
    if (alarm.error != null) {
      changes.overtaken.add(alarm.error);
    }
  }

  /**
   * A person's command.
   *
   * @param standsStill whether the machine that the alarm tells of is panicked or timed out
   * @throws Refusal where its state does not allow it; then nothing has changed
   */
  public void command(
      UUID uuid, AlarmCommand command, boolean standsStill, String reason, Stamp by) {
    AlarmDraft alarm = held.get(uuid);
    if (alarm == null) {
      throw new Refusal(Refusal.Code.WRONG_STATE, "alarm %s is closed".formatted(uuid));
    }
    new AlarmOrders(this, now, reason, by).carryOut(alarm, command, standsStill);
  }

  /**
   * An alarm's time has come: it escalates, comes back, or is over. Where a worker has to judge
   * that, or may have to repair what it tells of, its resource is woken.
   */
  public void due(UUID uuid, Stamp by) {
    AlarmDraft alarm = held.get(uuid);
    if (alarm == null || alarm.dueAt == null || alarm.dueAt.isAfter(now)) {
      return;
    }
    boolean open = alarm.state == State.OPEN;
    if (open && alarm.clearAt == null) {
      if (around.hold(alarm.key.resource(), alarm.list, alarm.task).isPresent()) {
        alarm.dueAt = alarm.escalatesAt(now);
        changes.write(alarm);
      } else {
        alarm.severity = alarm.severity.worse();
        tell(alarm, "nobody has acknowledged it", by);
      }
      return;
    }
    boolean settled = alarm.state == State.PENDING && alarm.clearAt != null;
    if (alarm.state == State.HELD) {
      alarm.under = null;
    } else if (alarm.state == State.ACKNOWLEDGED) {
      alarm.snoozedUntil = now;
    }
    boolean waits = alarm.judged && !settled;
    if (waits) {
      alarm.dueAt = now.plus(JUDGING);
      changes.write(alarm);
    } else if (open) {
      close(alarm, CLEARED, by);
    } else {
      open(alarm, by);
    }
    if (waits || (alarm.state == State.OPEN && alarm.error == null)) {
      changes.woken.add(alarm.key.resource());
    }
  }

  void move(AlarmDraft alarm, State to, String message, Stamp by) {
    alarm.step++;
    changes.move(
        alarm.key,
        new Transition(
            alarm.step,
            alarm.step == 1 ? dev.toygun.BuiltIn.NEW : alarm.state.stored(),
            to.stored(),
            message,
            alarm.error,
            List.of()),
        by);
    alarm.state = to;
    changes.write(alarm);
  }
}
