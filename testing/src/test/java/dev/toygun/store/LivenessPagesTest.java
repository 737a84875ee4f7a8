package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Everything that is active is accounted for, however much there is: by pages. */
class LivenessPagesTest {
  private static final UUID FIRST = new UUID(0, 0);

  @Test
  void howManyAreLookedAtAtATimeChangesNothing() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Fleet.fill(postgres, 12);
      Database database = postgres.store().database();
      Accounts.Account atOnce = postgres.get(new Liveness(database).account());
      assertThat(atOnce.total())
          .isEqualTo(
              postgres
                  .rows(
                      """
                      SELECT (SELECT count(*) FROM resources WHERE active) + (SELECT count(*) FROM tasks WHERE active)
                      """)
                  .get(0)
                  .getLong(0));
      for (int page : new int[] {1, 7, 30}) {
        Accounts.Account byPages = postgres.get(new Liveness(database, page).account());
        assertThat(byPages.counts()).as("%d at a time", page).isEqualTo(atOnce.counts());
        assertThat(byPages.late())
            .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seenAt")
            .hasSameElementsAs(atOnce.late());
        assertThat(byPages.leftOver())
            .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seenAt")
            .hasSameElementsAs(atOnce.leftOver());
      }
    }
  }

  @Test
  void aPageOfManyLooksAtWhatIsOnItOnly() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      Fleet.fill(postgres, 3_000);
      Plan.ran(postgres, "LivenessSql.PAGE", FIRST, "", "", FIRST, "", 10).looksAt(300);
      Plan.ran(
              postgres,
              "LivenessSql.PAGE",
              FIRST,
              "fleet",
              "r2",
              Fleet.resource(1_500),
              "task1",
              10)
          .looksAt(300);
    }
  }
}
