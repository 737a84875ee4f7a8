package dev.toygun.testing;

import dev.toygun.Priority;
import dev.toygun.store.Due.DueRow;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.Due.Pass;
import dev.toygun.store.Due.Period;
import dev.toygun.store.Due.Relisted;
import dev.toygun.store.Due.Woken;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a clock asks of a {@link MemoryStore}. */
final class MemoryDue {
  private static final Comparator<DueRow> ORDER =
      Comparator.comparing(DueRow::dueAt)
          .thenComparing(row -> row.key().uuid(), SubjectKey.UUID_ORDER);

  private final MemoryRows rows;
  private final Map<String, Claim> passes = new HashMap<>();

  private record Claim(String owner, Instant until, Instant upto) {}

  MemoryDue(MemoryRows rows) {
    this.rows = rows;
  }

  Optional<Pass> claim(String pass, String owner, Duration time, Instant now) {
    Claim held = passes.get(pass);
    if (held != null && !held.owner().equals(owner) && !held.until().isBefore(now)) {
      return Optional.empty();
    }
    Instant upto = held == null ? now : held.upto();
    passes.put(pass, new Claim(owner, now.plus(time), upto));
    return Optional.of(new Pass(now, upto));
  }

  /** Whether the pass is this clock's, so that it was moved on. */
  boolean advance(String pass, String owner, Instant upto) {
    Claim held = passes.get(pass);
    if (held == null || !held.owner().equals(owner)) {
      return false;
    }
    passes.put(pass, new Claim(owner, held.until(), upto));
    return true;
  }

  /** Moves a pass on, if it is as it was claimed; whoever else has claimed it so cannot. */
  boolean fence(String pass, String owner, Instant upto, Instant now) {
    Claim held = passes.get(pass);
    if (held == null || !held.owner().equals(owner) || !held.upto().equals(upto)) {
      return false;
    }
    return advance(pass, owner, now.isAfter(upto) ? now : upto.plusNanos(1_000));
  }

  List<ListName> lists() {
    return rows.active()
        .filter(e -> e.getKey().isResource() || e.getValue().dueAt() != null)
        .map(e -> e.getValue().list())
        .distinct()
        .toList();
  }

  List<DueRow> due(Kind kind, ListName list, @Nullable DueRow after, Duration ahead, Instant now) {
    return of(kind)
        .filter(
            e ->
                e.getValue().list().equals(list) && MemoryRows.isDue(e.getValue(), now.plus(ahead)))
        .map(e -> row(e.getKey(), Objects.requireNonNull(e.getValue().dueAt()), now))
        .filter(row -> after == null || ORDER.compare(row, after) > 0)
        .sorted(ORDER)
        .toList();
  }

  private static DueRow row(SubjectKey key, Instant dueAt, Instant now) {
    return new DueRow(key, dueAt, dueAt.isAfter(now));
  }

  List<Period> periods(Kind kind) {
    return of(kind)
        .map(Map.Entry::getValue)
        .filter(row -> row.everyS() != null)
        .map(row -> new Period(row.list(), Objects.requireNonNull(row.everyS())))
        .distinct()
        .toList();
  }

  List<SubjectKey> polled(
      Kind kind, Period period, int first, int last, @Nullable SubjectKey after, int limit) {
    Comparator<SubjectKey> order =
        Comparator.<SubjectKey>comparingInt(key -> MachineRows.bucket(key, period.everyS()))
            .thenComparing(SubjectKey::uuid, SubjectKey.UUID_ORDER);
    return of(kind)
        .filter(e -> e.getValue().list().equals(period.list()))
        .filter(e -> Objects.equals(e.getValue().everyS(), period.everyS()))
        .map(Map.Entry::getKey)
        .filter(
            key -> {
              int bucket = MachineRows.bucket(key, period.everyS());
              return bucket >= first && bucket <= last;
            })
        .filter(key -> after == null || order.compare(key, after) > 0)
        .sorted(order)
        .limit(limit)
        .toList();
  }

  Woken wakeResting(ListName list, UUID after, int look, Instant now) {
    List<Map.Entry<SubjectKey, MachineRow>> seen =
        of(Kind.RESOURCE)
            .filter(e -> e.getValue().list().equals(list))
            .filter(e -> SubjectKey.UUID_ORDER.compare(e.getKey().uuid(), after) > 0)
            .sorted(Comparator.comparing(e -> e.getKey().uuid(), SubjectKey.UUID_ORDER))
            .limit(look)
            .toList();
    List<SubjectKey> resting =
        seen.stream().filter(e -> e.getValue().dueAt() == null).map(Map.Entry::getKey).toList();
    resting.forEach(key -> rows.change(key, row -> MachineRows.woken(row, now)));
    return new Woken(
        resting.stream().map(SubjectKey::uuid).toList(),
        seen.isEmpty() ? after : seen.get(seen.size() - 1).getKey().uuid(),
        seen.size() < look);
  }

  Relisted relist(
      ListName from,
      ListName to,
      UUID after,
      int look,
      Predicate<ListName> held,
      Predicate<UUID> sinks) {
    boolean rises = to.queue().equals(from.queue()) && to.priority() <= from.priority();
    Predicate<ListName> stays = list -> held.test(list) || held.test(to);
    List<UUID> seen =
        of(Kind.RESOURCE)
            .filter(e -> e.getValue().list().equals(from))
            .map(e -> e.getKey().uuid())
            .filter(uuid -> SubjectKey.UUID_ORDER.compare(uuid, after) > 0)
            .sorted(SubjectKey.UUID_ORDER)
            .limit(look)
            .toList();
    List<SubjectKey> moved =
        rows.active()
            .filter(e -> seen.contains(e.getKey().resource()))
            .filter(e -> !rises || !sinks.test(e.getKey().resource()))
            .filter(e -> !stays.test(from) && !stays.test(e.getValue().list()))
            .map(Map.Entry::getKey)
            .toList();
    List<SubjectKey> left =
        of(Kind.TASK)
            .filter(e -> e.getValue().list().equals(from) && !isIn(from, e.getKey().resource()))
            .filter(e -> e.getValue().dueAt() != null || e.getValue().everyS() != null)
            .filter(e -> !stays.test(from))
            .map(Map.Entry::getKey)
            .limit(seen.size() < look ? look : 0)
            .toList();
    for (SubjectKey key : moved) {
      boolean low = sinks.test(key.resource()) && from.priority() > to.priority();
      ListName home = low ? to.priority(Priority.ofStored(from.priority())) : to;
      rows.change(key, row -> MachineRows.in(row, home));
    }
    left.forEach(key -> rows.change(key, row -> MachineRows.in(row, to)));
    return new Relisted(
        (long) moved.size() + left.size(),
        seen.isEmpty() ? after : seen.get(seen.size() - 1),
        seen.size() < look && left.size() < look);
  }

  private boolean isIn(ListName list, UUID resource) {
    return rows.machine(SubjectKey.ofResource(resource))
        .filter(row -> row.list().equals(list))
        .isPresent();
  }

  private Stream<Map.Entry<SubjectKey, MachineRow>> of(Kind kind) {
    return rows.active().filter(e -> e.getKey().isResource() == (kind == Kind.RESOURCE));
  }
}
