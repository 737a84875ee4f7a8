package dev.toygun.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What ticks have used of late, by whom. */
public interface Usages {
  /** So long it is known. */
  Duration KEEP = Duration.ofDays(1);

  /** So long it is told by resource: that goes through all samples of that time. */
  Duration BY_RESOURCE = Duration.ofHours(2);

  /**
   * Who used most. Ends at the latest with its time-out.
   *
   * @return those who did, the one that used most first
   */
  Future<Report> usage(Question question);

  /** Removes what was used longer ago than {@link #KEEP}: so many rows at most. */
  Future<Retention.Removed> remove(int rows);

  /** Who uses more than their quota. */
  Quotas quotas();

  /** To whom it is charged. */
  enum By {
    /** To types. */
    TYPE,
    /** To tasks, and to the resources themselves of each type. */
    TASK,
    /** To the roots of trees, or to the children of one resource: each with all that is below. */
    TREE,
    /** To single resources. */
    RESOURCE
  }

  /**
   * A question.
   *
   * @param since what was used in this time, from the beginning of a minute
   * @param under only what was used by this resource and what is below it; null for all
   * @param types only what was used by resources of these types; null for all
   * @param limit so many items at most
   */
  record Question(
      By by, Duration since, @Nullable UUID under, @Nullable Set<String> types, int limit) {}

  /**
   * What was used.
   *
   * @param total by all that the question is about, also by those who are not among the items
   */
  record Report(Instant from, Instant to, Usage.Spent total, List<Item> items) {
    public Report {
      items = List.copyOf(items);
    }
  }

  /**
   * One to whom it is charged.
   *
   * @param task empty where it is charged to a type or a resource
   * @param resource null where it is charged to a type or a task
   * @param label the resource's; empty where there is none, or it was removed
   * @param heavy whether the resource uses more than its {@link Quotas quota}
   */
  record Item(
      String type,
      String task,
      @Nullable UUID resource,
      String label,
      Usage.Spent spent,
      boolean heavy) {
    /** One that is not heavy. */
    public Item(
        String type, String task, @Nullable UUID resource, String label, Usage.Spent spent) {
      this(type, task, resource, label, spent, false);
    }
  }
}
