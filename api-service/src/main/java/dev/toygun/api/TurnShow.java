package dev.toygun.api;

import dev.toygun.store.TaskRow;
import dev.toygun.store.Turn;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What runs that wait for their turn wait for, in words: asked for only where one does. */
record TurnShow(List<Turn> all) {
  private static final TurnShow NONE = new TurnShow(List.of());

  /** Of these runs of a resource. */
  static Future<TurnShow> of(Views views, UUID resource, Collection<TaskRow> runs) {
    return runs.stream().anyMatch(TaskRow::waitsForItsTurn)
        ? views.turns(resource).map(TurnShow::new)
        : Future.succeededFuture(NONE);
  }

  /** What this run waits for; null where it does not, or began just now. */
  @Nullable String of(UUID run) {
    return all.stream()
        .filter(turn -> turn.run().equals(run))
        .findFirst()
        .map(TurnShow::words)
        .orElse(null);
  }

  private static String words(Turn turn) {
    List<String> why = new ArrayList<>();
    if (turn.concurrency() != null && turn.running() >= turn.concurrency()) {
      why.add("%d of %d run".formatted(turn.running(), turn.concurrency()));
    }
    if (turn.nextAt() != null) {
      why.add(
          "%d began within %d s, the next may at %s"
              .formatted(turn.begun(), turn.per(), turn.nextAt()));
    }
    if (turn.ahead() > 0) {
      why.add("%d waited before it".formatted(turn.ahead()));
    }
    return why.isEmpty()
        ? "it waits for its turn, which comes at once"
        : "it waits for its turn: " + String.join("; ", why);
  }
}
