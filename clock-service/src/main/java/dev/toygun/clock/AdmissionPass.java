package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Admissions;
import dev.toygun.store.Admissions.Waiting;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.Due;
import dev.toygun.store.Stamp;
import io.vertx.core.Future;
import java.util.List;

/**
 * Lets runs of tasks with limits in as there is room. Where nobody waits it costs one look at an
 * index, and not even the claim of the pass.
 */
final class AdmissionPass implements Pass {
  /** How many of one task a round lets in. */
  static final int PAGE = 500;

  private final String owner;
  private final Parts parts;

  AdmissionPass(String owner, Parts parts) {
    this.owner = owner;
    this.parts = parts;
  }

  @Override
  public String name() {
    return Admissions.PASS;
  }

  @Override
  public Future<Void> run() {
    return parts
        .store()
        .admissions()
        .waiting()
        .compose(
            waiting -> {
              if (waiting.isEmpty()) {
                parts.metrics().waiting(waiting);
                return Future.succeededFuture();
              }
              return parts
                  .store()
                  .claim(name(), owner, parts.settings().passTime())
                  .compose(
                      mine -> {
                        List<Waiting> told = mine.isEmpty() ? List.of() : waiting;
                        parts.metrics().waiting(told);
                        return mine.isEmpty() ? Future.succeededFuture() : round(mine.get());
                      });
            });
  }

  /** Somebody is told of a brake that holds, also where nobody could be let in. */
  private Future<Void> round(Due.Pass mine) {
    return admit(mine)
        .transform(
            done ->
                brake()
                    .compose(
                        told ->
                            done.succeeded()
                                ? Future.<Void>succeededFuture()
                                : Future.<Void>failedFuture(done.cause())));
  }

  private Future<Void> admit(Due.Pass mine) {
    return parts
        .store()
        .admissions()
        .admit(owner, mine, PAGE)
        .compose(admitted -> admitted.isEmpty() ? Future.succeededFuture() : push(admitted));
  }

  private Future<Void> brake() {
    Stamp by = new Stamp(Cause.ALARM, "system", owner, "", null, null, Stamp.Delays.NONE);
    return parts.store().admissions().brake(parts.time()::uuid, by).mapEmpty();
  }

  /** For speed: what is lost of it the clock finds as it finds all that is due. */
  private Future<Void> push(List<Committed.Woken> admitted) {
    return parts.queue().push(Tickets.of(admitted, Cause.CLOCK, parts.time().now(), null));
  }
}
