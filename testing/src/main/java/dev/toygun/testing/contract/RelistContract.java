package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.store.Due.DueRow;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.Due.Period;
import dev.toygun.store.Due.Relisted;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskStart;
import dev.toygun.store.TypeDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of the rows of a type that is to be in another queue, or of another priority. */
public interface RelistContract extends StoreFixture {
  UUID FIRST = new UUID(0, 0);

  private static ListName big(ListName list) {
    return new ListName("big", list.type(), list.version(), Priority.LOW.stored());
  }

  private Relisted relist(ListName from, UUID after, int look) {
    return get(store().relist(from, big(from), after, look));
  }

  @Test
  default void whereATypeBelongsIsWhatWasPublishedLast() {
    String name = list().type();
    for (String queue : List.of("small", "big")) {
      TypeDefinition type =
          new TypeDefinition(
              name,
              3,
              queue,
              Priority.HIGH,
              "first",
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              false,
              List.of(),
              "",
              null);
      get(store().publish(List.of(type), "build-1").map(true));
    }
    assertThat(get(store().homes()).stream().filter(home -> home.type().equals(name)))
        .containsExactly(new ListName("big", name, 3, Priority.HIGH.stored()));
  }

  @Test
  default void aResourceIsMovedWithItsTasksAndNothingElseOfItChanges() {
    ResourceRow root = root();
    ListName list = root.machine().list();
    SubjectKey waits = running(root, "waits", true);
    SubjectKey polls = running(root, "polls", false);
    done(polls, d -> d.polls(7));
    SubjectKey over = ended(root, "over", dev.toygun.End.FINISHED);
    List<SubjectKey> moved = List.of(root.key(), waits, polls);
    List<MachineRow> before = moved.stream().map(this::machine).toList();
    assertThat(relist(list, FIRST, 10)).isEqualTo(new Relisted(3, root.uuid(), true));
    for (int i = 0; i < moved.size(); i++) {
      MachineRow row = machine(moved.get(i));
      assertThat(row.list()).isEqualTo(big(list));
      assertThat(row.version()).isEqualTo(before.get(i).version());
      assertThat(row.wakes()).isEqualTo(before.get(i).wakes());
      assertThat(row.dueAt()).isEqualTo(before.get(i).dueAt());
      assertThat(row.updatedAt()).isEqualTo(before.get(i).updatedAt());
    }
    assertThat(task(over).machine().list()).as("what is over stays").isEqualTo(list);
    assertThat(get(store().lists())).contains(big(list)).doesNotContain(list);
    assertThat(get(store().periods(Kind.TASK)))
        .contains(new Period(big(list), 7))
        .doesNotContain(new Period(list, 7));
  }

  @Test
  default void whatIsDueIsFoundInItsNewList() {
    ListName list = list();
    SubjectKey due = root(list).key();
    relist(list, FIRST, 10);
    assertThat(get(store().due(Kind.RESOURCE, list, null, Duration.ZERO, 10))).isEmpty();
    assertThat(get(store().due(Kind.RESOURCE, big(list), null, Duration.ZERO, 10)))
        .extracting(DueRow::key)
        .containsExactly(due);
  }

  /** And its task begins in the new list, whatever the starter knew. */
  @Test
  default void whatWasDecidedBeforeItWasMovedIsCommittedAllTheSame() {
    ResourceRow root = root();
    ListName list = root.machine().list();
    SubjectKey task = running(root, "task", false);
    Outcome moves = outcome(task, d -> d.enter("second", null, false));
    relist(list, FIRST, 10);
    done(moves);
    assertThat(machine(task).state()).isEqualTo("second");
    assertThat(machine(task).list()).isEqualTo(big(list));
  }

  @Test
  default void aListIsGoneThroughByPagesAndOthersAreLeftAlone() {
    ListName list = list();
    List<SubjectKey> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(root(list).key());
    }
    ListName newer = list.version(2);
    SubjectKey other = root(newer).key();
    Relisted page = relist(list, FIRST, 3);
    assertThat(page.rows()).isEqualTo(3);
    assertThat(page.through()).isFalse();
    page = relist(list, page.upto(), 3);
    assertThat(page.rows()).isEqualTo(2);
    assertThat(page.through()).isTrue();
    assertThat(all).allMatch(key -> machine(key).list().equals(big(list)));
    assertThat(machine(other).list()).isEqualTo(newer);
    assertThat(relist(list, FIRST, 3)).isEqualTo(new Relisted(0, FIRST, true));
  }

  /** A worker that had read its resource before started it. */
  @Test
  default void aTaskThatIsLeftInTheOldListFollowsOnceItIsDueOrPolls() {
    ResourceRow root = root();
    ListName list = root.machine().list();
    TaskStart late = start(root, "late");
    TaskStart slow = start(root, "slow");
    relist(list, FIRST, 10);
    done(root.key(), d -> d.start(late));
    done(root.key(), d -> d.start(slow));
    SubjectKey polls = new SubjectKey(root.uuid(), slow.uuid());
    done(polls, d -> d.enter("first", null, false));
    done(polls, d -> d.polls(7));
    assertThat(relist(list, FIRST, 10)).isEqualTo(new Relisted(2, FIRST, true));
    assertThat(machine(new SubjectKey(root.uuid(), late.uuid())).list()).isEqualTo(big(list));
    assertThat(machine(polls).list()).isEqualTo(big(list));
  }

  private void hold(String queue) {
    Hold.Request asked =
        new Hold.Request(uuid(), Hold.Scope.QUEUE, null, queue, "why", now().plusSeconds(3600));
    get(store().hold(asked, operator()));
  }

  /** Whatever whoever asked had read of holds. */
  @Test
  default void nothingLeavesAQueueThatIsOnHoldNorEntersOne() {
    ListName list = new ListName("q" + list().type(), list().type(), 1, 5);
    ResourceRow root = root(list);
    SubjectKey waits = running(root, "waits", true);
    ListName held = new ListName("held" + list.type(), list.type(), 1, 5);
    hold(held.queue());
    get(store().relist(list, held, FIRST, 10));
    assertThat(machine(root.key()).list()).isEqualTo(list);
    hold(list.queue());
    assertThat(relist(list, FIRST, 10)).isEqualTo(new Relisted(0, root.uuid(), true));
    assertThat(machine(root.key()).list()).isEqualTo(list);
    assertThat(machine(waits).list()).isEqualTo(list);
  }

  @Test
  default void aTaskInAQueueThatIsOnHoldIsLeftThereWhenItsResourceGoes() {
    ListName held = new ListName("held" + list().type(), list().type(), 1, 5);
    ResourceRow root = root(held);
    ListName list = new ListName("default", held.type(), 1, 5);
    TaskStart late = start(root, "late");
    get(store().relist(held, list, FIRST, 10));
    done(root.key(), d -> d.start(late));
    SubjectKey task = new SubjectKey(root.uuid(), late.uuid());
    assertThat(machine(task).list()).isEqualTo(held);
    hold(held.queue());
    relist(list, FIRST, 10);
    relist(held, FIRST, 10);
    assertThat(machine(root.key()).list()).isEqualTo(big(list));
    assertThat(machine(task).list()).isEqualTo(held);
  }
}
