package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.queue.Leases;
import dev.toygun.queue.Ticket;
import dev.toygun.store.SubjectKey;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A task that is due all the time is handed back every hundred ticks, so that others have a turn.
 * Where another worker takes its ticket before its lease is let go, the lease is kept for it; and
 * who kept it once counted on as too long at it: it handed back what it was just asked for, for
 * ever.
 */
class LongErrandTest extends WorkerRig {
  private static final TaskName WALK = TaskName.of("walk");
  private static final int FAR = 1_050;
  private static final int ENOUGH = 300;

  enum State {
    KEPT
  }

  enum Foot {
    LEFT,
    RIGHT
  }

  private int steps;
  private int handedBack;

  private Next<Foot> on(Tick<Foot> t, Foot foot) {
    return ++steps < FAR ? t.go(foot) : t.finish();
  }

  private ResourceType<State> type() {
    return ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay().ensure(WALK)).rests())
        .tasks(
            TaskType.of(
                WALK,
                state(Foot.LEFT).decide(t -> on(t, Foot.RIGHT)).to(Foot.RIGHT).finishes(),
                state(Foot.RIGHT).decide(t -> on(t, Foot.LEFT)).to(Foot.LEFT).finishes()));
  }

  /** Leases, where another worker always has the ticket before the lease is let go. */
  private final class Contended extends OwnLeases {
    @Override
    public Future<Map<UUID, Set<SubjectKey>>> release(String owner, Set<UUID> released) {
      if (handedBack < ENOUGH) {
        for (Ticket ticket : queue.pop(List.of(LIST), 16).result()) {
          handedBack++;
          leases.take(
              "other",
              Map.of(
                  ticket.subjects().get(0).resource(),
                  new Leases.Want(new HashSet<>(ticket.subjects()), false)));
        }
      }
      return super.release(owner, released);
    }
  }

  @Test
  void itGoesOnThoughAnotherWorkerHasEachOfItsTickets() {
    work(type(), new Rows(), new Contended());
    time.advance(ofSeconds(20));
    assertThat(handedBack).as("once every hundred ticks").isBetween(5, 30);
    assertThat(steps).isGreaterThanOrEqualTo(FAR);
  }
}
