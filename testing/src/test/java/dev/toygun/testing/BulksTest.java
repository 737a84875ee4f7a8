package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Values;
import dev.toygun.store.Bulk;
import dev.toygun.store.Bulk.Result;
import dev.toygun.store.BulkOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bulk runs, with clocks and workers. */
class BulksTest {
  private static final TaskName CHECK = TaskName.of("check");

  enum Here {
    UP
  }

  enum Work {
    DO
  }

  private static ResourceType<Here> host(TaskType<Work> task) {
    return ResourceType.of("host", state(Here.UP).decide(t -> t.stay()).rests()).tasks(task);
  }

  private static TaskType<Work> quick() {
    return TaskType.of(CHECK, state(Work.DO).decide(t -> t.finish()).finishes());
  }

  private static TaskType<Work> broken() {
    return TaskType.of(CHECK, state(Work.DO).decide(t -> t.panic("it is broken")).finishes());
  }

  /** Nine more of them. */
  private static List<Simulated> fleet(Simulation first, ResourceType<Here> type) {
    List<Simulated> all = new ArrayList<>(List.of(first));
    first.advance(ofSeconds(1));
    for (int i = 0; i < 9; i++) {
      all.add(first.create(type, "host" + i, Values.NONE));
    }
    first.advance(ofSeconds(10));
    return all;
  }

  private static UUID start(Simulation on, int rate, int canary) {
    UUID uuid = on.world.time.uuid();
    BulkOrder order =
        new BulkOrder(
            "host",
            1,
            new BulkOrder.Filter(List.of(), null, null, null, null, "[]", null),
            BulkOrder.Action.START,
            "check",
            null,
            "{}",
            new BulkOrder.Going(rate, ofMinutes(1), canary, ofSeconds(30), 1, null));
    Bulk asked = Bulk.asked(uuid, order, "key:test", "a test", null, on.world.time.now());
    on.world.await(on.store().bulks().ask(asked));
    return uuid;
  }

  private static Bulk bulk(Simulation on, UUID uuid) {
    return Objects.requireNonNull(on.world.await(on.store().bulks().bulk(uuid)));
  }

  @Test
  void whicheverClockDiesEachItemIsDoneOnce() {
    ResourceType<Here> type = host(quick());
    Simulation host = Simulation.of(type);
    List<Simulated> fleet = fleet(host, type);
    UUID bulk = start(host, 60, 2);
    for (int i = 0; i < 6; i++) {
      host.advance(Duration.ofMillis(2_300));
      host.world.stopClocks();
      host.world.startClock();
      host.world.startClock();
    }
    host.advance(ofMinutes(1));
    assertThat(bulk(host, bulk).state()).isEqualTo(Bulk.State.DONE);
    assertThat(bulk(host, bulk).count(Result.DONE)).isEqualTo(10);
    assertThat(fleet).allSatisfy(one -> assertThat(one.runs(CHECK)).isEqualTo(1));
    assertThat(host.liveness()).isEmpty();
  }

  @Test
  void whateverWorkersDieEachItemIsDoneOnce() {
    for (long seed = 1; seed <= 3; seed++) {
      ResourceType<Here> type = host(quick());
      Simulation host = Simulation.crashing(type, seed);
      List<Simulated> fleet = fleet(host, type);
      UUID bulk = start(host, 60, 0);
      host.advance(ofMinutes(3));
      assertThat(bulk(host, bulk).count(Result.DONE)).as("%s", host).isEqualTo(10);
      assertThat(fleet).allSatisfy(one -> assertThat(one.runs(CHECK)).isEqualTo(1));
    }
  }

  @Test
  void noMoreAreBegunThanItsRate() {
    ResourceType<Here> type = host(quick());
    Simulation host = Simulation.of(type);
    fleet(host, type);
    UUID bulk = start(host, 6, 0);
    host.advance(ofSeconds(35));
    assertThat(bulk(host, bulk).count(Result.WAITING)).isBetween(5L, 7L);
    host.advance(ofMinutes(2));
    assertThat(bulk(host, bulk).state()).isEqualTo(Bulk.State.DONE);
  }

  @Test
  void aCanaryThatPanicsHaltsIt() {
    ResourceType<Here> type = host(broken());
    Simulation host = Simulation.of(type);
    List<Simulated> fleet = fleet(host, type);
    UUID bulk = start(host, 600, 2);
    host.advance(ofMinutes(5));
    assertThat(bulk(host, bulk).state()).isEqualTo(Bulk.State.HALTED);
    assertThat(bulk(host, bulk).count(Result.WAITING)).isEqualTo(8);
    assertThat(fleet.stream().mapToLong(one -> one.runs(CHECK)).sum()).isEqualTo(2);
  }
}
