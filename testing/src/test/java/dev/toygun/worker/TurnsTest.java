package dev.toygun.worker;

import static dev.toygun.StateDef.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.ResourceType;
import dev.toygun.TypeSet;
import dev.toygun.queue.Ticket;
import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private enum State {
    KEPT
  }

  private static ResourceType<State> type(String name) {
    return ResourceType.of(name, state(State.KEPT).decide(t -> t.stay()).rests());
  }

  private static Turns turns(String... queues) {
    return new Turns(TypeSet.of(List.of(type("a"), type("b"))), List.of(queues));
  }

  private static Ticket of(ListName list) {
    SubjectKey key = SubjectKey.ofResource(new UUID(0, 1));
    return new Ticket(list, List.of(key), Cause.CLOCK, false, Instant.EPOCH, null);
  }

  @Test
  void onlyListsOfTheQueuesThatItIsToTakeFromAreAskedInEveryPriority() {
    List<ListName> lists = turns("big", "default").order();
    assertThat(lists).hasSize(2 * 2 * 3).doesNotHaveDuplicates();
    assertThat(lists).extracting(ListName::queue).containsOnly("big", "default");
    assertThat(turns("big").order()).extracting(ListName::queue).containsOnly("big");
  }

  @Test
  void theHighestComeFirstAndThoseOfOnePriorityStandTogether() {
    assertThat(turns("default").order())
        .extracting(list -> Priority.ofStored(list.priority()))
        .containsExactly(
            Priority.HIGH,
            Priority.HIGH,
            Priority.NORMAL,
            Priority.NORMAL,
            Priority.LOW,
            Priority.LOW);
  }

  @Test
  void ofEightTurnsFiveBeginWithHighTwoWithNormalAndOneWithLow() {
    Turns turns = turns("default");
    Map<Priority, Integer> first = new EnumMap<>(Priority.class);
    for (int i = 0; i < 80; i++) {
      Priority begins = Priority.ofStored(turns.order().get(0).priority());
      first.merge(begins, 1, Integer::sum);
      assertThat(new HashSet<>(turns.order())).hasSize(6);
      turns.took(List.of(of(turns.order().get(0))));
    }
    assertThat(first)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(Priority.HIGH, 50, Priority.NORMAL, 20, Priority.LOW, 10));
  }

  @Test
  void whatWasTakenFromIsAskedLastOfItsPriority() {
    Turns turns = turns("default");
    ListName one = turns.order().get(0);
    turns.took(List.of(of(one)));
    List<ListName> same = new ArrayList<>(turns.order());
    same.removeIf(list -> list.priority() != one.priority());
    assertThat(same).hasSize(2).endsWith(one);
  }

  /** It may be that all there is cannot be opened. */
  @Test
  void afterATurnThatBroughtNothingOthersGoFirst() {
    Turns turns = turns("default");
    List<ListName> before = turns.order();
    for (int i = 0; i < 8; i++) {
      turns.tookNothing();
    }
    assertThat(turns.order()).isEqualTo(before);
    turns.tookNothing();
    List<ListName> rotated = new ArrayList<>(turns.order());
    rotated.removeIf(list -> list.priority() != Priority.HIGH.stored());
    List<ListName> high = new ArrayList<>(before.subList(0, 2));
    Collections.rotate(high, 1);
    assertThat(rotated).isEqualTo(high);
  }
}
