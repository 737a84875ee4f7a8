package dev.toygun.testing;

import dev.toygun.Priority;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Quotas;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.QuotaDefinition;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Quotas, of a {@link MemoryStore}. */
public final class MemoryQuotas implements Quotas {
  private static final int LOW = Priority.LOW.stored();

  private final MemoryAnswers answers;
  private final MemoryTypes types;
  private final MemoryRows rows;
  private final MemoryUsages usages;
  private final Map<UUID, Heavy> heavy = new TreeMap<>();
  private final Predicate<ListName> isQueueHeld;
  private final MemorySystemAlarms alarms = new MemorySystemAlarms();

  MemoryQuotas(
      MemoryAnswers answers,
      MemoryTypes types,
      MemoryRows rows,
      MemoryUsages usages,
      Predicate<ListName> isQueueHeld) {
    this.isQueueHeld = isQueueHeld;
    this.answers = answers;
    this.types = types;
    this.rows = rows;
    this.usages = usages;
  }

  /** The alarms that told who was heavy. */
  public MemorySystemAlarms alarms() {
    return alarms;
  }

  @Override
  public Future<List<Line>> declared() {
    return answers.later(
        () -> {
          List<Line> lines = new ArrayList<>();
          types.all().stream()
              .map(TypeDefinition::name)
              .distinct()
              .sorted()
              .flatMap(name -> types.newest(name).stream())
              .forEach(
                  type -> {
                    QuotaDefinition quota = type.quota();
                    if (quota != null) {
                      lines.add(new Line(type.name(), quota.used(), quota.per()));
                    }
                  });
          return lines;
        });
  }

  @Override
  public Future<List<Heavy>> judge(List<Line> lines, Supplier<UUID> uuids) {
    return answers.later(() -> judge(lines, answers.instant()));
  }

  boolean isHeavy(UUID resource) {
    return heavy.containsKey(resource);
  }

  /** Whether a resource is heavy, or below one that is. */
  boolean sinks(UUID resource) {
    ResourceRow row = rows.resource(resource);
    return heavy.containsKey(resource)
        || (row != null && row.path().stream().anyMatch(heavy::containsKey));
  }

  @Override
  public Future<List<Sinking>> sinking(int most) {
    return answers.later(
        () -> {
          Instant after = answers.instant().minus(LATELY);
          return rows.resources().stream()
              .filter(row -> row.machine().active() && sinks(row.uuid()))
              .filter(row -> rowsOf(row.uuid()).anyMatch(e -> isAboveLow(e.getValue())))
              .filter(row -> usages.own(row.uuid(), after) >= LITTLE)
              .sorted(
                  Comparator.comparingDouble((ResourceRow row) -> -usages.own(row.uuid(), after))
                      .thenComparing(ResourceRow::uuid))
              .map(row -> new Sinking(row.uuid(), row.machine().list()))
              .limit(most)
              .toList();
        });
  }

  private static boolean isAboveLow(MachineRow row) {
    return row.active() && row.list().priority() < LOW;
  }

  @Override
  public Future<Long> sink(Collection<UUID> resources) {
    return answers.later(
        () -> {
          List<UUID> ours =
              resources.stream()
                  .filter(this::sinks)
                  .filter(
                      uuid ->
                          rows.machine(SubjectKey.ofResource(uuid))
                              .filter(row -> row.active() && !isQueueHeld.test(row.list()))
                              .isPresent())
                  .toList();
          List<SubjectKey> all =
              rows.active()
                  .filter(e -> ours.contains(e.getKey().resource()))
                  .filter(e -> mayGo(e.getValue()))
                  .map(Map.Entry::getKey)
                  .toList();
          all.forEach(key -> rows.change(key, MemoryQuotas::low));
          return (long) all.size();
        });
  }

  private Stream<Map.Entry<SubjectKey, MachineRow>> rowsOf(UUID resource) {
    return rows.active().filter(e -> e.getKey().resource().equals(resource));
  }

  private boolean mayGo(MachineRow row) {
    return isAboveLow(row) && !isQueueHeld.test(row.list());
  }

  private static MachineRow low(MachineRow row) {
    return MachineRows.in(row, row.list().priority(Priority.LOW));
  }

  private List<Heavy> judge(List<Line> lines, Instant now) {
    List<Heavy> found =
        rows.resources().stream()
            .filter(row -> row.machine().active())
            .flatMap(
                row ->
                    lines.stream()
                        .filter(l -> l.type().equals(row.type()))
                        .map(l -> of(row, l, now)))
            .filter(one -> one.used() > 0 && one.used() >= threshold(one))
            .sorted(
                Comparator.comparing((Heavy one) -> !isHeavy(one.resource()))
                    .thenComparing(one -> -one.used() / one.line().used())
                    .thenComparing(Heavy::resource))
            .limit(MOST)
            .toList();
    for (Heavy one : List.copyOf(heavy.values())) {
      if (found.stream().noneMatch(other -> other.resource().equals(one.resource()))) {
        heavy.remove(one.resource());
        alarms.close(one.alarmName(), now);
      }
    }
    for (Heavy one : found) {
      heavy.put(one.resource(), one);
      alarms.open(one.alarmName(), Heavy.SEVERITY, one.alarmMessage(), now);
    }
    return found;
  }

  private Heavy of(ResourceRow row, Line line, Instant now) {
    double used = usages.below(row.uuid(), now.minus(Duration.ofSeconds(line.per())));
    return new Heavy(line, row.uuid(), row.label(), used);
  }

  private double threshold(Heavy one) {
    return one.line().used() * (heavy.containsKey(one.resource()) ? RELIEVED : 1);
  }
}
