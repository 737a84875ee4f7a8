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

/**
 * What runs that have not begun wait for, in words.
 *
 * @param asking those that wait for approval
 * @param turns of those that wait for their turn: read only where one does
 */
record TurnShow(List<UUID> asking, List<Turn> turns) {

  /** Of these runs of a resource. */
  static Future<TurnShow> of(Views views, UUID resource, Collection<TaskRow> runs) {
    List<UUID> asking =
        runs.stream().filter(TaskRow::waitsForApproval).map(run -> run.key().uuid()).toList();
    return runs.stream().anyMatch(TaskRow::waitsForItsTurn)
        ? views.turns(resource).map(turns -> new TurnShow(asking, turns))
        : Future.succeededFuture(new TurnShow(asking, List.of()));
  }

  /** What this run waits for; null where it does not, or began just now. */
  @Nullable String of(UUID run) {
    if (asking.contains(run)) {
      return "it waits for somebody to approve it";
    }
    return turns.stream()
        .filter(turn -> turn.run().equals(run))
        .findFirst()
        .map(TurnShow::words)
        .orElse(null);
  }

  /* How many of them run is of tasks that the caller may not see; that all places are taken is not. */
  private static List<String> words(Turn.Shared limit) {
    List<String> why = new ArrayList<>();
    if (limit.concurrency() != null && limit.running() >= limit.concurrency()) {
      why.add(
          "all %d places of '%s', which it shares, are taken"
              .formatted(limit.concurrency(), limit.name()));
    }
    if (limit.nextAt() != null) {
      why.add(
          "%d that share '%s' began within %d s, the next may at %s"
              .formatted(limit.begun(), limit.name(), limit.per(), limit.nextAt()));
    }
    return why;
  }

  private static String words(Turn turn) {
    List<String> why = new ArrayList<>();
    if (turn.brake() != null) {
      why.add(
          "its brake holds, since %d of %d want it and %d %% may"
              .formatted(turn.brake().wanted(), turn.brake().peers(), turn.brake().percent()));
    }
    if (turn.concurrency() != null && turn.running() >= turn.concurrency()) {
      why.add("%d of %d run".formatted(turn.running(), turn.concurrency()));
    }
    if (turn.nextAt() != null) {
      why.add(
          "%d began within %d s, the next may at %s"
              .formatted(turn.begun(), turn.per(), turn.nextAt()));
    }
    if (turn.shared() != null) {
      why.addAll(words(turn.shared()));
    }
    if (turn.ahead() > 0) {
      why.add("%d waited before it".formatted(turn.ahead()));
    }
    return why.isEmpty()
        ? "it waits for its turn, which comes at once"
        : "it waits for its turn: " + String.join("; ", why);
  }
}
