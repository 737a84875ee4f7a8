package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.End;
import dev.toygun.store.ResourceRow.Deleting;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom code asks to go, or sends a signal, while somebody else has its row for a moment. */
class LockedChildTest {
  private final PostgresFixture postgres = new PostgresFixture();

  @SuppressWarnings("NullAway.Init")
  private ResourceRow root;

  @SuppressWarnings("NullAway.Init")
  private UUID locked;

  @SuppressWarnings("NullAway.Init")
  private UUID free;

  @BeforeEach
  void make() {
    root = postgres.root();
    postgres.settle(root);
    ChildCreate a = postgres.child(postgres.list(), "a");
    ChildCreate b = postgres.child(postgres.list(), "b");
    postgres.done(
        root.key(),
        d -> {
          d.create(a);
          d.create(b);
        });
    locked = a.uuid();
    free = b.uuid();
    postgres.settle(postgres.resource(locked));
    postgres.settle(postgres.resource(free));
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  private Committed commit(Outcome outcome) throws Exception {
    try (OtherClient client = new OtherClient(postgres)) {
      client.execute("select from resources where uuid = '%s' for update".formatted(locked));
      return postgres.commit(outcome).get(0);
    }
  }

  /** The end of a task, and what its resource decides upon it, in one commit. */
  private Outcome endThen(Consumer<OutcomeDraft> decision) {
    SubjectKey task = postgres.running(root, "task", false);
    postgres.rest(root.key());
    Outcome end = postgres.outcome(task, d -> d.ends(End.FINISHED, false));
    Family after = Forecast.of(postgres.family(root.uuid()), end, postgres.now()).orElseThrow();
    OutcomeDraft draft = OutcomeDraft.of(after, root.key(), postgres.tick(), postgres.now());
    draft.enter("second", null, false);
    decision.accept(draft);
    return end.then(draft.build().orElseThrow());
  }

  private void isDecidedAgain() {
    assertThat(postgres.machine(root.key()).state()).isEqualTo("first");
    assertThat(postgres.machine(root.key()).dueAt()).isNotNull();
  }

  @Test
  void aSignalThatWasDecidedAheadIsDecidedAgain() throws Exception {
    SignalRow signal = postgres.signal(SubjectKey.ofResource(locked), "go");
    commit(endThen(d -> d.signal(signal)));
    isDecidedAgain();
  }

  @Test
  void anEndThatWasDecidedAheadIsDecidedAgain() throws Exception {
    commit(endThen(d -> d.deletes(new ChildDelete(false, Set.of(locked)))));
    isDecidedAgain();
  }

  /** Else one of a thousand that is busy would keep all of them. */
  @Test
  void aResourceThatStaysAsksTheOthersAndLooksAgain() throws Exception {
    ChildDelete both = new ChildDelete(false, Set.of(locked, free));
    postgres.rest(root.key());
    assertThat(commit(postgres.outcome(root.key(), d -> d.deletes(both))))
        .isInstanceOf(Committed.Done.class);
    assertThat(List.of(free, locked))
        .extracting(child -> postgres.resource(child).deleting())
        .containsExactly(Deleting.ASKED, Deleting.NO);
    assertThat(postgres.machine(root.key()).dueAt()).isNotNull();
  }

  @Test
  void aTaskAsksAllOrNone() throws Exception {
    SubjectKey task = postgres.running(root, "shrink", false);
    ChildDelete both = new ChildDelete(false, Set.of(locked, free));
    assertThat(commit(postgres.outcome(task, d -> d.deletes(both))))
        .isInstanceOf(Committed.Busy.class);
    assertThat(postgres.resource(free).deleting()).isEqualTo(Deleting.NO);
  }
}
