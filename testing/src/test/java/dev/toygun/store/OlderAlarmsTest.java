package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.Severity;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alarms that code raised and an older build stored as if a worker judged them. */
class OlderAlarmsTest {
  /** As the older build wrote them. */
  private static final AlarmWrite.Rules RULES =
      new AlarmWrite.Rules(Severity.ERROR, true, false, Duration.ZERO, null, null);

  private final PostgresFixture postgres = new PostgresFixture();
  private final ResourceRow root = postgres.root(published());

  @AfterEach
  void close() {
    postgres.close();
  }

  private ListName published() {
    ListName list = postgres.list();
    postgres.get(
        postgres
            .store()
            .publish(
                List.of(
                    new TypeDefinition(
                        list.type(),
                        list.version(),
                        "default",
                        Priority.NORMAL,
                        "first",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        List.of(declared("disk", false), declared("down", true)),
                        "",
                        null)),
                "build-1"));
    return list;
  }

  private static TypeDefinition.AlarmDefinition declared(String name, boolean judged) {
    return new TypeDefinition.AlarmDefinition(
        name, "error", judged, 0, null, null, 0, 0, null, List.of());
  }

  private UUID raised(String name) {
    UUID alarm = postgres.uuid();
    postgres.done(
        root.key(), d -> d.alarm(AlarmWrite.raise(root.key(), name, alarm, "it is full", RULES)));
    return alarm;
  }

  private void snoozed(UUID alarm) {
    AlarmCommand snooze = new AlarmCommand.Snooze(postgres.now().plusSeconds(60));
    postgres.get(
        postgres.store().alarm(alarm, OptionalLong.empty(), snooze, "", postgres.operator()));
  }

  private void afterwards(Duration time) {
    postgres.later(root.uuid(), time);
    postgres.get(postgres.store().moveAlarms(postgres.tick(), 100));
  }

  @Test
  void whatWasSnoozedIsOpenAgainInItsTime() {
    UUID disk = raised("disk");
    UUID down = raised("down");
    snoozed(disk);
    snoozed(down);
    afterwards(Duration.ofSeconds(61));
    assertThat(postgres.alarmPath(new SubjectKey(root.uuid(), disk)))
        .containsExactly("open", "snoozed", "open");
    assertThat(postgres.alarmPath(new SubjectKey(root.uuid(), down)))
        .as("this one is to be judged")
        .containsExactly("open", "snoozed");
  }

  @Test
  void whatWasClearedAgainAndAgainClosesOnceItHasStayedClear() {
    UUID disk = raised("disk");
    postgres.execute(
        "update alarms set clear_at = now() + interval '30 s', due_at = now() + interval '30 s'");
    afterwards(Duration.ofSeconds(31));
    assertThat(postgres.alarmPath(new SubjectKey(root.uuid(), disk)))
        .containsExactly("open", "closed");
  }
}
