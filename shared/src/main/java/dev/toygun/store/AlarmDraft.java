package dev.toygun.store;

import dev.toygun.AlarmType;
import dev.toygun.Severity;
import dev.toygun.store.Alarm.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An alarm's row while a book is written. */
final class AlarmDraft {
  final SubjectKey key;
  final UUID subject;
  final String name;
  final @Nullable String task;
  final ListName list;
  final @Nullable UUID error;
  final boolean judged;
  final Instant createdAt;
  final @Nullable String runbook;
  final @Nullable Integer escalateS;
  final @Nullable Long standsAt;
  final long loaded;
  State state;
  long step;
  Severity severity;
  String message;
  @Nullable Instant dueAt;
  @Nullable Instant clearAt;
  @Nullable Instant snoozedUntil;
  @Nullable String acknowledged;
  @Nullable UUID under;
  @Nullable Instant openedAt;
  @Nullable Instant endedAt;
  final List<Instant> repairs;

  AlarmDraft(Alarm row) {
    key = row.key();
    subject = row.subject();
    name = row.name();
    task = row.task();
    list = row.list();
    error = row.error();
    judged = row.judged();
    createdAt = row.createdAt();
    runbook = row.runbook();
    escalateS = row.escalateS();
    message = row.message();
    standsAt = row.standsAt();
    loaded = row.version();
    state = row.state();
    step = row.step();
    severity = row.severity();
    dueAt = row.dueAt();
    clearAt = row.clearAt();
    snoozedUntil = row.snoozedUntil();
    acknowledged = row.acknowledged();
    under = row.under();
    openedAt = row.openedAt();
    endedAt = row.endedAt();
    repairs = new ArrayList<>(row.repairs());
  }

  /** A new one. */
  AlarmDraft(AlarmWrite write, AlarmWrite.Rules rules, ListName list, Instant now) {
    key = new SubjectKey(write.subject().resource(), write.uuid());
    subject = write.subject().uuid();
    name = write.name();
    task = write.task();
    this.list = list;
    error = write.error();
    judged = rules.judged();
    createdAt = now;
    runbook = rules.runbook();
    escalateS = rules.escalateAfter() == null ? null : (int) rules.escalateAfter().toSeconds();
    message = write.message();
    standsAt = write.standsAt();
    loaded = 0;
    state = State.PENDING;
    severity = rules.severity();
    repairs = new ArrayList<>(0);
  }

  /** Whether a run opens it once in its life: such a one does not flap. */
  boolean isOfRun() {
    return name.equals(AlarmType.APPROVAL);
  }

  boolean active() {
    return state != State.CLOSED;
  }

  /**
   * It is true still; whether anything of it changes by that. One that was about to close does not;
   * and how many want what a brake keeps changes, which whoever looks is to see, and nobody is
   * told.
   */
  boolean raisedAgain(String saying, Instant now) {
    boolean closes = clearAt != null && state == State.OPEN;
    clearAt = closes ? null : clearAt;
    dueAt = closes ? escalatesAt(now) : dueAt;
    boolean anew = AlarmType.isOfBrake(name) && !message.equals(saying);
    message = anew ? saying : message;
    return closes || anew;
  }

  /** A repair was started, or the last one is taken back. */
  void tried(AlarmWrite.Kind what, Instant now) {
    if (what == AlarmWrite.Kind.REPAIR) {
      repairs.add(now);
    } else if (!repairs.isEmpty()) {
      repairs.remove(repairs.size() - 1);
    }
  }

  /** When it becomes more severe, if it can. */
  @Nullable Instant escalatesAt(Instant now) {
    return escalateS == null || severity == Severity.CRITICAL ? null : now.plusSeconds(escalateS);
  }

  /** The row with this version. */
  Alarm row(long version) {
    return new Alarm(
        key,
        subject,
        name,
        task,
        list,
        state,
        step,
        version,
        severity,
        message,
        error,
        judged,
        runbook,
        escalateS,
        dueAt,
        clearAt,
        snoozedUntil,
        acknowledged,
        under,
        repairs,
        createdAt,
        openedAt,
        endedAt,
        standsAt);
  }
}
