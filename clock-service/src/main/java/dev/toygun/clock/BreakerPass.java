package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.store.BreakerBook;
import dev.toygun.store.BreakerChange;
import dev.toygun.store.Breakers;
import dev.toygun.store.Breakers.Declared;
import dev.toygun.store.Breakers.Standing;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Opens and closes breakers by what was tried. Every clock does: each change is of a version of its
 * breaker, so one of them carries it out.
 */
final class BreakerPass implements Pass {
  /** How often it is read which breakers there are, though nothing was published meanwhile. */
  private static final Duration READ = Duration.ofSeconds(10);

  /** How many notes of good tries are removed at a time. */
  private static final int PAGE = 10_000;

  private final Parts parts;
  private List<Declared> declared = List.of();
  private long read;
  private Instant published = Instant.MIN;

  BreakerPass(Parts parts) {
    this.parts = parts;
  }

  @Override
  public String name() {
    return "breakers";
  }

  @Override
  public Future<Void> run() {
    return breakers().published().compose(this::run);
  }

  private Future<Void> run(Instant last) {
    boolean reads = !last.equals(published) || parts.time().nanos() - read >= READ.toNanos();
    return (reads ? read(last) : Future.<Void>succeededFuture())
        .compose(done -> breakers().look(declared))
        .compose(
            all ->
                !reads && all.stream().anyMatch(Standing::isOutdated)
                    ? read(last).compose(done -> breakers().look(declared))
                    : Future.succeededFuture(all))
        .compose(this::judge);
  }

  private Breakers breakers() {
    return parts.store().breakers();
  }

  private Future<Void> read(Instant last) {
    return breakers()
        .declared()
        .compose(
            all -> {
              declared = all;
              read = parts.time().nanos();
              published = last;
              return breakers().forget(PAGE);
            })
        .mapEmpty();
  }

  private Future<Void> judge(List<Standing> all) {
    parts.metrics().breakers(all);
    Future<Void> done = Future.succeededFuture();
    for (Standing one : all) {
      BreakerChange change = BreakerBook.judge(one).orElse(null);
      if (change != null) {
        done =
            done.compose(
                before ->
                    breakers().change(change, parts.time().uuid(), parts.time().uuid()).mapEmpty());
      }
    }
    return done;
  }
}
