package dev.toygun.worker;

import dev.toygun.Availability;
import dev.toygun.Failure;
import dev.toygun.Field;
import dev.toygun.Ref;
import dev.toygun.ResourceView;
import dev.toygun.Snapshot;
import dev.toygun.TaskName;
import dev.toygun.TaskView;
import dev.toygun.store.ResourceRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a subject's code sees: its family's rows, through the types that define them. */
final class Seen implements Snapshot {
  private final Subject subject;
  private final StoredFields stored;
  private final Map<UUID, ResourceRow> referred;

  Seen(Subject subject, StoredFields stored, Map<UUID, ResourceRow> referred) {
    this.subject = subject;
    this.stored = stored.seenBy(subject);
    this.referred = referred;
  }

  @Override
  public <T> Optional<T> find(Field<T> field) {
    boolean own = subject.task() != null && subject.task().fields().contains(field);
    return (own ? subject.own() : subject.fields()).findOrInitial(field);
  }

  @Override
  public Optional<TaskView> taskView(TaskName name) {
    return subject
        .family()
        .task(name.value())
        .map(row -> new SeenTask(row, subject.type(), stored, subject.family().errors()));
  }

  @Override
  public List<ResourceView> children(String type) {
    if (!subject.type().seesChildren().contains(type)) {
      throw new IllegalArgumentException(
          "%s does not declare that it sees children of type '%s': add .children(\"%s\")"
              .formatted(subject.type().name(), type, type));
    }
    return subject.family().children().stream()
        .filter(child -> child.type().equals(type))
        .<ResourceView>map(child -> new SeenResource(child, stored))
        .toList();
  }

  @Override
  public Optional<ResourceView> parent() {
    ResourceRow parent = subject.family().parent();
    return parent == null || !subject.type().seesParent()
        ? Optional.empty()
        : Optional.of(new SeenResource(parent, stored));
  }

  @Override
  public Optional<ResourceView> resource(Ref ref) {
    return Optional.ofNullable(referred.get(ref.uuid()))
        .filter(row -> row.type().equals(ref.type()))
        .map(row -> new SeenResource(row, stored));
  }

  @Override
  public Availability availability() {
    return subject.family().resource().availability();
  }

  @Override
  public Optional<Failure> error() {
    return SeenTask.failure(subject.row().error(), stored, subject.family().errors());
  }

  @Override
  public Instant now() {
    return subject.now();
  }
}
