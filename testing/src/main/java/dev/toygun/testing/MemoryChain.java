package dev.toygun.testing;

import dev.toygun.store.Committed;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.Refusal;
import dev.toygun.store.SubjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** An outcome, and then what was decided as if it were committed. */
final class MemoryChain {
  private MemoryChain() {}

  /** What became of the outcome, and of what followed it. */
  static Committed commit(
      MemoryRows rows,
      MemoryAlarms alarms,
      MemoryHistory history,
      Invariants invariants,
      Outcome outcome,
      Instant now) {
    Committed first = new MemoryCommit(rows, alarms, history, invariants, outcome, now).run();
    if (outcome.then() == null || !(first instanceof Committed.Done done)) {
      return first;
    }
    Committed then = commit(rows, alarms, history, invariants, outcome.then(), now);
    List<Committed.Woken> woken = new ArrayList<>(done.woken());
    if (then.isOvertaken()) {
      lookAgain(rows, outcome.then().subject().resource(), now, woken);
    }
    // Who is due is told as both outcomes leave the rows.
    MachineRow row = rows.machine(outcome.subject()).orElseThrow();
    return new Committed.Done(
        done.version(),
        row.wakes(),
        row.dueAt(),
        woken.stream()
            .filter(one -> !one.key().equals(outcome.subject()))
            .filter(
                one ->
                    rows.machine(one.key())
                        .filter(machine -> MemoryRows.isDue(machine, now))
                        .isPresent())
            .distinct()
            .toList(),
        done.begun(),
        then);
  }

  /** What a request is answered: refused where it is not done. */
  static Committed.Done done(Committed committed) {
    if (committed instanceof Committed.Done done) {
      return done;
    }
    if (committed instanceof Committed.Refused refused) {
      throw new Refusal(refused.code(), refused.message());
    }
    throw new Refusal(Refusal.Code.STALE, "it was written meanwhile: read it again");
  }

  /** What was decided for after this one does not hold any more: it is to be decided again. */
  private static void lookAgain(
      MemoryRows rows, UUID resource, Instant now, List<Committed.Woken> woken) {
    SubjectKey key = SubjectKey.ofResource(resource);
    rows.machine(key)
        .filter(MachineRow::active)
        .ifPresent(
            row -> {
              rows.change(key, machine -> MachineRows.woken(machine, now));
              woken.add(new Committed.Woken(key, row.list()));
            });
  }
}
