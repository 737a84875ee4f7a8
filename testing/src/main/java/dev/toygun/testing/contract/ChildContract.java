package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.ChildDelete;
import dev.toygun.store.Committed;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.ResourceRow.Deleting;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Work.Sees;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Resources that hang off others. */
public interface ChildContract extends StoreFixture {
  @Test
  default void aChildIsMadeDueUnderItsParent() {
    ResourceRow root = root();
    settle(root);
    SubjectKey maker = running(root, "maker", false);
    rest(root.key());
    ChildCreate child = child(list(), "child");
    Committed.Done done = done(maker, d -> d.create(child));
    SubjectKey key = SubjectKey.ofResource(child.uuid());
    assertThat(woken(done)).containsExactlyInAnyOrder(key, root.key());
    ResourceRow row = resource(child.uuid());
    assertThat(row.parent()).isEqualTo(root.uuid());
    assertThat(row.path()).containsExactly(root.uuid());
    assertThat(row.label()).isEqualTo("child");
    assertThat(row.machine().list()).isEqualTo(child.list());
    assertThat(row.machine().dueAt()).isNotNull();
    ChildCreate grandchild = child(list(), "grandchild");
    done(key, d -> d.create(grandchild));
    assertThat(resource(grandchild.uuid()).path()).containsExactly(root.uuid(), child.uuid());
  }

  @Test
  default void aChildThatIsThereIsNotMadeAgain() {
    ResourceRow root = root();
    ChildCreate first = child(list(), "child");
    ChildCreate again = child(first.list(), "child");
    ChildCreate other = child(first.list(), "other");
    done(root.key(), d -> d.create(first));
    Committed.Done done =
        done(
            root.key(),
            d -> {
              d.create(again);
              d.create(other);
              d.create(child(first.list(), "other"));
            });
    assertThat(woken(done)).containsExactly(SubjectKey.ofResource(other.uuid()));
    assertThat(get(store().family(again.uuid()))).isNull();
    assertThat(family(root.uuid(), new Sees(true, false)).children())
        .extracting(ResourceRow::uuid)
        .containsExactlyInAnyOrder(first.uuid(), other.uuid());
  }

  @Test
  default void noChildIsMadeUnderAParentThatIsDeleted() {
    ResourceRow root = root();
    SubjectKey cleaning = running(root, "cleaning", false);
    done(cleaning, d -> d.ends(End.STOPPED, true));
    done(root.key(), d -> d.deleting(Deleting.ASKED));
    ChildCreate child = child(list(), "child");
    assertRefused(outcome(root.key(), d -> d.create(child)), Refusal.Code.DELETING);
    assertRefused(outcome(cleaning, d -> d.create(child)), Refusal.Code.DELETING);
    assertThat(get(store().family(child.uuid()))).isNull();
  }

  /** A child that waits for nothing. */
  private ChildCreate settled(ResourceRow parent, String label) {
    ChildCreate child = child(list(), label);
    done(parent.key(), d -> d.create(child));
    settle(resource(child.uuid()));
    return child;
  }

  @Test
  default void childrenAreAskedToGoOnce() {
    ResourceRow root = root();
    ChildCreate a = settled(root, "a");
    ChildCreate b = settled(root, "b");
    done(SubjectKey.ofResource(b.uuid()), d -> d.deleting(Deleting.BEGUN));
    Committed.Done done = done(root.key(), d -> d.deletes(ChildDelete.ALL));
    assertThat(woken(done)).containsExactly(SubjectKey.ofResource(a.uuid()));
    assertThat(resource(a.uuid()).deleting()).isEqualTo(Deleting.ASKED);
    assertThat(resource(a.uuid()).machine().dueAt()).isNotNull();
    assertThat(resource(b.uuid()).deleting()).isEqualTo(Deleting.BEGUN);
    assertThat(done(root.key(), d -> d.deletes(ChildDelete.ALL)).woken()).isEmpty();
  }

  @Test
  default void aChildIsAskedToGoByItself() {
    ResourceRow root = root();
    ChildCreate a = settled(root, "a");
    ChildCreate b = settled(root, "b");
    SubjectKey task = running(root, "shrink", true);
    ChildDelete one = new ChildDelete(false, Set.of(a.uuid()));
    Committed.Done done = done(task, d -> d.deletes(one));
    assertThat(woken(done)).containsExactly(SubjectKey.ofResource(a.uuid()));
    assertThat(resource(a.uuid()).deleting()).isEqualTo(Deleting.ASKED);
    assertThat(resource(b.uuid()).deleting()).isEqualTo(Deleting.NO);
    assertThat(history().changes(SubjectKey.ofResource(a.uuid())))
        .extracting(StoreHistory.Changed::fields)
        .containsExactly(List.of(BuiltIn.DELETING));
    assertThat(done(task, d -> d.deletes(one)).woken()).isEmpty();
    assertThat(history().changes(SubjectKey.ofResource(a.uuid()))).hasSize(1);
  }

  @Test
  default void whatIsNoChildIsNotAskedToGo() {
    ResourceRow root = root();
    ResourceRow other = root();
    settle(root);
    settle(other);
    ChildDelete foreign = new ChildDelete(false, Set.of(other.uuid(), uuid()));
    assertThat(done(root.key(), d -> d.deletes(foreign)).woken()).isEmpty();
    assertThat(resource(other.uuid()).deleting()).isEqualTo(Deleting.NO);
  }
}
