package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds that are over while somebody's transaction keeps a row that one of them has to move. */
class LockedHoldsTest {
  private final PostgresFixture postgres = new PostgresFixture();

  @AfterEach
  void close() {
    postgres.close();
  }

  /** A resource with a task that has a deadline, so that the end of a hold moves both. */
  private ResourceRow held() {
    ResourceRow root = postgres.root();
    SubjectKey task = postgres.running(root, "task", false);
    postgres.done(task, d -> d.enter("second", Duration.ofMinutes(5), false));
    postgres.get(
        postgres
            .store()
            .hold(
                new Hold.Request(
                    postgres.uuid(), Hold.Scope.SUBTREE, root.uuid(), null, "why", null),
                postgres.operator()));
    return root;
  }

  private List<Hold> holds() {
    return postgres.get(postgres.store().holds());
  }

  private void settle() {
    while (postgres.get(postgres.store().settleHolds())) {
      // Another page.
    }
  }

  @Test
  void aLockedRowKeepsNoOtherHoldFromEnding() throws SQLException {
    ResourceRow locked = held();
    held();
    for (Hold hold : holds()) {
      postgres.get(postgres.store().release(hold.uuid(), postgres.operator()));
    }
    try (OtherClient other = new OtherClient(postgres)) {
      other.execute(
          "select from tasks where resource_uuid = '%s' for update".formatted(locked.uuid()));
      settle();
      assertThat(holds()).extracting(Hold::resource).containsExactly(locked.uuid());
    }
    settle();
    assertThat(holds()).isEmpty();
  }

  /**
   * A trigger of somebody's own, a time-out of the statement: whatever it is, it is of that hold.
   */
  @Test
  void aRowThatCannotBeMovedKeepsNoOtherHoldFromEnding() {
    ResourceRow bad = held();
    held();
    for (Hold hold : holds()) {
      postgres.get(postgres.store().release(hold.uuid(), postgres.operator()));
    }
    postgres.execute(
        """
        create function refuses() returns trigger language plpgsql as $body$
          begin raise exception 'canceled' using errcode = 'query_canceled'; end $body$;
        create trigger refuses before update on tasks for each row
          when (old.resource_uuid = '%s') execute function refuses()
        """
            .formatted(bad.uuid()));
    settle();
    assertThat(holds()).extracting(Hold::resource).containsExactly(bad.uuid());
    postgres.execute("drop trigger refuses on tasks");
    settle();
    assertThat(holds()).isEmpty();
  }
}
