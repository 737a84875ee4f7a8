package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.store.Committed;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.OwnerWrite;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Work.Sees;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A subject's own row and its history. */
public interface MoveContract extends StoreFixture {
  @Test
  default void aNewResourceIsAtStepZeroAndDue() {
    ResourceRow root = root();
    MachineRow row = machine(root.key());
    assertThat(row.state()).isEqualTo(BuiltIn.NEW);
    assertThat(row.step()).isZero();
    assertThat(row.version()).isOne();
    assertThat(row.dueAt()).isNotNull().isBeforeOrEqualTo(now());
    assertThat(row.active()).isTrue();
    assertThat(resource(root.uuid())).isEqualTo(root);
  }

  @Test
  default void aMoveWritesTheRowAndItsTransition() {
    SubjectKey key = running(root(), "task", false);
    MachineRow before = machine(key);
    Outcome move =
        outcome(
            key,
            d -> {
              d.attrs("{\"n\":1}", List.of("n"));
              d.because("it was time");
              d.enter("second", Duration.ofHours(1), true);
            });
    Committed.Done done = done(move);
    MachineRow after = machine(key);
    assertThat(after.state()).isEqualTo("second");
    assertThat(after.step()).isEqualTo(before.step() + 1);
    assertThat(after.entered()).isEqualTo(after.step());
    assertThat(after.version()).isEqualTo(before.version() + 1).isEqualTo(done.version());
    assertThat(after.wakes()).isEqualTo(done.wakes());
    assertThat(after.attrs().replace(" ", "")).isEqualTo("{\"n\":1}");
    assertThat(after.deadlineAt()).isNotNull();
    assertThat(after.waits()).isTrue();
    assertThat(after.dueAt()).isEqualTo(done.dueAt());
    StoreHistory.Moved moved = history().moves(key).get(1);
    assertThat(moved)
        .isEqualTo(
            new StoreHistory.Moved(
                2,
                "first",
                "second",
                "it was time",
                "system",
                null,
                List.of("n"),
                move.stamp().tick()));
  }

  @Test
  default void theFirstTickMakesTwoTransitions() {
    ResourceRow root = root();
    SubjectKey key = running(root, "task", false);
    done(
        root.key(),
        d -> {
          d.transit("first", null);
          d.enter("second", null, false);
        });
    assertThat(history().moves(root.key()))
        .extracting(m -> m.step() + " " + m.from() + " " + m.to())
        .containsExactly("1 __new__ first", "2 first second");
    done(
        key,
        d -> {
          d.transit("second", null);
          d.enter("third", null, false);
        });
    assertThat(history().moves(key))
        .extracting(m -> m.step() + " " + m.from() + " " + m.to())
        .containsExactly("1 __new__ first", "2 first second", "3 second third");
  }

  @Test
  default void anOutcomeDecidedFromAnOldVersionIsFenced() {
    SubjectKey key = running(root(), "task", false);
    Outcome first = outcome(key, d -> d.enter("second", null, false));
    Outcome other = outcome(key, d -> d.enter("third", null, false));
    done(first);
    MachineRow after = machine(key);
    assertThat(commit(other)).containsExactly(new Committed.Fenced());
    assertThat(machine(key)).isEqualTo(after);
    assertThat(history().moves(key)).hasSize(2);
  }

  @Test
  default void aResourcesOutcomeDecidedFromAnOldVersionIsFenced() {
    SubjectKey key = root().key();
    Outcome first = outcome(key, d -> d.enter("second", null, false));
    Outcome other = outcome(key, d -> d.enter("third", null, false));
    done(first);
    assertThat(commit(other)).containsExactly(new Committed.Fenced());
    assertThat(history().moves(key)).hasSize(1);
  }

  @Test
  default void anOutcomeOfNobodyIsFenced() {
    SubjectKey key = running(root(), "task", false);
    Outcome move = outcome(key, d -> d.enter("second", null, false));
    Outcome lost = Outcomes.of(move, new SubjectKey(key.resource(), uuid()));
    assertThat(commit(lost)).containsExactly(new Committed.Fenced());
  }

  @Test
  default void oneSubjectTwiceInAGroupMovesOnce() {
    SubjectKey key = running(root(), "task", false);
    Outcome first = outcome(key, d -> d.enter("second", null, false));
    Outcome again = outcome(key, d -> d.enter("third", null, false));
    assertThat(commit(first, again)).filteredOn(c -> c instanceof Committed.Done).hasSize(1);
    assertThat(history().moves(key)).hasSize(2);
    assertThat(history().moves(key).get(1).to()).isEqualTo(machine(key).state());
  }

  @Test
  default void aGroupIsAnsweredInItsOrder() {
    ResourceRow root = root();
    SubjectKey a = running(root, "a", false);
    SubjectKey b = running(root, "b", false);
    SubjectKey c = running(root, "c", false);
    Outcome ofA = outcome(a, d -> d.enter("second", null, false));
    Outcome ofB = outcome(b, d -> d.enter("second", null, false));
    Outcome ofC = outcome(c, d -> d.enter("second", null, false));
    done(b, d -> d.enter("elsewhere", null, false));
    List<Committed> answers = commit(ofC, ofB, ofA);
    assertThat(answers.get(0)).isInstanceOf(Committed.Done.class);
    assertThat(answers.get(1)).isInstanceOf(Committed.Fenced.class);
    assertThat(answers.get(2)).isInstanceOf(Committed.Done.class);
    assertThat(machine(b).state()).isEqualTo("elsewhere");
  }

