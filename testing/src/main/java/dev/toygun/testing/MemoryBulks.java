package dev.toygun.testing;

import dev.toygun.BuiltIn;
import dev.toygun.codec.Decorated;
import dev.toygun.store.Bulk;
import dev.toygun.store.Bulk.Item;
import dev.toygun.store.Bulk.Result;
import dev.toygun.store.BulkBook;
import dev.toygun.store.BulkItems;
import dev.toygun.store.BulkOrder;
import dev.toygun.store.BulkWatch;
import dev.toygun.store.Bulks;
import dev.toygun.store.By;
import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Place;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.Work.Sees;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bulk runs of a {@link MemoryStore}. */
final class MemoryBulks implements Bulks {
  private final MemoryStore store;
  private final MemoryRows rows;
  private final MemoryTypes types;
  private final MemoryHolds holds;
  private final Map<UUID, Bulk> bulks = new LinkedHashMap<>();
  private final Map<UUID, TreeMap<UUID, Item>> items = new HashMap<>();

  MemoryBulks(MemoryStore store, MemoryRows rows, MemoryTypes types, MemoryHolds holds) {
    this.store = store;
    this.rows = rows;
    this.types = types;
    this.holds = holds;
  }

  @Override
  public Future<Bulk> ask(Bulk bulk) {
    return store.later(
        () -> {
          items.putIfAbsent(bulk.uuid(), new TreeMap<>(SubjectKey.UUID_ORDER));
          bulks.putIfAbsent(bulk.uuid(), bulk);
          return bulks.get(bulk.uuid());
        });
  }

  @Override
  public Future<Preview> preview(BulkOrder order, int few) {
    return store.later(
        () -> {
          List<Found> found =
              rows.resources().stream()
                  .filter(row -> row.machine().active() && matches(order, row))
                  .sorted(Comparator.comparing(ResourceRow::uuid, SubjectKey.UUID_ORDER))
                  .map(row -> new Found(row.uuid(), row.label(), row.machine().state()))
                  .toList();
          return new Preview(found.size(), false, found.stream().limit(few).toList());
        });
  }

  @Override
  public Future<Bulk> command(UUID uuid, Bulk.Command command, By by) {
    return store.later(
        () -> {
          Bulk bulk = bulks.get(uuid);
          if (bulk == null) {
            throw Bulks.absent(uuid);
          }
          Bulk then = new BulkBook(bulk, store.instant()).command(command, by.actor(), by.reason());
          bulks.put(uuid, then);
          return then;
        });
  }

  @Override
  public Future<@Nullable Bulk> bulk(UUID uuid) {
    return store.laterMaybe(() -> bulks.get(uuid));
  }

  @Override
  public Future<List<Bulk>> bulks(
      @Nullable Collection<String> of, @Nullable UUID under, @Nullable UUID after, int limit) {
    return store.later(
        () ->
            bulks.values().stream()
                .filter(b -> of == null || of.contains(b.order().type()))
                .filter(b -> under == null || isBelow(b.order().filter().under(), under))
                .filter(b -> after == null || SubjectKey.UUID_ORDER.compare(b.uuid(), after) < 0)
                .sorted(Comparator.comparing(Bulk::uuid, SubjectKey.UUID_ORDER).reversed())
                .limit(limit)
                .toList());
  }

  @Override
  public Future<List<Seen>> items(
      UUID bulk, Bulk.@Nullable Result result, @Nullable UUID after, int limit) {
    return store.later(
        () ->
            of(bulk)
                .filter(i -> result == null || i.result() == result)
                .filter(
                    i -> after == null || SubjectKey.UUID_ORDER.compare(i.resource(), after) > 0)
                .limit(limit)
                .map(i -> new Seen(i, label(i.resource())))
                .toList());
  }

  private Stream<Item> of(UUID bulk) {
    return items.getOrDefault(bulk, new TreeMap<>()).values().stream();
  }

  private @Nullable String label(UUID resource) {
    ResourceRow row = rows.resource(resource);
    return row == null ? null : row.label();
  }

  @Override
  public Future<List<UUID>> due(int limit) {
    return store.later(
        () -> bulks.values().stream().filter(this::isDue).map(Bulk::uuid).limit(limit).toList());
  }

  private boolean isDue(Bulk bulk) {
    Instant due = bulk.course().dueAt();
    return due != null && !due.isAfter(store.instant());
  }

  @Override
  public Future<Step> step(UUID uuid, int page, Supplier<UUID> uuids, Stamp clock) {
    return store.later(
        () -> {
          Bulk bulk = bulks.get(uuid);
          if (bulk == null || !isDue(bulk)) {
            return Step.NOTHING;
          }
          return bulk.state() == Bulk.State.GATHERING
              ? gather(bulk)
              : carryOut(bulk, page, uuids, clock);
        });
  }

  private Step gather(Bulk bulk) {
    List<ResourceRow> found =
        rows.resources().stream()
            .filter(row -> row.machine().active() && matches(bulk.order(), row))
            .filter(row -> !row.machine().createdAt().isAfter(bulk.createdAt()))
            .toList();
    TreeMap<UUID, Item> all = Objects.requireNonNull(items.get(bulk.uuid()));
    found.forEach(row -> all.put(row.uuid(), Item.waiting(row.uuid())));
    Bulk then = new BulkBook(bulk, store.instant()).gathered(found.size(), null, null, false);
    bulks.put(bulk.uuid(), then);
    return new Step(!then.state().isOver(), Map.of(), List.of(), List.of());
  }

