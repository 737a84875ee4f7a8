package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How schedules that a new build brings reach what exists. */
class PgSchedulesTest {
  private static final ScheduleDefinition HOURLY =
      new ScheduleDefinition(3600L, null, null, "once", 0);

  private final PostgresFixture postgres = new PostgresFixture(2);

  private void publish(String name, @Nullable ScheduleDefinition schedule) {
    TaskDefinition task =
        new TaskDefinition(
            "task0", false, false, false, false, false, schedule, "first", List.of(), List.of(), "",
            null, null, false);
    TypeDefinition type =
        new TypeDefinition(
            name,
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
    postgres.get(postgres.store().publish(List.of(type), "build-1").map(true));
  }

  /** During a rollout workers start one after the other for a long time. */
  @Test
  void aTypeThatIsPublishedAgainAndAgainKeepsNoOtherWaiting() {
    try (postgres) {
      publish("a", null);
      publish("b", null);
      ResourceRow waits = postgres.root(new ListName("default", "b", 1, 5));
      publish("a", HOURLY);
      publish("b", HOURLY);
      postgres.execute("update resource_types set updated_at = now() - interval '1 min'");
      for (int i = 0; i < 3; i++) {
        publish("a", HOURLY);
        postgres.get(postgres.store().enrolSchedules(200));
      }
      assertThat(postgres.schedules(waits.uuid())).hasSize(1);
    }
  }

  @Test
  void ofTwoTypesNoneWaitsUntilTheOtherIsThrough() {
    try (postgres) {
      publish("a", null);
      publish("b", null);
      for (int i = 0; i < 100; i++) {
        postgres.root(new ListName("default", "a", 1, 5));
      }
      ResourceRow waits = postgres.root(new ListName("default", "b", 1, 5));
      publish("a", HOURLY);
      publish("b", HOURLY);
      for (int i = 0; i < 30; i++) {
        postgres.get(postgres.store().enrolSchedules(1));
      }
      assertThat(postgres.schedules(waits.uuid())).hasSize(1);
    }
  }
}
