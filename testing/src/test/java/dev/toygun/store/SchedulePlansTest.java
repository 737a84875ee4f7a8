package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How the statements of schedules are carried out where there are many. */
class SchedulePlansTest {
  private static final String HOURLY = new ScheduleDefinition(3600L, null, null, "once", 0).text();

  /** Twenty thousand resources of a type, each with a schedule; one in a hundred is due. */
  private static void fill(PostgresFixture postgres) {
    TaskDefinition task =
        new TaskDefinition(
            "task0",
            false,
            false,
            false,
            false,
            false,
            ScheduleDefinition.ofText(HOURLY),
            "first",
            List.of(),
            List.of(),
            "",
            null,
            null,
            false);
    TypeDefinition fleet =
        new TypeDefinition(
            "fleet",
            1,
            "default",
            Priority.NORMAL,
            "first",
            List.of(),
            List.of(),
            List.of(task),
            List.of(),
            false,
            List.of(),
            "",
            null);
    postgres.get(postgres.store().publish(List.of(fleet), "build-1").map(true));
    Fleet.fill(postgres, 20_000);
    postgres.execute(
        """
        insert into schedules (resource_uuid, name, spec, next_at, due_at)
        select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'task0', ':spec',
               now() + interval '1 hour',
               now() + case when n % 100 = 0 then -1 else 1 end * interval '1 min'
          from generate_series(1, 20000) as n;
        """
            .replace(":spec", HOURLY));
    postgres.execute("vacuum analyze schedules");
  }

  @Test
  void whereThereAreManyOnlyThoseThatAreDueAreLookedAt() {
    try (PostgresFixture postgres = new PostgresFixture(1)) {
      fill(postgres);
      UUID[] page = new UUID[100];
      for (int i = 0; i < page.length; i++) {
        page[i] = Fleet.resource(100 * (i + 1));
      }
      Plan.ran(postgres, "ScheduleSql.DUE", 100L)
          .goesByIndex()
          .uses("Index Only Scan using schedules_due")
          .looksAt(20);
      Plan.ran(postgres, "ScheduleSql.DUE_OF", (Object) page).goesByIndex().looksAt(1_500);
      Plan.ran(postgres, "ScheduleSql.ENROL", (Object) page).goesByIndex().looksAt(1_500);
      Plan.ran(postgres, "ScheduleSql.SEEN", (Object) new UUID[] {page[0]})
          .goesByIndex()
          .looksAt(10);
      Plan.ran(
              postgres,
              "ScheduleSql.NEXT",
              "fleet",
              OffsetDateTime.parse("2000-01-01T00:00:00Z"),
              new UUID(0, 0),
              200L)
          .goesByIndex()
          .uses("using resources_by_created_at")
          .looksAt(50);
      Plan.ran(postgres, "WatchSql.CLOCK", "due").uses("using schedules_due");
    }
  }

  @Test
  void onNewTablesTheyGoByAnIndexToo() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      for (String name : List.of("DUE", "DUE_OF", "ENROL", "NEXT", "SEEN", "WRITE", "REMOVE")) {
        Plan.kept(postgres, "ScheduleSql." + name).goesByIndex();
      }
      assertThat(Plan.kept(postgres, "ScheduleSql.ENROLLING").text())
          .contains("resource_types_enrolling");
    }
  }
}
