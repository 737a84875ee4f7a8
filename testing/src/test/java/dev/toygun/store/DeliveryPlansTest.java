package dev.toygun.store;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How the statements of the outbox are carried out where much was sent, and much alarms. */
class DeliveryPlansTest {
  private static final double DAY = 86_400;

  /**
   * A hundred days of a thousand messages, of which each tenth has failed, to twenty sinks, two of
   * which do not answer and have five thousand waiting; and two thousand alarms, a thousand open.
   */
  private static void fill(PostgresFixture postgres) {
    postgres.execute(
        """
        set session_replication_role = replica;
        insert into sinks (name, uuid, kind, created_by, created_at)
        select 's' || n, gen_random_uuid(), 'log', 'test', now() - interval '1 year' from generate_series(1, 20) as n;
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, active, ended_at)
        select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
               ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
               ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 'down', 'fleet', 1,
               case when n % 2 = 0 then 'open' else 'closed' end, n % 2 = 0, case when n % 2 = 1 then now() end
          from generate_series(1, 2000) as n;
        insert into deliveries (uuid, resource_uuid, alarm_uuid, sink, event, state, created_at)
        select ('00000000-0000-7000-b000-' || lpad(to_hex(n), 12, '0'))::uuid,
               ('00000000-0000-7000-8000-' || lpad(to_hex(1 + n % 1000 * 2), 12, '0'))::uuid,
               ('00000000-0000-7000-9000-' || lpad(to_hex(1 + n % 1000 * 2), 12, '0'))::uuid,
               's' || 1 + n % 20, case when n % 3 = 0 then 'resolve' else 'open' end,
               case when n % 10 = 0 then 'failed' else 'sent' end,
               now() - make_interval(secs => n * 86.4)
          from generate_series(1, 100000) as n;
        insert into deliveries (uuid, resource_uuid, alarm_uuid, sink, event, due_at)
        select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 's' || 1 + n % 2, 'open',
               now() - make_interval(secs => n)
          from generate_series(1, 5000) as n;
        """);
    postgres.execute("vacuum analyze deliveries");
    postgres.execute("vacuum analyze alarms");
    postgres.execute("analyze sinks");
  }

  @Test
  void whereManyErrorsAreGroupedAndWaitReportsLookAtWhatTheyAreAskedFor() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      postgres.execute(
          """
          insert into sinks (name, uuid, kind, created_by)
          select 's' || n, gen_random_uuid(), 'sentry', 'test' from generate_series(1, 2) as n;
          insert into error_reports (sink, fingerprint, times, error_uuid, error_at, told_at, due_at)
          select 's' || 1 + n % 2, array['Down', n::text], 1, gen_random_uuid(), now(),
                 now() - make_interval(secs => n / 20), case when n % 10 = 0 then now() + interval '1 minute' end
            from generate_series(1, 50000) as n;
          insert into untold_errors (uuid, at) select gen_random_uuid(), now() from generate_series(1, 50000);
          """);
      postgres.execute("vacuum analyze error_reports");
      postgres.execute("vacuum analyze untold_errors");
      postgres.execute("analyze sinks");
      Plan.ran(postgres, "ErrorReportSql.SORT", 100L, 300.0).looksAt(1_500);
      Plan.ran(postgres, "ErrorReportSql.TELL", 100L)
          .uses("using error_reports_due")
          .uses("using error_reports_told")
          .looksAt(1_000);
      Plan.ran(postgres, "ErrorReportSql.FORGET", 3_600.0, 100L)
          .uses("using error_reports_told")
          .looksAt(1_500);
    }
  }

  @Test
  void whereMuchWasSentTheOutboxLooksAtWhatItIsAskedFor() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      fill(postgres);
      String[] none = {};
      Plan.ran(postgres, "DeliverySql.CLAIM", none, 4L, 60.0)
          .uses("using deliveries_due")
          .looksAt(500);
      Plan.ran(postgres, "DeliverySql.OF_STATE", "failed", null, null, 51)
          .goesByIndex()
          .uses("using deliveries_state")
          .looksAt(80);
      Plan.ran(
              postgres,
              "DeliverySql.OF_STATE",
              "sent",
              postgres.now().minusSeconds(50 * 86_400).toString(),
              new UUID(0, 0),
              51)
          .goesByIndex()
          .looksAt(80);
      UUID failed = UUID.fromString("00000000-0000-7000-b000-00000000000a");
      Plan.ran(postgres, "DeliverySql.STANDING", failed).goesByIndex().looksAt(20);
      Plan.ran(postgres, "DeliverySql.RETRY", failed).goesByIndex().looksAt(150);
      Plan.ran(postgres, "DeliverySql.PURGE", 30 * DAY, 90 * DAY, 500L)
          .uses("using deliveries_state")
          .looksAt(1_000 * 12);
      Plan.ran(postgres, "DeliverySql.ORPHANED", 500L).uses("using deliveries_due").looksAt(100);
      Plan.ran(postgres, "DeliverySql.OPEN_ALARMS", (Object) null)
          .goesByIndex()
          .uses("using alarms_open");
      Plan.ran(postgres, "SinkSql.OPEN_ALARMS", new UUID(0, 0), 100L)
          .goesByIndex()
          .uses("using alarms_open")
          .looksAt(400);
    }
  }
}
