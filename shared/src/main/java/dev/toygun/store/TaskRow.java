package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * A run of a task as it is stored. The type and schema version of its list are its resource's.
 *
 * @param run 1, 2, … for each resource and name
 * @param outcome how it ended or, while it is active, how it will once {@code __exit__} is through
 * @param args what it was started with, as decorated JSON
 * @param startedBy who started it: a task's or the resource's name, or {@code key:NAME}
 * @param streak runs in a row, begun by a decide without a move, that lived under a minute
 * @param admission of a run with limits; null of one that nobody has asked to wait
 */
public record TaskRow(
    SubjectKey key,
    String name,
    long run,
    MachineRow machine,
    @Nullable End outcome,
    String args,
    String startedBy,
    Cause cause,
    int streak,
    @Nullable Admission admission) {

  /** The same run, and this of its machine. */
  public TaskRow with(MachineRow other) {
    return new TaskRow(key, name, run, other, outcome, args, startedBy, cause, streak, admission);
  }

  /** The same run, this of its machine, and on its way to this end. */
  public TaskRow with(MachineRow other, @Nullable End end) {
    return new TaskRow(key, name, run, other, end, args, startedBy, cause, streak, admission);
  }

  /** The same run, that has been let in or waits for it. */
  public TaskRow with(@Nullable Admission other) {
    return new TaskRow(key, name, run, machine, outcome, args, startedBy, cause, streak, other);
  }

  /** Whether it waits for its turn to begin. */
  public boolean waitsForItsTurn() {
    return stands(Admission.WAITS);
  }

  /** Whether it waits for a person to approve it. */
  public boolean waitsForApproval() {
    return stands(Admission.ASKS);
  }

  /** Whether it waits for its turn or for approval, or ended as it did: none of its code ran. */
  public boolean hasNotBegun() {
    return admission == Admission.WAITS || admission == Admission.ASKS;
  }

  private boolean stands(Admission where) {
    return admission == where && machine.active() && machine.state().equals(BuiltIn.NEW);
  }

  /** How the run stands. */
  public TaskStatus status() {
    return status(machine.active(), machine.state(), outcome);
  }

  static TaskStatus status(boolean active, String state, @Nullable End outcome) {
    if (!active) {
      return outcome == null ? TaskStatus.FINISHED : outcome.status();
    }
    return state.equals(BuiltIn.PANIC) ? TaskStatus.PANICKED : TaskStatus.RUNNING;
  }
}
