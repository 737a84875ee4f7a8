package dev.toygun.clock;

import dev.toygun.store.Due;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.ListName;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Since when the oldest row of one list has been due that nobody ticks: one that is being ticked
 * stays due until its code has answered, which may take hours.
 */
final class OldestDue {
  /** From then on it is asked whether it is being ticked. */
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final int MOST = 100;

  private final Kind kind;
  private final ListName list;
  private final DueScan.Parts parts;
  private Optional<Instant> dueAt = Optional.empty();

  OldestDue(Kind kind, ListName list, DueScan.Parts parts) {
    this.kind = kind;
    this.list = list;
    this.parts = parts;
  }

  /** As the last look has found it. */
  Optional<Instant> dueAt() {
    return dueAt;
  }

  /** Looks for it. */
  Future<Void> look(Instant now) {
    return rows(1)
        .compose(
            rows ->
                rows.isEmpty() || rows.get(0).dueAt().plus(LONG).isAfter(now)
                    ? Future.succeededFuture(rows)
                    : rows(MOST).compose(this::idle))
        .map(
            rows -> {
              dueAt = rows.stream().findFirst().map(Due.DueRow::dueAt);
              return null;
            });
  }

  private Future<List<Due.DueRow>> rows(int most) {
    return parts.store().due(kind, list, null, Duration.ZERO, most);
  }

  private Future<List<Due.DueRow>> idle(List<Due.DueRow> rows) {
    Set<UUID> asked = new HashSet<>();
    rows.forEach(row -> asked.addAll(List.of(row.key().uuid(), row.key().resource())));
    return parts
        .leases()
        .held(asked)
        .map(
            held ->
                rows.stream()
                    .filter(row -> !held.contains(row.key().uuid()))
                    .filter(row -> !held.contains(row.key().resource()))
                    .toList());
  }
}
