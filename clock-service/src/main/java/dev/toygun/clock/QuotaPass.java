package dev.toygun.clock;

import dev.toygun.Priority;
import dev.toygun.clock.DueScan.Parts;
import dev.toygun.queue.Takers;
import dev.toygun.store.Due;
import dev.toygun.store.Quotas;
import dev.toygun.store.Quotas.Line;
import dev.toygun.store.Quotas.Sinking;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tells who uses more of the workers than their quota, and who does so no more; and has what uses
 * most of that go after others.
 */
final class QuotaPass implements Pass {
  /** As often as workers say what they used. */
  private static final Duration PAUSE = Duration.ofSeconds(15);

  /** So many sink at a time. */
  private static final int PAGE = 500;

  private final String owner;
  private final Parts parts;
  private boolean anyHeavy = true;

  QuotaPass(String owner, Parts parts) {
    this.owner = owner;
    this.parts = parts;
  }

  @Override
  public String name() {
    return Quotas.PASS;
  }

  @Override
  public Duration pause(Duration interval) {
    return interval.compareTo(PAUSE) > 0 ? interval : PAUSE;
  }

  @Override
  public Future<Void> run() {
    Quotas quotas = parts.store().usages().quotas();
    return quotas
        .declared()
        .compose(
            lines ->
                lines.isEmpty() && !anyHeavy
                    ? Future.succeededFuture()
                    : parts
                        .store()
                        .claim(name(), owner, parts.settings().passTime().plus(PAUSE))
                        .compose(mine -> judge(quotas, lines, mine)));
  }

  private Future<Void> judge(Quotas quotas, List<Line> lines, Optional<Due.Pass> mine) {
    if (mine.isEmpty()) {
      return Future.succeededFuture();
    }
    return quotas
        .judge(lines, parts.time()::uuid)
        .compose(
            heavy -> {
              anyHeavy = !heavy.isEmpty();
              return anyHeavy ? sink(quotas) : Future.<Void>succeededFuture();
            })
        .compose(done -> parts.store().advance(name(), owner, mine.get().now()));
  }

  /** What used most goes after others, where a live worker takes it from there. */
  private Future<Void> sink(Quotas quotas) {
    return parts
        .queue()
        .workers()
        .map(Takers::new)
        .compose(
            takers ->
                quotas
                    .sinking(PAGE)
                    .map(
                        all ->
                            all.stream()
                                .filter(one -> takers.any(one.list().priority(Priority.LOW)))
                                .map(Sinking::resource)
                                .toList()))
        .compose(
            all -> all.isEmpty() ? Future.<Void>succeededFuture() : quotas.sink(all).mapEmpty());
  }
}
