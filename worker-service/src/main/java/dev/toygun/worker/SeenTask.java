package dev.toygun.worker;

import dev.toygun.Failure;
import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.TaskStatus;
import dev.toygun.TaskView;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.TaskRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task's run as another machine of its resource sees it. */
record SeenTask(TaskRow row, ResourceType<?> type, StoredFields stored, List<ErrorRow> errors)
    implements TaskView {
  @Override
  public TaskStatus status() {
    return row.status();
  }

  @Override
  public <T> Optional<T> find(Field<T> field) {
    return type.task(row.name())
        .flatMap(task -> stored.ofTask(type, task, row).findOrInitial(field));
  }

  @Override
  public Optional<Failure> error() {
    return failure(row.machine().error(), stored, errors);
  }

  @Override
  public Optional<Instant> endedAt() {
    return Optional.ofNullable(row.machine().endedAt());
  }

  @Override
  public long run() {
    return row.run();
  }

  static Optional<Failure> failure(
      @Nullable UUID uuid, StoredFields stored, List<ErrorRow> errors) {
    return errors.stream()
        .filter(error -> error.uuid().equals(uuid))
        .findFirst()
        .map(
            error ->
                new Failure(
                    error.uuid(),
                    error.kind(),
                    error.message(),
                    stored.attributes(error.attrs()),
                    error.state(),
                    error.at()));
  }
}
