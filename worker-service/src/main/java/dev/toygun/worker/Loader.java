package dev.toygun.worker;

import dev.toygun.Field;
import dev.toygun.FieldType;
import dev.toygun.Ref;
import dev.toygun.ResourceType;
import dev.toygun.TypeSet;
import dev.toygun.store.Family;
import dev.toygun.store.Loaded;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Work;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Loads resources in groups, each with what its type's code sees. */
final class Loader {
  private final Work store;
  private final TypeSet types;
  private final StoredFields stored;
  private final WorkerSettings settings;
  private final LongSupplier nanos;
  private final Runnable handled;
  private final Map<Work.Sees, Batches<UUID, Answer>> batches = new HashMap<>();

  /**
   * What was read.
   *
   * @param family null where there is no such resource
   * @param referred what the fields of the resource refer to
   * @param now the database's time of the reading
   */
  record Answer(@Nullable Family family, Map<UUID, ResourceRow> referred, Instant now) {}

  /**
   * Reads from this store.
   *
   * @param nanos the monotonic clock
   * @param handled is run whenever a group was read and handled: fewer may wait
   */
  Loader(
      Work store,
      TypeSet types,
      StoredFields stored,
      WorkerSettings settings,
      LongSupplier nanos,
      Runnable handled) {
    this.store = store;
    this.types = types;
    this.stored = stored;
    this.settings = settings;
    this.nanos = nanos;
    this.handled = handled;
  }

  /** How many wait to be read. */
  int waiting() {
    int waiting = 0;
    for (Batches<UUID, Answer> batch : batches.values()) {
      waiting += batch.waiting();
    }
    return waiting;
  }

  /** Reads a resource of this type with the next group. */
  Future<Answer> load(UUID resource, ResourceType<?> type) {
    Work.Sees sees = sees(type);
    return batch(sees)
        .ask(resource)
        .compose(
            answer ->
                answer.family() != null
                        && answer.family().resource().deleting() != ResourceRow.Deleting.NO
                        && !sees.children()
                    ? batch(sees.withChildren()).ask(resource)
                    : Future.succeededFuture(answer));
  }

  private static Work.Sees sees(ResourceType<?> type) {
    boolean handles =
        type.onPanic() != null || type.tasks().stream().anyMatch(task -> task.onPanic() != null);
    return new Work.Sees(
        !type.seesChildren().isEmpty(),
        type.seesParent(),
        !type.alarms().isEmpty(),
        handles,
        type.hasTriggers());
  }

  private Batches<UUID, Answer> batch(Work.Sees sees) {
    return batches.computeIfAbsent(
        sees,
        s ->
            new Batches<>(
                nanos,
                settings.group(),
                settings.groupsUnderWay(),
                uuids -> read(uuids, s),
                handled));
  }

  private Future<List<Answer>> read(List<UUID> uuids, Work.Sees sees) {
    Set<UUID> distinct = new HashSet<>(uuids);
    return store
        .load(distinct.stream().sorted(SubjectKey.UUID_ORDER).toList(), sees)
        .compose(
            loaded -> {
              Map<UUID, Family> families = new HashMap<>();
              Set<UUID> refs = new HashSet<>();
              for (Family family : loaded.families()) {
                families.put(family.resource().uuid(), family);
                refs.addAll(references(family.resource()));
              }
              return referred(refs).map(rows -> answers(uuids, families, rows, loaded));
            });
  }

  private Future<Map<UUID, ResourceRow>> referred(Set<UUID> refs) {
    if (refs.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return store
        .resources(refs)
        .map(
            rows -> {
              Map<UUID, ResourceRow> byUuid = new HashMap<>();
              rows.forEach(row -> byUuid.put(row.uuid(), row));
              return byUuid;
            });
  }

  private static List<Answer> answers(
      List<UUID> uuids,
      Map<UUID, Family> families,
      Map<UUID, ResourceRow> referred,
      Loaded loaded) {
    return uuids.stream()
        .map(uuid -> new Answer(families.get(uuid), referred, loaded.now()))
        .toList();
  }

  private Set<UUID> references(ResourceRow row) {
    Optional<ResourceType<?>> type = types.find(row.type());
    Set<UUID> refs = new HashSet<>();
    for (Field<?> field : type.map(ResourceType::fields).orElse(List.of())) {
      if (field.type().kind() == FieldType.Kind.REF && reference(row, field) instanceof Ref ref) {
        refs.add(ref.uuid());
      }
    }
    return refs;
  }

  /** A field that cannot be read is its own row's trouble, when that is ticked: not the group's. */
  private @Nullable Object reference(ResourceRow row, Field<?> field) {
    try {
      return stored.ofOther(row, field).orElse(null);
    } catch (RuntimeException unreadable) {
      return null;
    }
  }
}
