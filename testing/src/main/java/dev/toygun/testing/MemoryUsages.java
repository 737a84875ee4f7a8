package dev.toygun.testing;

import dev.toygun.store.ListName;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Retention.Removed;
import dev.toygun.store.Usage;
import dev.toygun.store.Usage.Spent;
import dev.toygun.store.Usages;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What ticks have used, of a {@link MemoryStore}. */
public final class MemoryUsages implements Usages {
  private static final Comparator<Item> MOST_FIRST =
      Comparator.comparingDouble((Item item) -> -item.spent().used())
          .thenComparingDouble(item -> -item.spent().waited())
          .thenComparing(Item::type)
          .thenComparing(Item::task)
          .thenComparing(item -> String.valueOf(item.resource()));

  private final MemoryAnswers answers;
  private final MemoryRows rows;

  /* By the minute; there, with nothing spent, by whom. */
  private final TreeMap<Instant, Map<Usage, Spent>> minutes = new TreeMap<>();

  private final MemoryQuotas quotas;

  MemoryUsages(
      MemoryAnswers answers, MemoryRows rows, MemoryTypes types, Predicate<ListName> isQueueHeld) {
    this.answers = answers;
    this.rows = rows;
    this.quotas = new MemoryQuotas(answers, types, rows, this, isQueueHeld);
  }

  @Override
  public MemoryQuotas quotas() {
    return quotas;
  }

  /** What a resource and those below it used in the minutes that began after this, in seconds. */
  double below(UUID resource, Instant after) {
    return used(after, by -> line(by).contains(resource));
  }

  /** The same of a resource alone. */
  double own(UUID resource, Instant after) {
    return used(after, resource::equals);
  }

  private double used(Instant after, Predicate<@Nullable UUID> by) {
    double used = 0;
    for (Map<Usage, Spent> minute : minutes.tailMap(after, false).values()) {
      for (Map.Entry<Usage, Spent> one : minute.entrySet()) {
        if (by.test(one.getKey().resource())) {
          used += one.getValue().used();
        }
      }
    }
    return used;
  }

  Future<Void> charge(List<Usage> used) {
    List<Usage> said = List.copyOf(used);
    return answers.later(() -> charge(said, answers.instant())).mapEmpty();
  }

  @Override
  public Future<Report> usage(Question question) {
    return answers.later(() -> usage(question, answers.instant()));
  }

  @Override
  public Future<Removed> remove(int most) {
    return answers.later(() -> remove(most, answers.instant()));
  }

  private List<Usage> charge(List<Usage> used, Instant now) {
    Map<Usage, Spent> minute =
        minutes.computeIfAbsent(now.truncatedTo(ChronoUnit.MINUTES), at -> new LinkedHashMap<>());
    for (Usage one : used) {
      Usage whose = new Usage(one.type(), one.task(), one.resource(), Spent.NOTHING);
      minute.merge(whose, one.spent(), Spent::plus);
    }
    return used;
  }

  private Report usage(Question question, Instant now) {
    Instant from = now.minus(question.since()).truncatedTo(ChronoUnit.MINUTES);
    Spent total = Spent.NOTHING;
    Map<Item, Spent> items = new LinkedHashMap<>();
    for (Map<Usage, Spent> minute : minutes.tailMap(from).values()) {
      for (Map.Entry<Usage, Spent> one : minute.entrySet()) {
        if (isMeant(question, one.getKey())) {
          total = total.plus(one.getValue());
          items.merge(charged(question, one.getKey()), one.getValue(), Spent::plus);
        }
      }
    }
    List<Item> found = new ArrayList<>();
    items.forEach(
        (item, spent) -> {
          if (question.types() == null || question.types().contains(item.type())) {
            found.add(
                new Item(
                    item.type(),
                    item.task(),
                    item.resource(),
                    item.label(),
                    spent,
                    isHeavy(item.resource())));
          }
        });
    found.sort(MOST_FIRST);
    return new Report(from, now, total, found.subList(0, Math.min(found.size(), question.limit())));
  }

  private boolean isHeavy(@Nullable UUID resource) {
    return resource != null && quotas.isHeavy(resource);
  }

  private boolean isMeant(Question question, Usage used) {
    boolean exact =
        question.under() == null && (question.by() == By.TYPE || question.by() == By.TASK);
    return exact == (used.resource() == null)
        && (question.types() == null || question.types().contains(used.type()))
        && (question.under() == null || line(used.resource()).contains(question.under()));
  }

  /** From the root to it; itself alone where it is gone. */
  private List<UUID> line(@Nullable UUID resource) {
    List<UUID> line = new ArrayList<>();
    ResourceRow row = resource == null ? null : rows.resource(resource);
    if (row != null) {
      line.addAll(row.path());
      line.add(row.uuid());
    }
    return line;
  }

  private Item charged(Question question, Usage used) {
    return switch (question.by()) {
      case TYPE -> new Item(used.type(), "", null, "", Spent.NOTHING);
      case TASK -> new Item(used.type(), used.task(), null, "", Spent.NOTHING);
      case RESOURCE -> node(used, used.resource());
      case TREE -> {
        List<UUID> line = line(used.resource());
        int at = line.indexOf(question.under()) + 1;
        yield node(
            used, line.isEmpty() ? used.resource() : line.get(Math.min(at, line.size() - 1)));
      }
    };
  }

  private Item node(Usage used, @Nullable UUID resource) {
    ResourceRow row = resource == null ? null : rows.resource(resource);
    return row == null
        ? new Item(used.type(), "", resource, "", Spent.NOTHING)
        : new Item(row.type(), "", resource, row.label(), Spent.NOTHING);
  }

  private Removed remove(int most, Instant now) {
    int gone = 0;
    for (Map<Usage, Spent> minute : List.copyOf(minutes.headMap(now.minus(KEEP), false).values())) {
      Iterator<Usage> next = minute.keySet().iterator();
      while (next.hasNext() && gone < most) {
        next.next();
        next.remove();
        gone++;
      }
    }
    minutes.values().removeIf(Map::isEmpty);
    return new Removed(Map.of("usage", gone), gone >= most);
  }
}
