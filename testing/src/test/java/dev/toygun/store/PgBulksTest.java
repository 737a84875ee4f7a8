package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.store.Bulk.Result;
import dev.toygun.store.BulkOrder.Action;
import dev.toygun.store.BulkOrder.Going;
import dev.toygun.testing.contract.BulkFixture;
import dev.toygun.testing.contract.StoreHistory;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bulk runs on Postgres, where clocks die and rows grow old. */
class PgBulksTest implements BulkFixture {
  private final PostgresFixture postgres = new PostgresFixture();

  @Override
  public Store store() {
    return postgres.store();
  }

  @Override
  public StoreHistory history() {
    return postgres;
  }

  @Override
  public <T> T get(Future<T> future) {
    return postgres.get(future);
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  @Test
  void aClockThatDiesInTheMiddleLeavesNothingHalfDone() throws Exception {
    ListName fleet = fleet();
    List<ResourceRow> some = resources(fleet, 5);
    UUID bulk = ask(order(fleet, Action.START, "task0", PLAIN));
    step(bulk, 100);
    PgStore clock =
        PgStore.connect(
            postgres.vertx(),
            postgres.url(),
            new DatabaseSettings("clock", 1, 100, Duration.ofSeconds(20)));
    // The items are locked: the step has started the runs, and waits for them.
    try (Connection other =
            DriverManager.getConnection(
                postgres.url().jdbc(), postgres.url().user(), postgres.url().password());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select from bulk_items where bulk_uuid = '" + bulk + "' for update");
      Future<Bulks.Step> dies = clock.bulks().step(bulk, 100, this::uuid, clock("clock-1"));
      postgres.execute(
          """
          do $$
          begin
            for i in 1..1000 loop
              perform pg_terminate_backend(pid) from pg_stat_activity
                where wait_event_type = 'Lock' and query like '%bulk_items%' and datname = current_database() and pid <> pg_backend_pid();
              exit when found;
              perform pg_sleep(0.01);
              perform pg_stat_clear_snapshot();
            end loop;
          end $$
          """);
      assertThatThrownBy(() -> get(dies)).isInstanceOf(UnknownOutcome.class);
    }
    get(clock.close().otherwiseEmpty());
    assertCounts(bulk, Map.of(Result.WAITING, 5));
    assertThat(family(some.get(0).uuid()).tasks()).isEmpty();
    go(bulk);
    assertCounts(bulk, Map.of(Result.BEGUN, 5));
    for (ResourceRow resource : some) {
      assertThat(history().runs(resource.uuid(), "task0")).hasSize(1);
    }
  }

  @Test
  void oneThatEndedLongAgoIsRemovedWithItsItems() {
    ListName fleet = fleet();
    resources(fleet, 3);
    UUID old = ask(order(fleet, Action.DELETE, null, PLAIN));
    go(old);
    UUID young = ask(order(fleet, Action.DELETE, null, PLAIN));
    go(young);
    postgres.execute(
        "update bulks set ended_at = now() - interval '31 days' where uuid = '" + old + "'");
    Retention.Removed removed = get(store().removeRest(Retention.Settings.STANDARD, 2));
    assertThat(removed.more()).isTrue();
    get(store().removeRest(Retention.Settings.STANDARD, 100));
    get(store().removeRest(Retention.Settings.STANDARD, 100));
    assertThat(get(store().bulks().bulks(List.of(fleet.type()), null, null, 10)))
        .extracting(Bulk::uuid)
        .containsExactly(young);
    assertThat(items(old)).isEmpty();
    assertThat(items(young)).hasSize(3);
  }

  @Test
  void whatIsDueAndHaltedIsSeenByWhoeverLooksAfterTheWhole() {
    ListName fleet = fleet();
    resources(fleet, 1);
    UUID bulk = ask(order(fleet, Action.DELETE, null, PLAIN));
    SystemWatch watch = new SystemWatch(postgres.store().database());
    assertThat(get(watch.look()).bulk()).isPresent();
    assertThat(get(watch.look()).halted()).isEmpty();
    postgres.execute(
        "update bulks set state = 'halted', note = '1 failed', due_at = null where uuid = '"
            + bulk
            + "'");
    assertThat(get(watch.look()).bulk()).isEmpty();
    assertThat(get(watch.look()).halted()).containsEntry(bulk, "1 failed");
  }

  @Test
  void ofMuchThatIsLongOnlyAFewAreInHandAtOnce() {
    ListName fleet = fleet();
    resources(fleet, 7);
    postgres.execute(
        "update resources set attrs = jsonb_build_object('size', 1, 'long', repeat('x', 6000000)) where type = '%s'"
            .formatted(fleet.type()));
    UUID bulk = ask(order(fleet, Action.DELETE, null, PLAIN));
    step(bulk, 100);
    Bulks.Step step = step(bulk, 100);
    assertCounts(bulk, Map.of(Result.DONE, 3, Result.WAITING, 4));
    assertThat(step.more()).isTrue();
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 7));
  }

  @Test
  void whatSomebodyHasLockedIsSaidAndKeepsNobodyElseWaiting() throws Exception {
    ListName fleet = fleet();
    UUID first = resources(fleet, 2).get(0).uuid();
    Going slow = new Going(10, Duration.ofSeconds(1), 0, Duration.ZERO, 1, null);
    UUID bulk = ask(order(fleet, Action.DELETE, null, slow));
    step(bulk, 100);
    try (Connection other =
            DriverManager.getConnection(
                postgres.url().jdbc(), postgres.url().user(), postgres.url().password());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select from resources where uuid = '" + first + "' for update");
      go(bulk);
      assertCounts(bulk, Map.of(Result.DONE, 1, Result.WAITING, 1));
      later(bulk, Duration.ofSeconds(3));
      go(bulk);
      assertThat(bulk(bulk).note()).isEqualTo("it waits for resources that somebody has locked");
    }
    later(bulk, Duration.ofSeconds(3));
    go(bulk);
    assertCounts(bulk, Map.of(Result.DONE, 2));
    assertThat(bulk(bulk).note()).isEmpty();
  }

  private void later(UUID bulk, Duration time) {
    postgres.later(bulk, time);
  }

  @Test
  void whereThereAreManyOnlyAPageIsLookedAt() {
    Fleet.fill(postgres, 20_000);
    UUID bulk = ask(order(new ListName("default", "fleet", 1, 5), Action.DELETE, null, PLAIN));
    postgres.execute(
        """
        insert into bulk_items (bulk_uuid, resource_uuid)
        select '%s', uuid from resources where type = 'fleet' order by uuid limit 10000;
        update bulk_items set result = 'begun', due_at = now() - interval '1 s', at = now(), subject_uuid = resource_uuid
         where resource_uuid < (select resource_uuid from bulk_items order by resource_uuid offset 5000 limit 1);
        """
            .formatted(bulk));
    postgres.execute("vacuum analyze bulk_items");
    postgres.execute("vacuum analyze resources");
    // What the filter leaves out, it leaves out as the rows are joined with it.
    Plan.ran(postgres, "BulkSql.GATHER", bulk, 200L).doesNotScan().looksAt(3_000);
    Plan.ran(postgres, "BulkSql.NEXT", bulk, 200L, 2L, 16_000_000L).doesNotScan().looksAt(12_000);
    Plan.ran(postgres, "BulkSql.BEGUN", bulk, 200L).goesByIndex().looksAt(2_500);
    Plan.ran(postgres, "BulkSql.ITEMS_OF_RESULT", bulk, new UUID(0, 0), 50L, "failed")
        .goesByIndex()
        .looksAt(20);
  }
}
