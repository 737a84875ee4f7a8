package dev.toygun.worker;

import dev.toygun.store.Family;
import dev.toygun.store.Hop;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.Outlook;
import dev.toygun.store.ResourceRow;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Judges a resource's alarms and triggers on the family as a commit will leave it, where nothing of
 * it is due any more: what there is to say is written in that same commit. Nobody would ever look
 * again, if the worker died between the two. Mostly there is nothing to say, and then nothing is
 * added.
 */
final class JudgeAhead {
  private final Picker picker;
  private final AlarmJudge alarms;

  JudgeAhead(Picker picker, AlarmJudge alarms) {
    this.picker = picker;
    this.alarms = alarms;
  }

  /** The outcome, with what there is to say once it is committed. */
  Outcome of(Errand errand, Subject subject, Map<UUID, ResourceRow> referred, Outcome outcome) {
    if (!subject.type().isJudged() || errand.settle != null || sendsOn(outcome)) {
      return outcome;
    }
    Instant now = subject.now();
    Family family = Outlook.of(subject.family(), outcome, now);
    if (isDue(family.resource().machine(), now) || picker.wouldPick(errand, family, now)) {
      return outcome;
    }
    Optional<Outcome> said = alarms.ahead(errand, family, referred, now);
    if (errand.shared == null) {
      errand.quiet = said.isEmpty();
      return said.map(judgement -> followed(outcome, judgement)).orElse(outcome);
    }
    return said.isPresent() ? outcome.wakingResource() : outcome;
  }

  private static boolean isDue(MachineRow row, Instant now) {
    return row.active() && row.dueAt() != null && !row.dueAt().isAfter(now);
  }

  /** Whether it sends a machine on that has panicked: that will be ticked. */
  private static boolean sendsOn(Outcome outcome) {
    Hop.Decided handles = outcome.handles();
    return handles != null && handles.decision().handles();
  }

  private static Outcome followed(Outcome outcome, Outcome last) {
    return outcome.then(outcome.then() == null ? last : followed(outcome.then(), last));
  }
}
