package dev.toygun.store;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a page of runs costs among many. */
class RunPlansTest {
  private static final long LOOKED_AT = Runs.LOOKED_AT;

  @Test
  void aPageIsReadOffAnIndexInItsOrder() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 3_000);
      page(postgres, null, null, null).uses("tasks_uuid").looksAt(400);
      page(postgres, "fleet", "task9", null).uses("tasks_by_name").looksAt(400);
      page(postgres, null, null, true).uses("tasks_newest").looksAt(400);
      page(postgres, "none", null, null).uses("tasks_uuid").looksAt(12_000);
      Plan.ran(
              postgres,
              "RunsSql.FEW",
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              51,
              Fleet.resource(7))
          .doesNotScan()
          .looksAt(250);
    }
  }

  private static Plan page(
      PostgresFixture postgres,
      @Nullable String type,
      @Nullable String task,
      @Nullable Boolean active) {
    return Plan.ran(
            postgres,
            "RunsSql.ROWS",
            type,
            task,
            active,
            null,
            null,
            null,
            null,
            51,
            LOOKED_AT,
            null)
        .doesNotScan();
  }
}
