package dev.toygun.worker;

import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.TaskRow;
import dev.toygun.store.Write;
import java.util.List;
import java.util.Objects;

/**
 * A family after a plain move that was committed: the same as reading it again, without reading.
 */
final class Moved {
  private Moved() {}

  static Family family(Family before, Outcome outcome, Committed.Done done) {
    Write write = Objects.requireNonNull(outcome.write());
    List<TaskRow> tasks =
        before.tasks().stream()
            .map(task -> task.key().equals(outcome.subject()) ? task(task, write, done) : task)
            .toList();
    return new Family(
        before.resource(),
        tasks,
        before.signals(),
        before.errors(),
        before.children(),
        before.parent());
  }

  private static TaskRow task(TaskRow before, Write write, Committed.Done done) {
    MachineRow row = before.machine();
    MachineRow after =
        new MachineRow(
            write.state(),
            write.step(),
            done.version(),
            done.wakes(),
            write.entered(),
            write.tries(),
            write.resume(),
            write.attrs(),
            row.list(),
            done.dueAt(),
            write.everyS(),
            write.deadlineAt(),
            write.waits(),
            write.active(),
            write.error(),
            row.createdAt(),
            row.updatedAt(),
            row.endedAt());
    return new TaskRow(
        before.key(),
        before.name(),
        before.run(),
        after,
        write.end(),
        before.args(),
        before.startedBy(),
        before.cause(),
        before.streak());
  }
}
