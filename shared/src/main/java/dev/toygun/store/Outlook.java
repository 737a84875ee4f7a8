package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The family as code will see it once an outcome is committed, and what follows it: with the runs
 * and children that begin, and with those due that have to look again. Unlike a {@link Forecast} it
 * is not what the next outcome may be decided from, as the versions of rows that begin or are woken
 * are not known; it is what the resource's alarms may be judged on.
 */
public final class Outlook {
  private Outlook() {}

  /** The family after this outcome, unless somebody else comes between. */
  public static Family of(Family before, Outcome outcome, Instant now) {
    Family after = Forecast.own(before, outcome, now);
    if (outcome.error() != null) {
      after = with(after, outcome.error());
    }
    for (TaskStart start : outcome.starts()) {
      after = started(after, start, outcome.stamp(), now);
    }
    for (ChildCreate child : outcome.creates()) {
      after = created(after, child, now);
    }
    boolean wakes = !outcome.starts().isEmpty() || Forecast.wakesWaiters(before, outcome);
    Predicate<TaskRow> looks =
        task ->
            outcome.stops().contains(task.name())
                || (wakes && task.machine().waits() && !task.key().equals(outcome.subject()));
    after = due(after, looks, now);
    return outcome.then() == null ? after : of(after, outcome.then(), now);
  }

  private static Family due(Family family, Predicate<TaskRow> which, Instant now) {
    return Forecast.tasks(
        family,
        family.tasks().stream()
            .map(
                task ->
                    task.machine().active() && which.test(task)
                        ? task.with(Forecast.due(task.machine(), now))
                        : task)
            .toList());
  }

  /** By the rules of the rows that are held: one run at a time, none over what a person ended. */
  private static Family started(Family family, TaskStart start, Stamp stamp, Instant now) {
    TaskRow last = family.task(start.name()).orElse(null);
    if (last != null && (last.machine().active() || (start.ensure() && isByPerson(last)))) {
      return family;
    }
    Pace pace = Pace.of(start, last == null ? null : run(last), now);
    TaskRow begun =
        new TaskRow(
            new SubjectKey(family.resource().uuid(), start.uuid()),
            start.name(),
            last == null ? 1 : last.run() + 1,
            fresh(BuiltIn.NEW, start.attrs(), start.list(), pace.dueAt(), now),
            null,
            start.args(),
            start.startedBy(),
            stamp.cause(),
            pace.streak(),
            null);
    List<TaskRow> tasks = new ArrayList<>(family.tasks());
    tasks.remove(last);
    tasks.add(begun);
    return Forecast.tasks(family, tasks);
  }

  private static boolean isByPerson(TaskRow ended) {
    return ended.outcome() == End.STOPPED || ended.outcome() == End.ABORTED;
  }

  private static GroupRows.Run run(TaskRow row) {
    MachineRow machine = row.machine();
    return new GroupRows.Run(
        row.key(),
        row.run(),
        machine.active(),
        row.outcome(),
        row.streak(),
        machine.createdAt(),
        machine.endedAt());
  }

  private static Family created(Family family, ChildCreate child, Instant now) {
    boolean isThere =
        family.children().stream()
            .anyMatch(
                other ->
                    other.type().equals(child.list().type())
                        && other.label().equals(child.label()));
    if (isThere) {
      return family;
    }
    ResourceRow parent = family.resource();
    List<java.util.UUID> path = new ArrayList<>(parent.path());
    path.add(parent.uuid());
    List<ResourceRow> children = new ArrayList<>(family.children());
    children.add(
        new ResourceRow(
            child.uuid(),
            parent.uuid(),
            path,
            child.label(),
            fresh(child.state(), child.attrs(), child.list(), now, now),
            ResourceRow.Deleting.NO,
            Observed.NOTHING));
    return family(family, family.errors(), children);
  }

  private static MachineRow fresh(
      String state, String attrs, ListName list, @Nullable Instant due, Instant now) {
    return new MachineRow(
        state, 0, 0, 0, 0, 0, null, attrs, list, due, null, null, null, false, true, null, now, now,
        null);
  }

  private static Family with(Family family, ErrorRow error) {
    List<ErrorRow> errors = new ArrayList<>(family.errors());
    errors.add(error);
    return family(family, errors, family.children());
  }

  private static Family family(Family before, List<ErrorRow> errors, List<ResourceRow> children) {
    return new Family(
        before.resource(),
        before.tasks(),
        before.signals(),
        errors,
        children,
        before.parent(),
        before.alarms(),
        before.panics(),
        before.triggers());
  }
}