  @Test
  default void aGroupOfPlainAndOtherOutcomesIsAnsweredInItsOrder() {
    ResourceRow root = root();
    ResourceRow other = root();
    SubjectKey a = running(root, "a", false);
    SubjectKey b = running(root, "b", false);
    Outcome plain = outcome(a, d -> d.enter("second", null, false));
    Outcome stale = outcome(b, d -> d.enter("second", null, false));
    Outcome rich = outcome(other.key(), d -> d.enter("first", null, false));
    done(b, d -> d.enter("elsewhere", null, false));
    List<Committed> answers = commit(plain, rich, stale);
    assertThat(answers.get(0)).isInstanceOf(Committed.Done.class);
    assertThat(answers.get(1)).isInstanceOf(Committed.Done.class);
    assertThat(answers.get(2)).isInstanceOf(Committed.Fenced.class);
    assertThat(machine(a).state()).isEqualTo("second");
    assertThat(machine(other.key()).state()).isEqualTo("first");
  }

  @Test
  default void aStayThatChangesFieldsWritesAChange() {
    SubjectKey key = running(root(), "task", false);
    Committed.Done done = done(key, d -> d.attrs("{\"n\":2}", List.of("n")));
    assertThat(history().moves(key)).hasSize(1);
    assertThat(history().changes(key))
        .containsExactly(new StoreHistory.Changed(done.version(), List.of("n")));
    assertThat(machine(key).attrs()).contains("2");
  }

  @Test
  default void anErrorComesWithItsMachineAndOpensItsAlarm() {
    ResourceRow root = root();
    SubjectKey key = running(root, "task", false);
    ErrorRow error = error(key, "Broken");
    done(key, d -> d.panic(error, BuiltIn.PANIC));
    MachineRow row = machine(key);
    assertThat(row.state()).isEqualTo(BuiltIn.PANIC);
    assertThat(row.resume()).isEqualTo("first");
    assertThat(row.dueAt()).isNull();
    assertThat(row.error()).isEqualTo(error.uuid());
    assertThat(family(root.uuid()).errors()).containsExactly(error);
    assertThat(history().openAlarms(key)).containsExactly("panic");
    assertThat(history().moves(key).get(1).error()).isEqualTo(error.uuid());
    done(key, d -> d.retry());
    assertThat(machine(key).state()).isEqualTo("first");
    assertThat(history().openAlarms(key)).isEmpty();
  }

  @Test
  default void aResourceWrittenUpTakesItsActiveTasksAlong() {
    ResourceRow root = root();
    SubjectKey active = running(root, "active", false);
    SubjectKey over = ended(root, "over", dev.toygun.End.FINISHED);
    done(
        root.key(),
        d -> {
          d.lifts("{\"cores\":2}", 2);
          d.enter("first", null, false);
        });
    assertThat(machine(root.key()).list().version()).isEqualTo(2);
    assertThat(machine(root.key()).attrs()).isEqualToIgnoringWhitespace("{\"cores\":2}");
    assertThat(machine(active).list().version()).isEqualTo(2);
    assertThat(machine(over).list().version()).isEqualTo(1);
  }

  @Test
  default void aTaskThatWritesItsResourceUpTakesTheOtherTasksAlong() {
    ResourceRow root = root();
    SubjectKey writer = running(root, "writer", false);
    SubjectKey other = running(root, "other", false);
    long version = machine(root.key()).version();
    done(
        writer,
        d -> d.owner(new OwnerWrite(version, new OwnerWrite.Fields("{}", 2), null), List.of("vm")));
    assertThat(machine(root.key()).list().version()).isEqualTo(2);
    assertThat(machine(writer).list().version()).isEqualTo(2);
    assertThat(machine(other).list().version()).isEqualTo(2);
  }

  @Test
  default void aLoadSeesChildrenAndTheParentWhenItIsAsked() {
    ResourceRow parent = root();
    var made = child(parent.machine().list(), "child");
    done(parent.key(), d -> d.create(made));
    assertThat(family(parent.uuid()).children()).isEmpty();
    assertThat(family(parent.uuid(), new Sees(true, false)).children())
        .extracting(ResourceRow::uuid)
        .containsExactly(made.uuid());
    Family child = family(made.uuid(), new Sees(false, true));
    assertThat(Objects.requireNonNull(child.parent()).uuid()).isEqualTo(parent.uuid());
    assertThat(child.resource().path()).containsExactly(parent.uuid());
    assertThat(family(made.uuid()).parent()).isNull();
  }

  @Test
  default void aLoadLeavesOutWhatIsNotThere() {
    ResourceRow root = root();
    assertThat(get(store().load(List.of(uuid(), root.uuid()), Sees.ITSELF)).families())
        .extracting(f -> f.resource().uuid())
        .containsExactly(root.uuid());
    assertThat(get(store().resources(List.of(uuid(), root.uuid()))))
        .extracting(ResourceRow::uuid)
        .containsExactly(root.uuid());
    assertThat(get(store().load(List.of(), Sees.ITSELF)).families()).isEmpty();
    assertThat(get(store().commit(List.of()))).isEmpty();
  }
}
