package dev.toygun.store;

import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the audit is read where it is long. */
class AuditPlansTest {
  /**
   * Two hundred thousand rows of a hundred days: by a thousand keys, of fifty actions, on ten
   * thousand things.
   */
  private static void fill(PostgresFixture postgres) {
    postgres.execute(
        """
        insert into audit (at, actor, action, resource_uuid, subject_uuid, allowed, status)
        select now() - make_interval(secs => n * 43), 'key:' || n % 1000, 'action' || n % 50,
               case when n % 2 = 0 then ('00000000-0000-7000-8000-' || lpad(to_hex(n % 10000), 12, '0'))::uuid end,
               case when n % 2 = 1 then ('00000000-0000-7000-8000-' || lpad(to_hex(n % 10000), 12, '0'))::uuid end,
               n % 5000 <> 0, case when n % 5000 <> 0 then 200 else 403 end
          from generate_series(1, 200000) as n;
        """);
    postgres.execute("vacuum analyze audit");
  }

  @Test
  void eachFilterIsReadOffAnIndexOfItsOwn() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      fill(postgres);
      UUID thing = UUID.fromString("00000000-0000-7000-8000-00000000000b");
      plan(postgres, null, null, null, null, null, null).uses("using audit_at").looksAt(80);
      plan(postgres, "key:7", null, null, null, null, null).uses("using audit_actor").looksAt(80);
      plan(postgres, null, "action7", null, null, null, null)
          .uses("using audit_action")
          .looksAt(80);
      plan(postgres, null, null, thing, null, null, null).uses("using audit_subject").looksAt(80);
      plan(postgres, null, null, null, false, null, null).uses("using audit_denied").looksAt(80);
      plan(postgres, null, null, null, null, 50, 49).uses("using audit_at").looksAt(80);
      plan(postgres, "key:7", null, null, null, 50, 40).uses("audit_actor").looksAt(80);
    }
  }

  @Test
  void aPageInTheMiddleCostsWhatTheFirstDoes() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      fill(postgres);
      Plan.ran(
              postgres,
              "AuditSql.ROWS",
              "key:7",
              null,
              null,
              null,
              null,
              null,
              postgres.now().minusSeconds(60 * 86_400).atOffset(ZoneOffset.UTC),
              5L,
              51,
              51)
          .goesByIndex()
          .uses("using audit_actor")
          .looksAt(80);
    }
  }

  @Test
  void twoFiltersLookAtSoManyRowsAndNoMore() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      fill(postgres);
      postgres.execute("update audit set actor = 'key:busy' where seq % 4 <> 0");
      postgres.execute("vacuum analyze audit");
      Plan.ran(
              postgres,
              "AuditSql.ROWS",
              "key:busy",
              "rare",
              null,
              null,
              null,
              null,
              null,
              null,
              51,
              Audit.LOOKED_AT)
          .goesByIndex()
          .looksAt(2 * Audit.LOOKED_AT);
    }
  }

  private static Plan plan(
      PostgresFixture postgres,
      @Nullable String actor,
      @Nullable String action,
      @Nullable UUID subject,
      @Nullable Boolean allowed,
      @Nullable Integer sinceDays,
      @Nullable Integer untilDays) {
    return Plan.ran(
            postgres,
            "AuditSql.ROWS",
            actor,
            action,
            subject,
            allowed,
            sinceDays == null
                ? null
                : postgres.now().minusSeconds(sinceDays * 86_400L).atOffset(ZoneOffset.UTC),
            untilDays == null
                ? null
                : postgres.now().minusSeconds(untilDays * 86_400L).atOffset(ZoneOffset.UTC),
            null,
            null,
            51,
            51)
        .goesByIndex();
  }
}
