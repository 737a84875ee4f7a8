package dev.toygun.store;

import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Sends what a group comes to: at most one UPDATE for each row, in the order of their keys, and
 * nothing for what is empty.
 */
final class GroupWrites {
  private GroupWrites() {}

  static void send(PgTransaction to, GroupRows rows, GroupChanges changes) {
    rows(to, rows);
    // After the tasks' own writes: it changes them again.
    lifts(to, changes.lifts);
    newTasks(to, changes.tasks);
    newResources(to, changes.resources);
    TriggerSql.send(to, changes.triggers);
    HistoryWrites.send(to, changes);
  }

  private static void rows(PgTransaction to, GroupRows rows) {
    List<HeldResource> resources = sorted(rows.resources.values(), Held::isWritten);
    if (!resources.isEmpty()) {
      to.send(GroupSql.WRITE_RESOURCES, resources(resources));
    }
    List<HeldResource> wokenResources = sorted(rows.resources.values(), Held::isOnlyWoken);
    if (!wokenResources.isEmpty()) {
      to.send(
          GroupSql.WAKE_RESOURCES,
          PgArrays.tuple(
              PgArrays.uuids(wokenResources, held -> held.key().uuid()),
              PgArrays.bigs(wokenResources, held -> held.wakes),
              PgArrays.times(wokenResources, held -> held.dueAt)));
    }
    List<HeldTask> tasks = sorted(rows.tasks.values(), Held::isWritten);
    if (!tasks.isEmpty()) {
      to.send(GroupSql.WRITE_TASKS, tasks(tasks));
    }
    List<HeldTask> waiting = tasks.stream().filter(task -> task.admission != null).toList();
    if (!waiting.isEmpty()) {
      to.send(
          GroupSql.ADMISSIONS,
          PgArrays.tuple(
              PgArrays.uuids(waiting, held -> held.key().resource()),
              PgArrays.uuids(waiting, held -> held.key().uuid()),
              PgArrays.texts(waiting, held -> Objects.requireNonNull(held.admission).stored())));
    }
    List<HeldTask> wokenTasks = sorted(rows.tasks.values(), Held::isOnlyWoken);
    if (!wokenTasks.isEmpty()) {
      to.send(
          GroupSql.WAKE_TASKS,
          PgArrays.tuple(
              PgArrays.uuids(wokenTasks, held -> held.key().resource()),
              PgArrays.uuids(wokenTasks, held -> held.key().uuid()),
              PgArrays.bigs(wokenTasks, held -> held.wakes),
              PgArrays.times(wokenTasks, held -> held.dueAt)));
    }
  }

  private static <H extends Held> List<H> sorted(
      java.util.Collection<H> held, Predicate<Held> which) {
    return held.stream().filter(which).sorted(Comparator.comparing(Held::key)).toList();
  }

  private static Tuple resources(List<HeldResource> rows) {
    return PgArrays.tuple(
        PgArrays.uuids(rows, r -> r.key().uuid()),
        PgArrays.texts(rows, r -> r.state),
        PgArrays.bigs(rows, r -> r.step),
        PgArrays.bigs(rows, r -> r.version),
        PgArrays.bigs(rows, r -> r.wakes),
        PgArrays.bigs(rows, r -> r.entered),
        PgArrays.numbers(rows, r -> r.tries),
        PgArrays.texts(rows, r -> r.resume),
        PgArrays.texts(rows, r -> r.attrs),
        PgArrays.numbers(rows, r -> r.list().version()),
        PgArrays.times(rows, r -> r.dueAt),
        PgArrays.numbers(rows, r -> r.everyS),
        PgArrays.numbers(rows, Held::bucket),
        PgArrays.times(rows, r -> r.deadlineAt),
        PgArrays.flags(rows, r -> r.waits),
        PgArrays.flags(rows, r -> r.active),
        PgArrays.uuids(rows, r -> r.error),
        PgArrays.texts(rows, r -> r.deleting.name().toLowerCase(Locale.ROOT)),
        PgArrays.texts(rows, r -> r.observed.availability().stored()),
        PgArrays.numbers(rows, r -> r.observed.misses()),
        PgArrays.times(rows, r -> r.observed.plannedUntil()),
        PgArrays.texts(rows, r -> PgArrays.names(r.observed.observers())));
  }

