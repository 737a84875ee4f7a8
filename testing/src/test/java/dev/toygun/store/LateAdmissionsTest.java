package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.service.Audit;
import dev.toygun.service.Lookout;
import dev.toygun.testing.VirtualTime;
import dev.toygun.testing.contract.AdmissionContract;
import dev.toygun.testing.contract.StoreHistory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who hears that nobody is let in. */
class LateAdmissionsTest {
  @Test
  void whereNoClockLooksWhoseTurnItIsThatIsAnAlarm() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Contract contract = new Contract(postgres);
      ListName list = contract.limited(1, null);
      contract.waiting(list);
      contract.waiting(list);
      contract.letIn(list);
      assertThat(alarms(postgres)).as("a clock has just looked").isEmpty();
      postgres.execute(
          "update passes set upto = now() - interval '2 min' where name = 'admissions'");
      assertThat(alarms(postgres)).as("it has not waited for so long").isEmpty();
      postgres.execute(
          "update tasks set admission_at = now() - interval '5 min' where admission = 'waits'");
      assertThat(alarms(postgres)).containsExactly("admissions");
      assertThat(postgres.rows("select from alarms where message like '%for 12_ s no clock%'"))
          .hasSize(1);
    }
  }

  private static Set<String> alarms(PostgresFixture postgres) {
    VirtualTime time = new VirtualTime(1);
    SystemWatch system = new SystemWatch(postgres.store().database());
    Audit audit =
        new Audit(
            "me",
            postgres.store(),
            new Liveness(postgres.store().database()),
            system,
            new InProcessLeases(time));
    InProcessQueue queue = new InProcessQueue(time, new SimpleMeterRegistry());
    Lookout lookout = new Lookout(time, system, queue, audit);
    time.runUntil(() -> false, Duration.ofMinutes(1));
    postgres.get(postgres.store().claim("due", "clock-1", Duration.ofSeconds(3)).map(true));
    postgres.get(postgres.store().advance("due", "clock-1", postgres.now()).map(true));
    postgres.get(lookout.look().map(true));
    return postgres.get(system.active());
  }

  /** The rows of {@link AdmissionContract}, on this database. */
  private record Contract(PostgresFixture postgres) implements AdmissionContract {
    @Override
    public Store store() {
      return postgres.store();
    }

    @Override
    public StoreHistory history() {
      return postgres;
    }

    @Override
    public <T> T get(Future<T> future) {
      return postgres.get(future);
    }
  }
}
