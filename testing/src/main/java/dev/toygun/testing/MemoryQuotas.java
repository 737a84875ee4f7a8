package dev.toygun.testing;

import dev.toygun.store.Quotas;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.QuotaDefinition;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Quotas, of a {@link MemoryStore}. */
public final class MemoryQuotas implements Quotas {
  private final MemoryAnswers answers;
  private final MemoryTypes types;
  private final MemoryRows rows;
  private final MemoryUsages usages;
  private final Map<UUID, Heavy> heavy = new TreeMap<>();
  private final MemorySystemAlarms alarms = new MemorySystemAlarms();

  MemoryQuotas(MemoryAnswers answers, MemoryTypes types, MemoryRows rows, MemoryUsages usages) {
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
                Comparator.comparingDouble((Heavy one) -> -one.used() / one.line().used())
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
      if (heavy.put(one.resource(), one) == null) {
        alarms.open(one.alarmName(), Heavy.SEVERITY, one.alarmMessage(), now);
      }
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
