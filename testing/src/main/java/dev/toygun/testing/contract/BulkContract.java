package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.End;
import dev.toygun.store.Bulk;
import dev.toygun.store.Bulk.Result;
import dev.toygun.store.Bulk.State;
import dev.toygun.store.BulkOrder;
import dev.toygun.store.BulkOrder.Action;
import dev.toygun.store.BulkOrder.Filter;
import dev.toygun.store.Bulks;
import dev.toygun.store.ListName;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What bulk runs do with their items. */
public interface BulkContract extends BulkFixture {
  @Test
  default void aTaskIsStartedOnAllThatTheFilterFinds() {
    ListName fleet = fleet();
    List<ResourceRow> some = resources(fleet, 3);
    resources(fleet(), 1);
    ResourceRow other = some.get(2);
    done(other.key(), d -> d.enter("second", null, false));
    Filter first =
        new Filter(List.of("state=first"), null, List.of("first"), null, null, "[]", null);
    BulkOrder order =
        new BulkOrder(fleet.type(), 1, first, Action.START, "task0", null, "{}", PLAIN);
    assertThat(get(store().bulks().preview(order, 1)).count()).isEqualTo(2);
    UUID bulk = ask(order);
    go(bulk);
    assertCounts(bulk, Map.of(Result.BEGUN, 2));
    assertThat(bulk(bulk).state()).isEqualTo(State.RUNNING);
    assertThat(family(other.uuid()).tasks()).isEmpty();
    assertThat(run(some.get(0)).startedBy()).isEqualTo("key:ops");
    assertThat(run(some.get(0)).key().uuid()).isEqualTo(items(bulk).get(0).subject());
    assertThat(history().said(some.get(0).key())).containsExactly("bulk run " + bulk + ": because");
  }

