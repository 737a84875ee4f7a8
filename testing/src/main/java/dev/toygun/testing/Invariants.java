package dev.toygun.testing;

import dev.toygun.BuiltIn;
import dev.toygun.store.MachineRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What must hold after every commit, whatever the engine does. A broken promise is remembered, not
 * thrown: a caller's future may swallow what is thrown, and {@link #check} does not.
 */
final class Invariants {
  private final Map<SubjectKey, Transition> last = new HashMap<>();
  private final List<String> broken = new ArrayList<>();

  /** P1: the steps of a subject are 1 to n without a gap, each from where the last one went. */
  void moves(SubjectKey subject, MachineRow before, List<Transition> transitions) {
    for (Transition move : transitions) {
      Transition previous = last.put(subject, move);
      long step = previous == null ? before.step() : previous.step();
      String at = previous == null ? before.state() : previous.to();
      if (move.step() != step + 1 || !move.from().equals(at)) {
        broken(
            "P1",
            "%s was at step %d in %s, and moved as step %d from %s to %s"
                .formatted(subject, step, at, move.step(), move.from(), move.to()));
      }
    }
  }

  /** P1: the row says what its last transition says. */
  void row(SubjectKey subject, MachineRow row) {
    Transition move = last.get(subject);
    if (move == null) {
      if (row.step() != 0) {
        broken("P1", "%s is at step %d without a transition".formatted(subject, row.step()));
      }
    } else if (row.step() != move.step() || !row.state().equals(move.to())) {
      broken(
          "P1",
          "%s is at step %d in %s, and its last transition is step %d to %s"
              .formatted(subject, row.step(), row.state(), move.step(), move.to()));
    }
    if (row.active() == row.state().equals(BuiltIn.STOP)) {
      broken(
          "P1",
          "%s is in %s and %s"
              .formatted(subject, row.state(), row.active() ? "active" : "not active"));
    }
  }

  /** P4: at most one unfinished run for each resource and name. */
  void begins(MemoryRows rows, UUID resource, String name) {
    if (rows.activeTasks(resource).anyMatch(t -> t.name().equals(name))) {
      broken("P4", "%s begins a second active run of %s".formatted(resource, name));
    }
  }

  private void broken(String promise, String how) {
    broken.add("the engine broke promise " + promise + ": " + how);
  }

  /** Something else that must fail the test. */
  void add(String problem) {
    broken.add(problem);
  }

  /**
   * Throws where a promise was broken.
   *
   * @throws AssertionError listing what was broken
   */
  void check() {
    if (!broken.isEmpty()) {
      throw new AssertionError(String.join("\n  ", broken));
    }
  }
}
