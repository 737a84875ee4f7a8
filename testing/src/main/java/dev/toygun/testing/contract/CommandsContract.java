package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toygun.BuiltIn;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.Entry;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What operators' requests need. */
public interface CommandsContract extends StoreFixture {
  @Test
  default void aRequestIsCommittedOnWhatIsThere() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    Committed.Done done =
        get(
            store()
                .transact(
                    root.uuid(),
                    family -> {
                      OutcomeDraft draft = OutcomeDraft.of(family, task, operator(), now(family));
                      draft.because("by hand");
                      draft.rewind(new Entry("second", 1, false), null);
                      return draft.build().orElseThrow();
                    }));
    MachineRow row = machine(task);
    assertThat(row.state()).isEqualTo("second");
    assertThat(row.version()).isEqualTo(done.version());
    assertThat(history().moves(task).get(1).actor()).isEqualTo("key:ops");
    assertThat(history().moves(task).get(1).tick()).isNull();
  }

  private static java.time.Instant now(Family family) {
    return family.resource().machine().updatedAt();
  }

  @Test
  default void aRequestForNothingIsRefused() {
    assertRefusal(
        store()
            .transact(
                uuid(),
                family -> {
                  throw new AssertionError("there is no family");
                }),
        Refusal.Code.NOT_FOUND);
    assertThat(get(store().family(uuid()))).isNull();
    assertThat(get(store().taskKey(uuid()))).isNull();
  }

  @Test
  default void aRefusalChangesNothing() {
    ResourceRow root = root();
    Function<Family, dev.toygun.store.Outcome> refuses =
        family -> {
          throw new Refusal(Refusal.Code.WRONG_STATE, "not now");
        };
    assertRefusal(store().transact(root.uuid(), refuses), Refusal.Code.WRONG_STATE);
    running(root, "task", false);
    assertRefusal(
        store()
            .transact(
                root.uuid(),
                family -> {
                  OutcomeDraft draft = OutcomeDraft.of(family, root.key(), operator(), now(family));
                  draft.over();
                  return draft.build().orElseThrow();
                }),
        Refusal.Code.OCCUPIED);
    assertThat(machine(root.key()).state()).isEqualTo(BuiltIn.NEW);
    assertThat(history().moves(root.key())).isEmpty();
  }

  @Test
  default void rootsOfOneTypeAndLabelAreMadeOnce() {
    ResourceRow root = root();
    ChildCreate again =
        new ChildCreate(uuid(), root.label(), "{}", root.machine().list(), BuiltIn.NEW);
    assertRefusal(store().insert(again, operator()), Refusal.Code.EXISTS);
    assertThat(again.exists())
        .hasMessage(
            "another %s labelled '%s' is there already", again.list().type(), again.label());
    done(root.key(), d -> d.over());
    assertThat(get(store().insert(again, operator())).uuid()).isEqualTo(again.uuid());
  }

  @Test
  default void somethingThatExistsIsTakenOverInItsState() {
    ChildCreate adopted = new ChildCreate(uuid(), "adopted", "{\"n\":1}", list(), "watched");
    get(store().insert(adopted, operator()));
    MachineRow row = machine(SubjectKey.ofResource(adopted.uuid()));
    assertThat(row.state()).isEqualTo("watched");
    assertThat(row.step()).isZero();
    assertThat(row.attrs()).contains("1");
  }

  @Test
  default void requestsAtOnceAreOneAfterTheOther() {
    ResourceRow root = root();
    List<Future<Committed.Done>> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.add(
          store()
              .transact(
                  root.uuid(),
                  family -> {
                    OutcomeDraft draft =
                        OutcomeDraft.of(family, root.key(), operator(), now(family));
                    draft.enter("state" + family.resource().machine().step(), null, false);
                    return draft.build().orElseThrow();
                  }));
    }
    get(Future.all(all));
    assertThat(machine(root.key()).step()).isEqualTo(30);
    assertThat(history().moves(root.key()))
        .extracting(StoreHistory.Moved::to)
        .hasSize(30)
        .startsWith("state0", "state1")
        .endsWith("state29");
  }

  private void assertRefusal(Future<?> future, Refusal.Code code) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> get(future));
    assertThat(refusal).isNotNull();
    assertThat(Objects.requireNonNull(refusal).code()).isEqualTo(code);
  }
}
