package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.Committed;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.ResourceRow.Deleting;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TaskStart;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Runs of tasks that begin. */
public interface StartContract extends StoreFixture {
  @Test
  default void aStartBeginsARunThatIsDue() {
    ResourceRow root = root();
    TaskStart start = start(root, "task");
    Committed.Done done = done(root.key(), d -> d.start(start));
    SubjectKey key = new SubjectKey(root.uuid(), start.uuid());
    assertThat(done.begun()).containsExactly(start.uuid());
    assertThat(woken(done)).containsExactly(key);
    TaskRow row = task(key);
    assertThat(row.run()).isOne();
    assertThat(row.name()).isEqualTo("task");
    assertThat(row.startedBy()).isEqualTo("resource");
    assertThat(row.machine().state()).isEqualTo(BuiltIn.NEW);
    assertThat(row.machine().step()).isZero();
    assertThat(row.machine().version()).isOne();
    assertThat(row.machine().dueAt()).isNotNull();
    assertThat(row.machine().list()).isEqualTo(root.machine().list());
    assertThat(get(store().taskKey(start.uuid()))).isEqualTo(key);
  }

  @Test
  default void aStartWhileItIsActiveReturnsTheActiveRun() {
    ResourceRow root = root();
    SubjectKey active = running(root, "task", false);
    MachineRow before = machine(active);
    Committed.Done done = done(root.key(), d -> d.start(start(root, "task")));
    assertThat(done.begun()).containsExactly(active.uuid());
    assertThat(woken(done)).doesNotContain(active);
    assertThat(machine(active)).isEqualTo(before);
    assertThat(history().runs(root.uuid(), "task")).containsExactly(active.uuid());
  }

  @Test
  default void aTaskTwiceInOneOutcomeBeginsOnce() {
    ResourceRow root = root();
    TaskStart first = start(root, "task");
    Committed.Done done =
        done(
            root.key(),
            d -> {
              d.start(first);
              d.start(start(root, "task"));
            });
    assertThat(done.begun()).containsExactly(first.uuid(), first.uuid());
    assertThat(history().runs(root.uuid(), "task")).hasSize(1);
  }

  @Test
  default void aStartAfterAnEndIsANewRun() {
    ResourceRow root = root();
    SubjectKey first = ended(root, "task", End.STOPPED);
    TaskStart start = start(root, "task");
    done(root.key(), d -> d.start(start));
    TaskRow row = task(new SubjectKey(root.uuid(), start.uuid()));
    assertThat(row.run()).isEqualTo(2);
    assertThat(row.streak()).isZero();
    assertThat(history().runs(root.uuid(), "task")).containsExactly(first.uuid(), start.uuid());
    assertThat(family(root.uuid()).tasks()).containsExactly(row);
  }

  @Test
  default void anEnsureNeverBeginsWhatSomebodyStopped() {
    ResourceRow root = root();
    ended(root, "stopped", End.STOPPED);
    ended(root, "aborted", End.ABORTED);
    ended(root, "finished", End.FINISHED);
    ended(root, "late", End.TIMED_OUT);
    Committed.Done done =
        done(
            root.key(),
            d -> {
              d.start(ensure(root, "stopped"));
              d.start(ensure(root, "aborted"));
              d.start(ensure(root, "finished"));
              d.start(ensure(root, "late"));
              d.start(ensure(root, "absent"));
            });
    assertThat(done.begun()).hasSize(5);
    assertThat(done.begun().subList(0, 2)).containsOnlyNulls();
    assertThat(done.begun().subList(2, 5)).doesNotContainNull();
  }

  @Test
  default void runsThatLiveShortlyBeginAtAGrowingDistance() {
    ResourceRow root = root();
    done(root.key(), d -> d.start(ensure(root, "task")));
    assertThat(family(root.uuid()).task("task").orElseThrow().streak()).isZero();
    for (int run = 1; run <= 10; run++) {
      TaskRow last = family(root.uuid()).task("task").orElseThrow();
      done(last.key(), d -> d.ends(End.FINISHED, false));
      Instant end =
          Objects.requireNonNull(
              family(root.uuid()).task("task").orElseThrow().machine().endedAt());
      Committed.Done done = done(root.key(), d -> d.start(ensure(root, "task")));
      TaskRow next = family(root.uuid()).task("task").orElseThrow();
      assertThat(next.run()).isEqualTo(run + 1);
      assertThat(next.streak()).isEqualTo(run);
      long rest = Math.min(300, 1L << (run - 1));
      assertThat(next.machine().dueAt()).isEqualTo(end.plus(Duration.ofSeconds(rest)));
      assertThat(woken(done)).doesNotContain(next.key());
    }
  }

  @Test
  default void aStartWakesWhoeverSeesIt() {
    ResourceRow root = root();
    settle(root);
    SubjectKey starter = running(root, "starter", false);
    SubjectKey waiter = running(root, "waiter", true);
    rest(root.key());
    rest(waiter);
    TaskStart start = start(root, "task");
    assertThat(woken(done(starter, d -> d.start(start))))
        .containsExactlyInAnyOrder(new SubjectKey(root.uuid(), start.uuid()), root.key(), waiter);
  }

  @Test
  default void nothingBeginsUnderAnEndedOwner() {
    ResourceRow root = root();
    Outcome start = outcome(root.key(), operator(), d -> d.start(start(root, "task")));
    done(root.key(), d -> d.over());
    assertThat(commit(start)).containsExactly(new Committed.Fenced());
    assertRefused(
        outcome(root.key(), operator(), d -> d.start(start(root, "task"))), Refusal.Code.ENDED);
    assertThat(history().runs(root.uuid(), "task")).isEmpty();
  }

  @Test
  default void underAnOwnerThatIsDeletedOnlyItselfAndWhatCleansUpBegin() {
    ResourceRow root = root();
    SubjectKey running = running(root, "running", false);
    SubjectKey cleaning = running(root, "cleaning", false);
    done(cleaning, d -> d.ends(End.STOPPED, true));
    done(root.key(), d -> d.deleting(Deleting.ASKED));
    assertRefused(
        outcome(root.key(), operator(), d -> d.start(start(root, "a"))), Refusal.Code.DELETING);
    assertRefused(outcome(running, d -> d.start(start(root, "b"))), Refusal.Code.DELETING);
    done(root.key(), d -> d.start(start(root, "c")));
    done(cleaning, d -> d.start(start(root, "d")));
    assertThat(family(root.uuid()).tasks())
        .extracting(TaskRow::name)
        .containsExactlyInAnyOrder("running", "cleaning", "c", "d");
  }

  @Test
  default void fiftyStartsAtOnceMakeOneRun() {
    ResourceRow root = root();
    List<Future<Committed.Done>> starts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      TaskStart start = start(root, "task");
      starts.add(
          store()
              .transact(
                  root.uuid(),
                  family -> {
                    var draft =
                        dev.toygun.store.OutcomeDraft.of(
                            family,
                            root.key(),
                            operator(),
                            Objects.requireNonNull(root.machine().dueAt()));
                    draft.start(start);
                    return draft.build().orElseThrow();
                  }));
    }
    get(Future.all(starts));
    List<java.util.UUID> runs = history().runs(root.uuid(), "task");
    assertThat(runs).hasSize(1);
    assertThat(starts).allMatch(f -> f.result().begun().equals(runs));
  }
}
