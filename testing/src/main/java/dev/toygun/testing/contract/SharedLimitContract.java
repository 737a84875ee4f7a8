package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.Committed;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import dev.toygun.store.TypeDefinition.RateDefinition;
import dev.toygun.store.TypeDefinition.SharedDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A limit that tasks of several types share is one for all of them. */
public interface SharedLimitContract extends AdmissionContract {
  /** A list of whose type the task {@code work} shares a limit, and has these of its own. */
  default ListName sharing(SharedDefinition limit, @Nullable Integer concurrency) {
    ListName list = list();
    publish(list, limits(limit, concurrency));
    return list;
  }

  private static LimitsDefinition limits(SharedDefinition limit, @Nullable Integer concurrency) {
    return new LimitsDefinition(concurrency, null, null, false, null, null, limit);
  }

  /** A limit of a name of its own. */
  default SharedDefinition cloud(@Nullable Integer concurrency, @Nullable RateDefinition rate) {
    return new SharedDefinition("cloud-" + uuid(), concurrency, rate);
  }

  /** A round of a clock: who of these was let in. */
  default List<SubjectKey> admitted(List<SubjectKey> waiting) {
    List<SubjectKey> all =
        new ArrayList<>(
            get(store().admissions().admit("clock", admissionPass("clock"), 100)).stream()
                .map(Committed.Woken::key)
                .toList());
    all.retainAll(waiting);
    return all;
  }

  @Test
  default void tasksOfTwoTypesHaveItTogetherAndTheOldestGoesFirst() {
    SharedDefinition limit = cloud(2, null);
    ListName a = sharing(limit, null);
    ListName b = sharing(limit, null);
    ListName apart = sharing(cloud(1, null), null);
    List<SubjectKey> runs = List.of(waiting(a), waiting(b), waiting(b), waiting(a), waiting(apart));
    assertThat(admitted(runs)).containsExactlyInAnyOrder(runs.get(0), runs.get(1), runs.get(4));
    assertThat(admitted(runs)).isEmpty();
    done(runs.get(1), d -> d.ends(End.FINISHED, false));
    assertThat(admitted(runs)).as("the oldest, of whichever type").containsExactly(runs.get(2));
    done(runs.get(0), d -> d.enter("first", null, false));
    done(runs.get(0), d -> d.panic(error(runs.get(0), "Broken"), BuiltIn.PANIC));
    assertThat(admitted(runs)).as("a panicked run gives its place up").containsExactly(runs.get(3));
  }

  @Test
  default void noMoreOfAllOfThemBeginWithinTheTimeThanTheRateAllows() {
    SharedDefinition limit = cloud(null, new RateDefinition(2, 3_600));
    ListName a = sharing(limit, null);
    ListName b = sharing(limit, null);
    List<SubjectKey> runs = List.of(waiting(a), waiting(b), waiting(a));
    assertThat(admitted(runs)).containsExactlyInAnyOrder(runs.get(0), runs.get(1));
    done(runs.get(0), d -> d.ends(End.FINISHED, false));
    assertThat(admitted(runs)).isEmpty();
    publish(
        b, limits(new SharedDefinition(limit.name(), null, new RateDefinition(3, 3_600)), null));
    assertThat(admitted(runs)).as("that type has none that waits").isEmpty();
    publish(
        a, limits(new SharedDefinition(limit.name(), null, new RateDefinition(3, 3_600)), null));
    assertThat(admitted(runs)).as("the limit was raised").containsExactly(runs.get(2));
  }

  @Test
  default void whereTypesDifferEachGoesByWhatItsOwnSays() {
    SharedDefinition one = cloud(1, null);
    ListName a = sharing(one, null);
    ListName b = sharing(new SharedDefinition(one.name(), 3, null), null);
    SubjectKey first = waiting(a);
    assertThat(admitted(List.of(first))).containsExactly(first);
    List<SubjectKey> runs = List.of(waiting(a), waiting(b), waiting(b), waiting(b));
    assertThat(admitted(runs)).containsExactlyInAnyOrder(runs.get(1), runs.get(2));
    done(first, d -> d.ends(End.FINISHED, false));
    assertThat(admitted(runs)).as("two of one are under way").containsExactly(runs.get(3));
  }

  @Test
  default void aTasksOwnLimitsHoldBesides() {
    SharedDefinition limit = cloud(3, null);
    ListName a = sharing(limit, 1);
    ListName b = sharing(limit, null);
    List<SubjectKey> runs = List.of(waiting(a), waiting(a), waiting(b), waiting(b), waiting(b));
    assertThat(admitted(runs)).containsExactlyInAnyOrder(runs.get(0), runs.get(2), runs.get(3));
    done(runs.get(2), d -> d.ends(End.FINISHED, false));
    assertThat(admitted(runs)).as("the other has its own one").containsExactly(runs.get(4));
  }

  @Test
  default void whatIsHeldKeepsNoPlaceOfIt() {
    SharedDefinition limit = cloud(1, null);
    SubjectKey first = waiting(sharing(limit, null));
    SubjectKey second = waiting(sharing(limit, null));
    Hold hold = hold(Hold.Scope.SUBTREE, first.resource(), null);
    assertThat(admitted(List.of(first, second))).containsExactly(second);
    release(hold);
    assertThat(admitted(List.of(first, second))).isEmpty();
  }

  @Test
  default void whoSharesItNoLongerNeitherWaitsForItNorUsesItUp() {
    SharedDefinition limit = cloud(1, null);
    ListName a = sharing(limit, null);
    ListName b = sharing(limit, null);
    List<SubjectKey> runs = List.of(waiting(a), waiting(a), waiting(b), waiting(b));
    assertThat(admitted(runs)).containsExactly(runs.get(0));
    publish(a, new LimitsDefinition(2, null, null, false, null));
    assertThat(admitted(runs)).containsExactlyInAnyOrder(runs.get(1), runs.get(2));
  }
}
