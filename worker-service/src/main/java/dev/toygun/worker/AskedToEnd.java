package dev.toygun.worker;

import dev.toygun.TaskType;
import dev.toygun.store.ChildDelete;
import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.Outcome;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whom an outcome asked to end that may be ticked just now, under another lease. */
final class AskedToEnd {
  private AskedToEnd() {}

  static List<SubjectKey> elsewhere(
      Errand errand, Subject subject, Outcome outcome, Committed.Done done) {
    List<SubjectKey> asked = new ArrayList<>();
    tasks(errand, subject, outcome, asked);
    if (!outcome.deletes().isNone()) {
      children(subject.family(), outcome.deletes(), done, asked);
    }
    if (outcome.then() != null && done.then() instanceof Committed.Done then) {
      asked.addAll(elsewhere(errand, subject, outcome.then(), then));
    }
    return asked;
  }

  /*
   * Under one lease one is ticked after the other: a task of the same lease is not under way, and
   * what it does next, its clean-up, is not to be broken off.
   */
  private static void tasks(
      Errand errand, Subject subject, Outcome outcome, List<SubjectKey> asked) {
    for (String name : outcome.stops()) {
      Optional<TaskRow> run = subject.family().task(name);
      boolean shared = subject.type().task(name).map(TaskType::isShared).orElse(false);
      if (run.isPresent()
          && run.get().machine().active()
          && (shared || errand.shared != null)
          && !run.get().key().equals(outcome.subject())) {
        asked.add(run.get().key());
      }
    }
  }

  /** Of the resources that it woke, those that it asked. */
  private static void children(
      Family family, ChildDelete deletes, Committed.Done done, List<SubjectKey> asked) {
    for (Committed.Woken woken : done.woken()) {
      UUID uuid = woken.key().resource();
      boolean parent = uuid.equals(family.resource().parent());
      if (woken.key().isResource() && !parent && deletes.asks(uuid)) {
        asked.add(woken.key());
      }
    }
  }
}
