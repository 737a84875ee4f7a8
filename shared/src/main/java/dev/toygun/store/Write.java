package dev.toygun.store;

import dev.toygun.End;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The new values of a subject's row. The store itself sets {@code version + 1}, {@code updated_at},
 * the bucket, {@code ended_at} when {@code active} is false; and leaves {@code due_at} and {@code
 * wakes} as they are when a wake came in meanwhile, so that the row is ticked again.
 *
 * @param attrs the fields, as decorated JSON; null where they stay as they are
 * @param end of a task: how it ended or will end; null otherwise
 * @param resource what only a resource has; null for a task
 * @param admission of a task: what it waits for from now on before it begins; null where nothing of
 *     that changes
 */
public record Write(
    String state,
    long step,
    long entered,
    int tries,
    @Nullable String resume,
    @Nullable String attrs,
    int schemaVersion,
    @Nullable Instant dueAt,
    @Nullable Integer everyS,
    @Nullable Instant deadlineAt,
    @Nullable Instant runDeadlineAt,
    boolean waits,
    boolean active,
    @Nullable UUID error,
    @Nullable End end,
    @Nullable OfResource resource,
    @Nullable Admission admission) {

  /** What only a resource has. */
  public record OfResource(ResourceRow.Deleting deleting, Observed observed) {}
}
