package dev.toygun.testing;

import dev.toygun.Failure;
import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.TaskStatus;
import dev.toygun.TaskView;
import dev.toygun.store.TaskRow;
import java.time.Instant;
import java.util.Optional;

/** A run of a task as it stands. */
record SimulatedTask(World world, ResourceType<?> type, TaskRow row) implements TaskView {
  @Override
  public TaskStatus status() {
    return row.status();
  }

  @Override
  public <T> Optional<T> find(Field<T> field) {
    return new Fields(world).ofTask(type, row, field);
  }

  @Override
  public Optional<Failure> error() {
    return new Fields(world).failure(row.machine().error());
  }

  @Override
  public Optional<Instant> endedAt() {
    return Optional.ofNullable(row.machine().endedAt());
  }

  @Override
  public long run() {
    return row.run();
  }
}