  @Test
  default void aRunThatFinishesIsDoneAndOneThatPanicsHasFailed() {
    ListName fleet = fleet();
    List<ResourceRow> two = resources(fleet, 2);
    UUID bulk = ask(order(fleet, Action.START, "task0", PLAIN));
    go(bulk);
    SubjectKey good = begins(two.get(0));
    done(good, d -> d.ends(End.FINISHED, false));
    SubjectKey bad = begins(two.get(1));
    done(bad, d -> d.panic(error(bad, "Broken"), "__panic__"));
    history().later(bulk, Duration.ofSeconds(10));
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 1, Result.FAILED, 1));
    assertThat(items(bulk).get(1).code()).isEqualTo("panicked");
    assertThat(bulk(bulk).state()).isEqualTo(State.HALTED);
  }

  @Test
  default void aRunThatStillGoesOnAfterItsTimeHasTurnedOutWell() {
    ListName fleet = fleet();
    List<ResourceRow> two = resources(fleet, 2);
    UUID bulk = ask(order(fleet, Action.START, "task0", PLAIN));
    go(bulk);
    begins(two.get(0));
    history().later(bulk, Duration.ofSeconds(61));
    go(bulk);
    // The other one has not even begun.
    assertCounts(bulk, Map.of(Result.DONE, 1, Result.BEGUN, 1));
    begins(two.get(1));
    history().later(bulk, Duration.ofSeconds(61));
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 1, Result.BEGUN, 1));
    history().later(bulk, Duration.ofSeconds(61));
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 2));
    assertThat(bulk(bulk).state()).isEqualTo(State.DONE);
    assertThat(bulk(bulk).endedAt()).isNotNull();
    assertThat(get(store().bulks().due(1000))).doesNotContain(bulk);
  }

  @Test
  default void twoClocksDoEachItemOnce() {
    ListName fleet = fleet();
    List<ResourceRow> some = resources(fleet, 10);
    UUID bulk = ask(order(fleet, Action.START, "task0", PLAIN));
    step(bulk, 100);
    Bulks bulks = store().bulks();
    Future<Bulks.Step> one = bulks.step(bulk, 7, this::uuid, clock("clock-1"));
    Future<Bulks.Step> other = bulks.step(bulk, 7, this::uuid, clock("clock-2"));
    get(Future.join(one, other).map(true));
    go(bulk);
    assertCounts(bulk, Map.of(Result.BEGUN, 10));
    for (ResourceRow resource : some) {
      assertThat(history().runs(resource.uuid(), "task0")).hasSize(1);
    }
  }

  @Test
  default void aRunThatIsActiveAlreadyIsSkipped() {
    ListName fleet = fleet();
    ResourceRow resource = resources(fleet, 1).get(0);
    running(resource, "task0", false);
    UUID bulk = ask(order(fleet, Action.START, "task0", PLAIN));
    go(bulk);
    assertCounts(bulk, Map.of(Result.SKIPPED, 1));
    assertThat(items(bulk).get(0).code()).isEqualTo("already_running");
    assertThat(bulk(bulk).state()).isEqualTo(State.DONE);
  }

  @Test
  default void theActiveRunsOfATaskAreStopped() {
    ListName fleet = fleet();
    List<ResourceRow> two = resources(fleet, 2);
    SubjectKey run = running(two.get(0), "task0", false);
    UUID bulk = ask(order(fleet, Action.STOP, "task0", PLAIN));
    step(bulk, 100);
    Bulks.Step step = step(bulk, 100);
    assertThat(step.ends()).containsExactly(run);
    assertThat(step.due()).extracting(w -> w.key()).contains(run);
    assertCounts(bulk, Map.of(Result.DONE, 1));
    assertThat(task(run).outcome()).isEqualTo(End.STOPPED);
    assertThat(task(run).machine().state()).isEqualTo("__exit__");
  }

  @Test
  default void onlyWhatStandsStillIsRetried() {
    ListName fleet = fleet();
    List<ResourceRow> two = resources(fleet, 2);
    SubjectKey stands = running(two.get(0), "task0", false);
    running(two.get(1), "task0", false);
    done(stands, d -> d.panic(error(stands, "Broken"), "__panic__"));
    UUID bulk = ask(order(fleet, Action.RETRY, "task0", PLAIN));
    go(bulk);
    assertCounts(bulk, Map.of(Result.BEGUN, 1));
    assertThat(task(stands).machine().state()).isEqualTo("first");
    assertThat(history().moves(stands))
        .last()
        .satisfies(
            move -> {
              assertThat(move.actor()).isEqualTo("key:ops");
              assertThat(move.message()).contains(bulk.toString());
            });
  }

  @Test
  default void resourcesAreAskedToGo() {
    ListName fleet = fleet();
    List<ResourceRow> two = resources(fleet, 2);
    UUID bulk = ask(order(fleet, Action.DELETE, null, PLAIN));
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 2));
    assertThat(resource(two.get(0).uuid()).deleting()).isEqualTo(ResourceRow.Deleting.ASKED);
    UUID again = ask(order(fleet, Action.DELETE, null, PLAIN));
    go(again);
    assertCounts(again, Map.of(Result.SKIPPED, 2));
  }

  @Test
  default void fieldsAreSetAndWhatHasThemAlreadyIsSkipped() {
    ListName fleet = fleet();
    List<ResourceRow> two = resources(fleet, 2);
    done(two.get(0).key(), d -> d.attrs("{\"size\":2}", List.of("size")));
    BulkOrder order =
        new BulkOrder(fleet.type(), 1, ALL, Action.SET, null, null, "{\"size\":2}", PLAIN);
    UUID bulk = ask(order);
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 1, Result.SKIPPED, 1));
    assertThat(resource(two.get(1).uuid()).machine().attrs().replace(" ", ""))
        .isEqualTo("{\"size\":2}");
  }

  @Test
  default void aSignalIsSentToEach() {
    ListName fleet = fleet();
    ResourceRow resource = resources(fleet, 1).get(0);
    UUID bulk = ask(new BulkOrder(fleet.type(), 1, ALL, Action.SIGNAL, null, "go", "{}", PLAIN));
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 1));
    assertThat(family(resource.uuid()).signals())
        .singleElement()
        .satisfies(signal -> assertThat(signal.from()).isEqualTo("key:ops"));
    assertThat(history().said(resource.key())).containsExactly("bulk run " + bulk + ": because");
  }

  @Test
  default void whatIsNotWhatTheFilterAsksForAnyMoreIsLeftAlone() {
    ListName fleet = fleet();
    List<ResourceRow> two = resources(fleet, 2);
    Filter first =
        new Filter(List.of("state=first"), null, List.of("first"), null, null, "[]", null);
    UUID bulk = ask(new BulkOrder(fleet.type(), 1, first, Action.DELETE, null, null, "{}", PLAIN));
    step(bulk, 100);
    done(two.get(1).key(), d -> d.enter("second", null, false));
    resources(fleet, 1);
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 1, Result.SKIPPED, 1));
    assertThat(resource(two.get(1).uuid()).deleting()).isEqualTo(ResourceRow.Deleting.NO);
  }

  @Test
  default void fieldsOfTheFilterAreAskedAsListsAskThem() {
    ListName fleet = fleet();
    List<ResourceRow> two = resources(fleet, 2);
    done(two.get(0).key(), d -> d.attrs("{\"bulk\":7}", List.of("bulk")));
    String seven = "[{\"names\":[\"size\",\"bulk\"],\"is\":7,\"unset\":null}]";
    Filter filter = new Filter(List.of("fields.size=7"), null, null, null, null, seven, null);
    UUID bulk = ask(new BulkOrder(fleet.type(), 1, filter, Action.DELETE, null, null, "{}", PLAIN));
    go(bulk);
    assertThat(items(bulk)).extracting(Bulk.Item::resource).containsExactly(two.get(0).uuid());
  }

  @Test
  default void whatIsOfAVersionWithOtherFieldsFails() {
    ListName fleet = fleet();
    resources(fleet, 1);
    ListName newer = new ListName("default", fleet.type(), 2, 5);
    publish(newer, List.of(new FieldDefinition("why", "text", false, false, null, List.of())));
    BulkOrder order = new BulkOrder(fleet.type(), 2, ALL, Action.START, "task0", null, "{}", PLAIN);
    UUID bulk = ask(order);
    go(bulk);
    assertCounts(bulk, Map.of(Result.FAILED, 1));
    assertThat(items(bulk).get(0).message()).contains("version 1").contains("version 2");
  }

  @Test
  default void thereIsOneOfAUuidAndListsAreOfTheNewestFirst() {
    ListName fleet = fleet();
    UUID first = ask(order(fleet, Action.DELETE, null, PLAIN));
    UUID second = ask(order(fleet, Action.DELETE, null, PLAIN));
    Bulk asked = bulk(first);
    Bulk again =
        get(store().bulks().ask(Bulk.asked(first, asked.order(), "key:other", "", null, now())));
    assertThat(again.actor()).isEqualTo("key:ops");
    List<String> types = List.of(fleet.type());
    assertThat(get(store().bulks().bulks(types, null, null, 10)))
        .extracting(Bulk::uuid)
        .containsExactly(second, first);
    assertThat(get(store().bulks().bulks(types, null, second, 10)))
        .extracting(Bulk::uuid)
        .containsExactly(first);
    go(first);
    assertThat(bulk(first).state()).isEqualTo(State.DONE);
    assertThat(bulk(first).note()).contains("nothing");
    assertThatThrownBy(() -> say(uuid(), Bulk.Command.PAUSE)).isInstanceOf(Refusal.class);
  }

  @Test
  default void aRunOfASubtreeGoesNoFurtherAndIsListedByWhatItIsBelow() {
    ListName fleet = fleet();
    ResourceRow root = resources(fleet, 1).get(0);
    ResourceRow beside = resources(fleet, 1).get(0);
    var made = child(fleet, "child");
    done(root.key(), d -> d.create(made));
    settle(resource(made.uuid()));
    Filter below = new Filter(List.of(), null, null, null, null, "[]", root.uuid());
    BulkOrder order =
        new BulkOrder(fleet.type(), 1, below, Action.START, "task0", null, "{}", PLAIN);
    assertThat(get(store().bulks().preview(order, 5)).few())
        .extracting(Bulks.Found::uuid)
        .containsExactlyInAnyOrder(root.uuid(), made.uuid());
    UUID bulk = ask(order);
    go(bulk);
    assertCounts(bulk, Map.of(Result.BEGUN, 2));
    assertThat(family(beside.uuid()).tasks()).isEmpty();
    assertThat(bulk(bulk).order().filter().under()).isEqualTo(root.uuid());
    UUID all = ask(order(fleet, Action.DELETE, null, PLAIN));
    assertThat(listed(root.uuid())).containsExactly(bulk);
    assertThat(listed(made.uuid())).isEmpty();
    assertThat(listed(beside.uuid())).isEmpty();
    assertThat(listed(null)).contains(bulk, all);
  }

  private List<UUID> listed(@Nullable UUID under) {
    return get(store().bulks().bulks(null, under, null, 100)).stream().map(Bulk::uuid).toList();
  }
}