  private Step carryOut(Bulk bulk, int page, Supplier<UUID> uuids, Stamp clock) {
    Instant now = store.instant();
    BulkBook book = new BulkBook(bulk, now);
    BulkWatch watch = new BulkWatch(bulk.order().going().watch(), now);
    List<Item> before = new ArrayList<>();
    List<Item> then = new ArrayList<>();
    of(bulk.uuid())
        .filter(i -> i.dueAt() != null && !i.dueAt().isAfter(now))
        .limit(page)
        .forEach(
            i -> {
              before.add(i);
              then.add(watch.seen(i, standing(i)));
            });
    boolean full = before.size() == page;
    int takes = book.takes(before, then, page);
    List<Item> next =
        of(bulk.uuid())
            .filter(i -> i.result() == Result.WAITING)
            .limit(BulkBook.reads(takes, page))
            .toList();
    int taken = 0;
    List<Committed.Woken> due = new ArrayList<>();
    List<SubjectKey> ends = new ArrayList<>();
    BulkItems each = new BulkItems(bulk, versions(bulk), uuids, clock, now);
    for (Item item : next) {
      Item is = taken == takes ? null : done(bulk.order(), each, item, due, ends);
      if (is != null) {
        before.add(item);
        then.add(is);
        taken += is.isTaken() ? 1 : 0;
      }
    }
    Map<Result, Integer> results = new EnumMap<>(Result.class);
    TreeMap<UUID, Item> all = Objects.requireNonNull(items.get(bulk.uuid()));
    for (int i = 0; i < then.size(); i++) {
      all.put(then.get(i).resource(), then.get(i));
      if (before.get(i).result() != then.get(i).result()) {
        results.merge(then.get(i).result(), 1, Integer::sum);
      }
    }
    Bulk after = book.after(before, then, full, next.size());
    bulks.put(bulk.uuid(), after);
    return new Step(isDue(after), results, due, ends);
  }

  /** The item as it is then; null where others came between. */
  private @Nullable Item done(
      BulkOrder order,
      BulkItems each,
      Item item,
      List<Committed.Woken> due,
      List<SubjectKey> ends) {
    Family family = rows.family(item.resource(), Sees.ITSELF);
    boolean matches = family != null && matches(order, family.resource());
    BulkItems.Judged judged = each.judge(item, family, holds.abandoning(item.resource()), matches);
    if (judged.outcome() == null) {
      return judged.item();
    }
    Committed answer = store.commit(judged.outcome());
    if (answer instanceof Committed.Refused refused) {
      return each.refused(item, refused.code(), refused.message());
    }
    if (!(answer instanceof Committed.Done done)) {
      return null;
    }
    due.addAll(judged.due(done));
    if (judged.ends()) {
      ends.add(judged.outcome().subject());
    }
    return judged.item();
  }

  private BulkWatch.@Nullable Standing standing(Item item) {
    UUID subject = Objects.requireNonNull(item.subject());
    TaskRow run = rows.task(subject);
    ResourceRow resource = rows.resource(subject);
    MachineRow row = run != null ? run.machine() : resource != null ? resource.machine() : null;
    return row == null
        ? null
        : new BulkWatch.Standing(row.state(), row.active(), run == null ? null : run.outcome());
  }

  private Map<Integer, TypeDefinition> versions(Bulk bulk) {
    Map<Integer, TypeDefinition> versions = new HashMap<>();
    types.all().stream()
        .filter(type -> type.name().equals(bulk.order().type()))
        .forEach(type -> versions.put(type.version(), type));
    return versions;
  }

  private boolean isBelow(@Nullable UUID resource, UUID root) {
    ResourceRow row = resource == null ? null : rows.resource(resource);
    return row != null && Place.of(row).isWithin(root);
  }

  /** What the statements of the other store ask. */
  private boolean matches(BulkOrder order, ResourceRow row) {
    BulkOrder.Filter filter = order.filter();
    return row.type().equals(order.type())
        && (filter.label() == null || filter.label().equals(row.label()))
        && (filter.states() == null || filter.states().contains(row.machine().state()))
        && (filter.parent() == null || filter.parent().equals(row.parent()))
        && (filter.under() == null || Place.of(row).isWithin(filter.under()))
        && (filter.availability() == null || filter.availability() == row.observed().availability())
        && hasFields(filter.fields(), row.machine().attrs())
        && hasSubject(order, row);
  }

  private boolean hasSubject(BulkOrder order, ResourceRow row) {
    String task = order.task();
    return switch (order.action()) {
      case START, DELETE, SET -> true;
      case RETRY ->
          task == null
              ? stands(row.machine())
              : rows.activeTasks(row.uuid())
                  .anyMatch(t -> t.name().equals(task) && stands(t.machine()));
      case STOP, ABORT, SIGNAL ->
          task == null || rows.activeTasks(row.uuid()).anyMatch(t -> t.name().equals(task));
    };
  }

  private static boolean stands(MachineRow row) {
    return row.state().equals(BuiltIn.PANIC) || row.state().equals(BuiltIn.TIMEOUT);
  }

  private static boolean hasFields(String fields, String attrs) {
    Map<String, @Nullable Object> stored = Decorated.parseFields(attrs);
    for (Object one : (List<?>) Objects.requireNonNull(Decorated.parse(fields))) {
      Map<?, ?> asked = (Map<?, ?>) one;
      Object is = asked.get("unset");
      for (Object name : (List<?>) Objects.requireNonNull(asked.get("names"))) {
        if (stored.containsKey(String.valueOf(name))) {
          is = stored.get(String.valueOf(name));
          break;
        }
      }
      if (!Objects.equals(is, asked.get("is"))) {
        return false;
      }
    }
    return true;
  }
}
