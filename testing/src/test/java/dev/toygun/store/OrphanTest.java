package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.AlarmType;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A task whose resource somebody's hand has taken out of the tables, which refuse that no more. */
class OrphanTest {
  private static final SubjectKey ORPHAN = new SubjectKey(new UUID(5, 5), new UUID(5, 6));

  @Test
  void itKeepsNobodyFromBeingToldAsStuck() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      ResourceRow root = postgres.root();
      SubjectKey task = postgres.running(root, "copy", false);
      postgres.execute(
          """
          insert into tasks (resource_uuid, uuid, name, run, type, schema_version, started_by, cause)
          values ('%s', '%s', 'copy', 1, 'gone', 1, 'me', 'api')
          """
              .formatted(ORPHAN.resource(), ORPHAN.uuid()));
      int told =
          postgres.get(
              postgres
                  .store()
                  .stuck(
                      List.of(
                          stuck(postgres, ORPHAN, 1),
                          stuck(postgres, task, postgres.machine(task).version())),
                      postgres.tick()));
      assertThat(told).isOne();
      assertThat(postgres.history().openAlarms(task)).containsExactly(AlarmType.STUCK);
    }
  }

  private static Due.Stuck stuck(PostgresFixture postgres, SubjectKey machine, long version) {
    return new Due.Stuck(machine, version, postgres.uuid(), "is due");
  }
}