  private static Tuple tasks(List<HeldTask> rows) {
    return PgArrays.tuple(
        PgArrays.uuids(rows, t -> t.key().resource()),
        PgArrays.uuids(rows, t -> t.key().uuid()),
        PgArrays.texts(rows, t -> t.state),
        PgArrays.bigs(rows, t -> t.step),
        PgArrays.bigs(rows, t -> t.version),
        PgArrays.bigs(rows, t -> t.wakes),
        PgArrays.bigs(rows, t -> t.entered),
        PgArrays.numbers(rows, t -> t.tries),
        PgArrays.texts(rows, t -> t.resume),
        PgArrays.texts(rows, t -> t.attrs),
        PgArrays.numbers(rows, t -> t.list().version()),
        PgArrays.times(rows, t -> t.dueAt),
        PgArrays.numbers(rows, t -> t.everyS),
        PgArrays.numbers(rows, Held::bucket),
        PgArrays.times(rows, t -> t.deadlineAt),
        PgArrays.flags(rows, t -> t.waits),
        PgArrays.flags(rows, t -> t.active),
        PgArrays.uuids(rows, t -> t.error),
        PgArrays.texts(rows, t -> PlainMove.stored(t.end)),
        PgArrays.times(rows, t -> t.runDeadlineAt));
  }

  private static void lifts(PgTransaction to, List<GroupChanges.Lift> rows) {
    if (!rows.isEmpty()) {
      to.send(
          GroupSql.LIFT,
          PgArrays.tuple(
              PgArrays.uuids(rows, GroupChanges.Lift::resource),
              PgArrays.numbers(rows, GroupChanges.Lift::version)));
      PgSchedules.enrol(to, PgArrays.uuids(rows, GroupChanges.Lift::resource));
    }
  }

  private static void newTasks(PgTransaction to, List<GroupChanges.NewTask> rows) {
    if (!rows.isEmpty()) {
      to.send(
          GroupSql.NEW_TASKS,
          PgArrays.tuple(
              PgArrays.uuids(rows, t -> t.key().resource()),
              PgArrays.uuids(rows, t -> t.key().uuid()),
              PgArrays.texts(rows, t -> t.start().name()),
              PgArrays.bigs(rows, GroupChanges.NewTask::run),
              PgArrays.texts(rows, t -> t.start().list().queue()),
              PgArrays.texts(rows, t -> t.start().list().type()),
              PgArrays.numbers(rows, t -> t.start().list().version()),
              PgArrays.numbers(rows, t -> t.start().list().priority()),
              PgArrays.texts(rows, t -> t.start().attrs()),
              PgArrays.texts(rows, t -> t.start().args()),
              PgArrays.texts(rows, t -> t.start().startedBy()),
              PgArrays.texts(rows, t -> t.cause().stored()),
              PgArrays.numbers(rows, GroupChanges.NewTask::streak),
              PgArrays.times(rows, GroupChanges.NewTask::dueAt)));
    }
  }

  private static void newResources(PgTransaction to, List<GroupChanges.NewResource> rows) {
    if (!rows.isEmpty()) {
      to.send(
          GroupSql.NEW_RESOURCES,
          PgArrays.tuple(
              PgArrays.uuids(rows, r -> r.child().uuid()),
              PgArrays.uuids(rows, GroupChanges.NewResource::parent),
              PgArrays.texts(
                  rows,
                  r -> r.path().stream().map(UUID::toString).collect(Collectors.joining(","))),
              PgArrays.texts(rows, r -> r.child().label()),
              PgArrays.texts(rows, r -> r.child().list().queue()),
              PgArrays.texts(rows, r -> r.child().list().type()),
              PgArrays.numbers(rows, r -> r.child().list().version()),
              PgArrays.numbers(rows, r -> r.child().list().priority()),
              PgArrays.texts(rows, r -> r.child().state()),
              PgArrays.texts(rows, r -> r.child().attrs())));
      PgSchedules.enrol(to, PgArrays.uuids(rows, r -> r.child().uuid()));
    }
  }
}
