package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.store.Demotion;
import dev.toygun.store.DemotionChange;
import dev.toygun.store.Due;
import dev.toygun.store.RepairBook;
import dev.toygun.store.Repairs;
import dev.toygun.store.Repairs.Line;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Notes which runs were under way while an alarm was open that they repair, sees what came of it,
 * and demotes what does not work. Each of that is written once, however many clocks do it.
 */
final class RepairPass implements Pass {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** How often it is read which repairs there are: what a deployment changes waits that long. */
  private static final Duration READ = Duration.ofSeconds(10);

  /** How many of each kind one round looks at. */
  private static final int PAGE = 500;

  private final String owner;
  private final Parts parts;
  private List<Line> lines = List.of();
  private long read;
  private boolean begun;

  RepairPass(String owner, Parts parts) {
    this.owner = owner;
    this.parts = parts;
  }

  @Override
  public String name() {
    return Repairs.PASS;
  }

  @Override
  public Duration pause(Duration interval) {
    return interval.compareTo(PAUSE) > 0 ? interval : PAUSE;
  }

  @Override
  public Future<Void> run() {
    boolean reads = !begun || parts.time().nanos() - read >= READ.toNanos();
    return (reads ? read() : Future.<Void>succeededFuture())
        .compose(
            done ->
                lines.isEmpty()
                    ? Future.succeededFuture(Optional.<Due.Pass>empty())
                    : parts.store().claim(name(), owner, parts.settings().passTime()))
        .compose(mine -> mine.isEmpty() ? Future.succeededFuture() : round(mine.get()));
  }

  private Repairs repairs() {
    return parts.store().repairs();
  }

  /** What a new build has no more is removed, and asks no more. */
  private Future<Void> read() {
    return repairs()
        .declared()
        .compose(
            all -> {
              lines = all;
              read = parts.time().nanos();
              begun = true;
              return repairs().forget(PAGE);
            })
        .compose(forgotten -> repairs().demotions())
        .compose(
            demoted ->
                carryOut(
                    demoted.stream()
                        .flatMap(one -> RepairBook.judge(one, isDeclared(one)).stream())
                        .toList()));
  }

  private boolean isDeclared(Demotion demotion) {
    return lines.stream()
        .anyMatch(
            line ->
                line.demoteBelow() != null
                    && line.type().equals(demotion.type())
                    && line.task().equals(demotion.task()));
  }

  private Future<Void> round(Due.Pass mine) {
    Instant late = mine.now().minus(Repairs.OVERLAP);
    Instant from = mine.upto().isBefore(late) ? mine.upto() : late;
    return repairs()
        .note(lines, from, PAGE)
        .compose(
            upto ->
                repairs()
                    .judge(lines, PAGE)
                    .compose(judged -> demote())
                    .compose(done -> parts.store().advance(name(), owner, upto)));
  }

  private Future<Void> demote() {
    return lines.stream().allMatch(line -> line.demoteBelow() == null)
        ? Future.succeededFuture()
        : repairs()
            .standing(lines)
            .compose(
                all ->
                    carryOut(all.stream().flatMap(one -> RepairBook.judge(one).stream()).toList()));
  }

  private Future<Void> carryOut(List<DemotionChange> changes) {
    Future<Void> done = Future.succeededFuture();
    for (DemotionChange change : changes) {
      done = done.compose(before -> repairs().change(change, parts.time().uuid()).mapEmpty());
    }
    return done;
  }
}
