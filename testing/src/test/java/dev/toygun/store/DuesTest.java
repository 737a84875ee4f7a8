package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When resources are due is kept beside their rows, whoever writes them. */
class DuesTest {
  /** What one of the two has, and the other one has not. */
  private static final String ASTRAY =
      """
      select coalesce(r.uuid, d.uuid)
        from (select * from resources where due_at is not null) r
        full join resource_dues d
          on (d.uuid, d.queue, d.type, d.schema_version, d.priority, d.due_at)
             = (r.uuid, r.queue, r.type, r.schema_version, r.priority, r.due_at)
       where r.uuid is null or d.uuid is null
      """;

  private static final List<String> WRITES =
      List.of(
          "due_at = now()",
          "due_at = now() + interval '1 h'",
          "due_at = null",
          "queue = 'other'",
          "priority = (priority + 1) % 10",
          "schema_version = schema_version + 1, due_at = now()",
          "misses = misses + 1",
          "state = '__stop__', step = 1, active = false, due_at = null, ended_at = now()");

  @Test
  void whatIsDueIsWhatTheRowsSay() {
    long seed = System.nanoTime();
    System.out.println("DuesTest: seed " + seed);
    Random random = new Random(seed);
    try (PostgresFixture postgres = new PostgresFixture()) {
      for (int i = 0; i < 40; i++) {
        postgres.root();
      }
      assertThat(postgres.rows("select uuid from resource_dues")).hasSize(40);
      for (int i = 0; i < 200; i++) {
        String write = WRITES.get(random.nextInt(WRITES.size()));
        postgres.execute(
            "update resources set %s where active and type <> '__system__' and random() < 0.1"
                .formatted(write));
        assertThat(postgres.rows(ASTRAY)).as("seed %s, after %s", seed, write).isEmpty();
      }
    }
  }

  @Test
  void wakingAResourceWritesNoIndexOfItsRow() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      UUID resource = postgres.root().uuid();
      long all = number(postgres, "n_tup_upd", "resources");
      long hot = number(postgres, "n_tup_hot_upd", "resources");
      wakeAndSettle(postgres, resource, 20);
      assertThat(number(postgres, "n_tup_upd", "resources") - all).isEqualTo(40);
      assertThat(number(postgres, "n_tup_hot_upd", "resources") - hot).isEqualTo(40);
    }
  }

  /** The trap: a plan that was made when little was due, and is kept when much is. */
  @Test
  void aWakeLooksAtItsOwnEntryHoweverMuchIsDue() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      UUID resource = postgres.root().uuid();
      postgres.execute("analyze resource_dues");
      wakeAndSettle(postgres, resource, 20);
      postgres.execute(
          """
          insert into resource_dues (uuid, queue, type, schema_version, priority, due_at)
          select gen_random_uuid(), 'default', 'much', 1, 5, now() from generate_series(1, 20000)
          """);
      String read = "idx_tup_fetch + seq_tup_read";
      long before = number(postgres, read, "resource_dues");
      wakeAndSettle(postgres, resource, 1);
      assertThat(number(postgres, read, "resource_dues") - before).isLessThan(10);
    }
  }

  /** A list that has nothing at rest: each row waits for a later time. */
  @Test
  void aLookForWhatRestsReadsAPageHoweverManyWaitForALaterTime() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      postgres.root();
      postgres.execute("analyze resources");
      look(postgres, "planned when there was little", 20);
      postgres.execute(
          """
          insert into resources (uuid, path, label, type, schema_version, state, step, due_at)
          select ('00000000-0000-7000-8000-' || lpad(to_hex(r), 12, '0'))::uuid, '{}', 'r' || r,
                 'patient', 1, 'watched', 1, now() + interval '1 h'
            from generate_series(1, 20000) as r
          """);
      String read = "idx_tup_fetch + seq_tup_read";
      long before = number(postgres, read, "resources");
      look(postgres, "patient", 1);
      assertThat(number(postgres, read, "resources") - before).isBetween(100L, 110L);
      postgres.execute("vacuum analyze resources");
      before = number(postgres, read, "resources");
      look(postgres, "patient", 20);
      assertThat(number(postgres, read, "resources") - before).isBetween(2_000L, 2_200L);
    }
  }

  private static void look(PostgresFixture postgres, String type, int times) {
    for (int i = 0; i < times; i++) {
      postgres.get(
          postgres.store().wakeResting(new ListName("default", type, 1, 5), new UUID(0, 0), 100));
    }
  }

  private static void wakeAndSettle(PostgresFixture postgres, UUID resource, int times) {
    for (int i = 0; i < times; i++) {
      postgres.rows(
          "update resources set wakes = wakes + 1, due_at = now() where uuid = $1", resource);
      postgres.rows("update resources set due_at = null where uuid = $1", resource);
    }
  }

  private static long number(PostgresFixture postgres, String what, String table) {
    postgres.flushStatistics();
    return Rows.big(
        postgres
            .rows(
                "SELECT (%s)::bigint FROM pg_stat_user_tables WHERE relname = '%s'"
                    .formatted(what, table))
            .get(0),
        0);
  }
}
