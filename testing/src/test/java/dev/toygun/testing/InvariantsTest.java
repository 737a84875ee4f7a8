package dev.toygun.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Transition;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A simulation that watches nothing proves nothing: each promise is shown an engine that breaks it.
 */
class InvariantsTest {
  private static final SubjectKey BOX = SubjectKey.ofResource(new UUID(1, 2));
  private static final MachineRow NEW =
      MachineRows.created(
          "__new__",
          "{}",
          new ListName("default", "box", 1, 5),
          VirtualTime.START,
          VirtualTime.START);

  private final Invariants invariants = new Invariants();

  private void moves(long step, String from, String to) {
    invariants.moves(BOX, NEW, List.of(new Transition(step, from, to, "", null, List.of())));
  }

  @Test
  void stepsInTheirOrderAreAllRight() {
    moves(1, "__new__", "a");
    moves(2, "a", "b");
    assertThatCode(invariants::check).doesNotThrowAnyException();
  }

  @Test
  void aGapIsSeen() {
    moves(1, "__new__", "a");
    moves(3, "a", "b");
    assertThatThrownBy(invariants::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("broke promise P1");
  }

  @Test
  void aStepTakenTwiceIsSeen() {
    moves(1, "__new__", "a");
    moves(1, "__new__", "a");
    assertThatThrownBy(invariants::check).hasMessageContaining("broke promise P1");
  }

  @Test
  void aMoveFromElsewhereIsSeen() {
    moves(1, "__new__", "a");
    moves(2, "b", "c");
    assertThatThrownBy(invariants::check).hasMessageContaining("from b to c");
  }

  @Test
  void aRowThatDoesNotMatchItsHistoryIsSeen() {
    moves(1, "__new__", "a");
    invariants.row(BOX, NEW);
    assertThatThrownBy(invariants::check).hasMessageContaining("its last transition is step 1");
  }
}
