package dev.toygun.store;

import dev.toygun.AlarmType;
import dev.toygun.store.Alarm.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out what a person says to an alarm, or refuses it and changes nothing. */
final class AlarmOrders {
  private final AlarmBook book;
  private final Instant now;
  private final String reason;
  private final Stamp by;

  AlarmOrders(AlarmBook book, Instant now, String reason, Stamp by) {
    this.book = book;
    this.now = now;
    this.reason = reason;
    this.by = by;
  }

  void carryOut(AlarmDraft alarm, AlarmCommand command, boolean standsStill) {
    boolean flapped = alarm.state == State.OPEN && alarm.clearAt != null;
    if (command instanceof AlarmCommand.Acknowledge ack) {
      require(alarm, State.OPEN, State.ACKNOWLEDGED, State.SNOOZED, State.LIFTED);
      future(ack.until());
      book.move(alarm, State.ACKNOWLEDGED, said(ack.until()), by);
      alarm.acknowledged = by.actor();
      alarm.snoozedUntil = null;
      alarm.dueAt = ack.until();
    } else if (command instanceof AlarmCommand.Snooze snooze) {
      require(alarm, State.OPEN, State.ACKNOWLEDGED, State.SNOOZED, State.LIFTED);
      future(snooze.until());
      book.move(alarm, State.SNOOZED, said(snooze.until()), by);
      alarm.snoozedUntil = snooze.until();
      alarm.dueAt = snooze.until();
    } else if (command instanceof AlarmCommand.Lift lift) {
      lift(alarm, lift);
    } else if (command instanceof AlarmCommand.Ignore) {
      require(
          alarm,
          State.OPEN,
          State.ACKNOWLEDGED,
          State.SNOOZED,
          State.LIFTED,
          State.FOLDED,
          State.HELD,
          State.IGNORED);
      book.move(alarm, State.IGNORED, said(null), by);
      alarm.under = null;
      alarm.dueAt = null;
    } else if (command instanceof AlarmCommand.Unignore) {
      require(alarm, State.IGNORED);
      book.open(alarm, by);
    } else if (command instanceof AlarmCommand.Close) {
      if (standsStill) {
        throw new Refusal(
            Refusal.Code.WRONG_STATE,
            "alarm %s tells of something that stands still: %s or stop that, or ignore the alarm"
                .formatted(alarm.name, alarm.isOfRun() ? "approve" : "retry"));
      }
      if (AlarmType.isOfDemotion(alarm.name)) {
        throw new Refusal(
            Refusal.Code.WRONG_STATE,
            "alarm %s is over once its task is promoted: promote it, or ignore the alarm"
                .formatted(alarm.name));
      }
      if (AlarmType.isOfQuota(alarm.name)) {
        throw new Refusal(
            Refusal.Code.WRONG_STATE,
            "alarm %s is over once less than four fifths of the quota are used: ignore or snooze it"
                .formatted(alarm.name));
      }
      book.close(alarm, said(null), by);
    }
    if (flapped && alarm.active()) {
      endDamping(alarm);
    }
  }

  private void lift(AlarmDraft alarm, AlarmCommand.Lift lift) {
    if (!AlarmType.isOfBrake(alarm.name)) {
      throw new Refusal(
          Refusal.Code.WRONG_STATE,
          "alarm %s is not of a brake: there is nothing to lift; snooze it to have it quiet"
              .formatted(alarm.name));
    }
    future(lift.until());
    book.move(alarm, State.LIFTED, said(lift.until()), by);
    alarm.under = null;
    alarm.clearAt = null;
    alarm.acknowledged = by.actor();
    alarm.snoozedUntil = lift.until();
    alarm.dueAt = lift.until();
  }

  /** It was open only until it had stayed clear for a while; who has quieted it need not wait. */
  private void endDamping(AlarmDraft alarm) {
    alarm.clearAt = null;
    if (alarm.judged) {
      book.changes().woken.add(alarm.key.resource());
    } else {
      book.close(alarm, AlarmBook.CLEARED, by);
    }
  }

  /** For its history: who said it, until when, and why. */
  private String said(@Nullable Instant until) {
    return "by %s%s%s"
        .formatted(
            by.actor(),
            until == null ? "" : " until " + until,
            reason.isEmpty() ? "" : ": " + reason);
  }

  private static void require(AlarmDraft alarm, State... allowed) {
    if (!List.of(allowed).contains(alarm.state)) {
      throw new Refusal(
          Refusal.Code.WRONG_STATE,
          "alarm %s is %s; this can be said only to one that is %s"
              .formatted(
                  alarm.name,
                  alarm.state.stored(),
                  String.join(" or ", List.of(allowed).stream().map(State::stored).toList())));
    }
  }

  private void future(@Nullable Instant until) {
    if (until != null && !until.isAfter(now)) {
      throw new Refusal(Refusal.Code.INVALID, until + " is past: name a time to come");
    }
  }
}
