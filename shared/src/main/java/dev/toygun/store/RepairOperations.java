package dev.toygun.store;

import dev.toygun.store.Repairs.Figures;
import dev.toygun.store.Repairs.Line;
import dev.toygun.store.Repairs.Standing;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a person may ask for about repairs; as {@link Operations}, each future fails with a {@link
 * Refusal} where it cannot be, and then nothing has changed.
 */
public final class RepairOperations {
  private final Repairs repairs;
  private final Supplier<UUID> uuids;

  /**
   * Operations on the repairs of a store.
   *
   * @param uuids makes those of alarms
   */
  public RepairOperations(Repairs repairs, Supplier<UUID> uuids) {
    this.repairs = repairs;
    this.uuids = uuids;
  }

  /**
   * How repairs do.
   *
   * @param figures by type, alarm and task
   * @param standing of the tasks that can be demoted, or are
   */
  public record Report(List<Figures> figures, List<Standing> standing) {}

  /** Of those that somebody asks about. */
  public Future<Report> report(Predicate<Line> which) {
    return repairs
        .declared()
        .map(all -> all.stream().filter(which).limit(1_000).toList())
        .compose(
            lines ->
                repairs
                    .figures(lines)
                    .compose(
                        figures ->
                            repairs
                                .standing(lines)
                                .map(standing -> new Report(figures, standing))));
  }

  /** It runs without asking again, and is counted anew. */
  public Future<Standing> promote(String type, String task, By by) {
    return find(type, task)
        .compose(
            it ->
                repairs
                    .change(RepairBook.promoted(it.demotion(), by), uuids.get())
                    .map(
                        now ->
                            new Standing(
                                now.orElseThrow(() -> changed(type, task)),
                                it.demoteBelow(),
                                0,
                                0)));
  }

  /** This one; fails with a {@link Refusal} of code {@code NOT_FOUND} where there is none. */
  public Future<Standing> find(String type, String task) {
    return report(line -> line.type().equals(type) && line.task().equals(task))
        .map(
            report ->
                report.standing().stream()
                    .filter(
                        it ->
                            it.demotion().type().equals(type) && it.demotion().task().equals(task))
                    .findFirst()
                    .orElseThrow(() -> absent(type, task)));
  }

  /** That nothing can demote this task. */
  public static Refusal absent(String type, String task) {
    return new Refusal(
        Refusal.Code.NOT_FOUND,
        "%s/%s is no repair that can be demoted: its type does not say demoteBelow of it"
            .formatted(type, task));
  }

  private static Refusal changed(String type, String task) {
    return new Refusal(
        Refusal.Code.STALE,
        "repair %s/%s has changed in this moment: look at it, and ask again".formatted(type, task));
  }
}
