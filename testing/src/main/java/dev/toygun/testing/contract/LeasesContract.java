package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.queue.Leases;
import dev.toygun.queue.Leases.Holder;
import dev.toygun.queue.Leases.Lost;
import dev.toygun.queue.Leases.Taken;
import dev.toygun.queue.Leases.Want;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all leases promise. */
public abstract class LeasesContract {
  private static final String ANN = "worker-ann";
  private static final String BOB = "worker-bob";

  private UUID resource = new UUID(0, 0);
  private SubjectKey self = SubjectKey.ofResource(resource);
  private SubjectKey task = self;

  /** The leases of this test, none of them taken at its beginning. */
  protected abstract Leases leases();

  /** Where uuids come from. */
  protected abstract Time time();

  /** Waits for the future, or makes time go on until it is complete; fails as it fails. */
  protected abstract <T> T get(Future<T> future);

  /** Lets time go on for longer than a lease holds. */
  protected abstract void runOut();

  @BeforeEach
  void name() {
    resource = time().uuid();
    self = SubjectKey.ofResource(resource);
    task = new SubjectKey(resource, time().uuid());
  }

  @Test
  void aLeaseIsTakenOnce() {
    assertThat(take(ANN, self)).containsExactly(Map.entry(resource, new Taken(Map.of())));
    assertThat(take(BOB, self)).isEmpty();
    assertThat(get(leases().held(Set.of(resource, time().uuid())))).containsExactly(resource);
  }

  @Test
  void aLeaseSaysWhoHoldsItAndWhatIsTickedUnderIt() {
    take(ANN, self);
    assertThat(get(leases().holders(Set.of(resource, time().uuid()))))
        .containsExactly(Map.entry(resource, new Holder(ANN, Set.of(resource))));
    get(leases().renew(ANN, Map.of(resource, Map.of(task.uuid(), new Lost(3, 0)))));
    assertThat(get(leases().holders(Set.of(resource))))
        .containsExactly(Map.entry(resource, new Holder(ANN, Set.of(task.uuid()))));
    get(leases().renew(ANN, Map.of(resource, Map.of())));
    assertThat(get(leases().holders(Set.of(resource))))
        .containsExactly(Map.entry(resource, new Holder(ANN, Set.of())));
  }

  @Test
  void whoeverHoldsALeaseDoesNotGetItAgain() {
    take(ANN, self);
    assertThat(take(ANN, task)).isEmpty();
    assertThat(release(ANN)).containsExactly(Map.entry(resource, Set.of(task)));
  }

  @Test
  void whatIsAskedOfALeaseIsDoneInThatOrder() {
    for (int round = 0; round < 200; round++) {
      take(ANN, self);
      Future<Set<UUID>> renewed = leases().renew(ANN, Map.of(resource, Map.of()));
      Future<?> released = leases().release(ANN, Set.of(resource));
      Future<?> taken = leases().take(BOB, Map.of(resource, new Want(Set.of(self), false)));
      get(Future.join(renewed, released, taken));
      assertThat(renewed.result()).as("asked to renew before it was released").contains(resource);
      assertThat(release(BOB)).as("taken once it was released").isEmpty();
      assertThat(get(leases().held(Set.of(resource)))).isEmpty();
    }
  }

  @Test
  void whatWasAskedForMeanwhileIsHandedOverAtTheRelease() {
    take(ANN, self);
    take(BOB, self);
    take(BOB, task);
    take(BOB, task);
    assertThat(release(ANN)).containsExactly(Map.entry(resource, Set.of(self, task)));
    assertThat(take(BOB, self)).as("it is kept").isEmpty();
    assertThat(release(ANN)).containsExactly(Map.entry(resource, Set.of(self)));
    assertThat(release(ANN)).isEmpty();
    assertThat(take(BOB, self)).containsKey(resource);
  }

  @Test
  void aPollThatMeetsItsOwnTickIsDropped() {
    take(ANN, self);
    poll(BOB, self);
    assertThat(release(ANN)).isEmpty();
    take(ANN, self);
    renew(ANN, Map.of(task.uuid(), new Lost(3, 0)));
    poll(BOB, task);
    assertThat(release(ANN)).isEmpty();
    assertThat(get(leases().held(Set.of(resource)))).isEmpty();
  }

