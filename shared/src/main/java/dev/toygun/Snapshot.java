package dev.toygun;

import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A resource as it was when the tick began. Reading it never blocks and never fails half way. */
public interface Snapshot {
  /** The field's value, or its initial one. A task sees its own fields and its resource's. */
  <T> Optional<T> find(Field<T> field);

  /** The latest run of this task of the resource, or none. */
  Optional<TaskView> taskView(TaskName name);

  /** The active children of this type, which the resource's type must declare that it sees. */
  List<ResourceView> children(String type);

  /** The parent, if it has one and its type declares that it sees it. */
  Optional<ResourceView> parent();

  /** What a reference points to, or nothing where it dangles. */
  Optional<ResourceView> resource(Ref ref);

  Availability availability();

  /** The last error of the machine that is ticked. */
  Optional<Failure> error();

  /** The database's time when the tick began: the same for the whole tick. */
  Instant now();

  /** How the latest run of this task stands, or {@link TaskStatus#ABSENT}. */
  default TaskStatus task(TaskName name) {
    return taskView(name).map(TaskView::status).orElse(TaskStatus.ABSENT);
  }

  /**
   * The field's value, which must be there.
   *
   * @throws NoSuchElementException if it was never set and has no initial value
   */
  default <T> T get(Field<T> field) {
    return find(field)
        .orElseThrow(() -> new NoSuchElementException("field '" + field + "' is not set"));
  }
}