  @Test
  void aPollThatAnotherSubjectsTickHoldsUpIsHandedOverAtTheRelease() {
    take(ANN, self);
    poll(BOB, self, task);
    assertThat(release(ANN)).containsExactly(Map.entry(resource, Set.of(task)));
    poll(BOB, self);
    assertThat(release(ANN)).containsExactly(Map.entry(resource, Set.of(self)));
  }

  @Test
  void ofManyLeasesThoseThatAreFreeAreTaken() {
    Map<UUID, Want> all = new HashMap<>();
    Map<UUID, Want> some = new HashMap<>();
    for (int i = 0; i < 600; i++) {
      UUID one = time().uuid();
      Want want = new Want(Set.of(SubjectKey.ofResource(one)), false);
      all.put(one, want);
      if (i % 3 == 0) {
        some.put(one, want);
      }
    }
    assertThat(get(leases().take(ANN, some))).containsOnlyKeys(some.keySet());
    assertThat(get(leases().take(BOB, all))).hasSize(400).doesNotContainKeys(keys(some));
    assertThat(get(leases().held(all.keySet()))).isEqualTo(all.keySet());
    assertThat(get(leases().release(ANN, some.keySet()))).containsOnlyKeys(some.keySet());
  }

  @Test
  void manyLeasesOfOneHashAreTakenInOneCall() {
    Map<UUID, Want> all = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      UUID one = new UUID(time().uuid().getMostSignificantBits(), 0x8000000000000000L | i << 8);
      all.put(one, new Want(Set.of(SubjectKey.ofResource(one)), false));
    }
    assertThat(get(leases().take(ANN, all))).containsOnlyKeys(all.keySet());
    assertThat(get(leases().release(ANN, all.keySet()))).isEmpty();
    assertThat(get(leases().held(all.keySet()))).isEmpty();
  }

  @Test
  void aLeaseThatRanOutIsTakenOver() {
    take(ANN, self);
    runOut();
    assertThat(get(leases().held(Set.of(resource)))).isEmpty();
    assertThat(take(BOB, self)).containsKey(resource);
    assertThat(renew(ANN, Map.of())).as("it is not Ann's any more").isEmpty();
    assertThat(release(ANN)).isEmpty();
    assertThat(get(leases().held(Set.of(resource)))).containsExactly(resource);
  }

  @Test
  void takingOverCountsWhatWasBeingTickedAsLost() {
    take(ANN, self);
    renew(ANN, Map.of(self.uuid(), new Lost(7, 0), task.uuid(), new Lost(3, 0)));
    runOut();
    Map<UUID, Lost> once = Map.of(self.uuid(), new Lost(7, 1), task.uuid(), new Lost(3, 1));
    assertThat(take(BOB, self)).containsExactly(Map.entry(resource, new Taken(once)));
    renew(BOB, Map.of(task.uuid(), new Lost(3, 1)));
    runOut();
    assertThat(take(ANN, self))
        .containsExactly(Map.entry(resource, new Taken(Map.of(task.uuid(), new Lost(3, 2)))));
  }

  @Test
  void aHolderThatDiesBeforeItHasReadTheRowsLeavesWhatItTookAndWhatWasLostBefore() {
    take(ANN, self);
    renew(ANN, Map.of(task.uuid(), new Lost(3, 0)));
    runOut();
    take(BOB, self);
    runOut();
    Map<UUID, Lost> both = Map.of(task.uuid(), new Lost(3, 2), self.uuid(), new Lost(-1, 1));
    assertThat(take(ANN, self)).containsExactly(Map.entry(resource, new Taken(both)));
    runOut();
    Map<UUID, Lost> again = Map.of(task.uuid(), new Lost(3, 3), self.uuid(), new Lost(-1, 2));
    assertThat(take(BOB, task)).containsExactly(Map.entry(resource, new Taken(again)));
  }

  @Test
  void whatALeaseIsKeptForIsNotedWithIt() {
    take(ANN, self);
    take(BOB, task);
    take(BOB, self);
    assertThat(release(ANN)).containsKey(resource);
    runOut();
    Map<UUID, Lost> both = Map.of(task.uuid(), new Lost(-1, 1), self.uuid(), new Lost(-1, 1));
    assertThat(take(BOB, self)).containsExactly(Map.entry(resource, new Taken(both)));
  }

  @Test
  void whatIsDoneIsNotLost() {
    take(ANN, self);
    renew(ANN, Map.of(self.uuid(), new Lost(7, 0)));
    renew(ANN, Map.of());
    runOut();
    assertThat(take(BOB, self)).containsExactly(Map.entry(resource, new Taken(Map.of())));
  }

  @Test
  void aLeaseThatWasLetGoLeavesNothing() {
    take(ANN, self);
    renew(ANN, Map.of(self.uuid(), new Lost(7, 1)));
    assertThat(release(ANN)).isEmpty();
    assertThat(take(BOB, self)).containsExactly(Map.entry(resource, new Taken(Map.of())));
  }

  @Test
  void onlyTheHolderRenewsAndReleases() {
    take(ANN, self);
    assertThat(renew(BOB, Map.of())).isEmpty();
    assertThat(release(BOB)).isEmpty();
    assertThat(renew(ANN, Map.of())).containsExactly(resource);
    assertThat(get(leases().held(Set.of(resource)))).containsExactly(resource);
  }

  @Test
  void whatWasAskedForSurvivesATakeOver() {
    take(ANN, self);
    take(BOB, task);
    runOut();
    take(BOB, self);
    assertThat(release(BOB)).containsExactly(Map.entry(resource, Set.of(task)));
  }

  @Test
  void theLeasesOfAnOwnerThatIsGoneEndAndTellWhatWasLost() {
    UUID other = time().uuid();
    take(ANN, self);
    renew(ANN, Map.of(self.uuid(), new Lost(7, 0)));
    take(BOB, SubjectKey.ofResource(other));
    assertThat(get(leases().expire(ANN))).containsExactly(resource);
    assertThat(get(leases().expire(ANN))).isEmpty();
    assertThat(get(leases().held(Set.of(resource, other)))).containsExactly(other);
    assertThat(take(BOB, self))
        .containsExactly(Map.entry(resource, new Taken(Map.of(self.uuid(), new Lost(7, 1)))));
  }

  @Test
  void anOwnerThatWasTakenForGoneComesBackIfNobodyTookOver() {
    take(ANN, self);
    get(leases().expire(ANN));
    assertThat(renew(ANN, Map.of())).containsExactly(resource);
    assertThat(take(BOB, self)).isEmpty();
  }

  @Test
  void nothingIsAskedOfNothing() {
    assertThat(get(leases().take(ANN, Map.of()))).isEmpty();
    assertThat(get(leases().renew(ANN, Map.of()))).isEmpty();
    assertThat(get(leases().release(ANN, Set.of()))).isEmpty();
    assertThat(get(leases().held(Set.of()))).isEmpty();
  }

  @Test
  void aNameThatWouldBreakAnEntryOwnsNothing() {
    assertThatThrownBy(() -> take("a|b", self))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a|b");
  }

  private Map<UUID, Taken> take(String owner, SubjectKey subject) {
    return get(leases().take(owner, Map.of(subject.resource(), new Want(Set.of(subject), false))));
  }

  private void poll(String owner, SubjectKey... subjects) {
    Want want = new Want(Set.of(subjects), true);
    assertThat(get(leases().take(owner, Map.of(resource, want)))).isEmpty();
  }

  private Set<UUID> renew(String owner, Map<UUID, Lost> ticking) {
    return get(leases().renew(owner, Map.of(resource, ticking)));
  }

  private Map<UUID, Set<SubjectKey>> release(String owner) {
    return get(leases().release(owner, Set.of(resource)));
  }

  private static UUID[] keys(Map<UUID, Want> wants) {
    return wants.keySet().toArray(UUID[]::new);
  }
}
