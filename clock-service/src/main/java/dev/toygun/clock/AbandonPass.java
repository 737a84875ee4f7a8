package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.store.Cause;
import dev.toygun.store.Hold;
import dev.toygun.store.Stamp;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what is abandoned, page by page: without any user's code, so that it goes on with all
 * workers stopped, and where nobody has the type's code any more. It begins once the hold is
 * effective: before that, somebody may still make what would have to be ended again.
 */
final class AbandonPass implements Pass {
  /** After so many pages it lets others have a look, and goes on in the next round. */
  private static final int PAGES = 20;

  private static final Logger LOG = LoggerFactory.getLogger(AbandonPass.class);

  private final String owner;
  private final Parts parts;

  AbandonPass(String owner, Parts parts) {
    this.owner = owner;
    this.parts = parts;
  }

  @Override
  public String name() {
    return "abandoned";
  }

  @Override
  public Future<Void> run() {
    return parts
        .store()
        .holds()
        .compose(
            holds -> {
              List<Hold> abandoned = holds.stream().filter(Hold::abandons).toList();
              return InTurn.each(
                  abandoned,
                  hold -> end(hold, PAGES),
                  (hold, failure) ->
                      LOG.warn(
                          "what hold {} abandons is not ended, and is tried again: {}",
                          hold.uuid(),
                          failure.getMessage()));
            });
  }

  private Future<Void> end(Hold hold, int pages) {
    return parts
        .store()
        .claim(name(), owner, parts.settings().passTime())
        .compose(
            mine ->
                mine.isEmpty() || mine.get().now().isBefore(hold.effectiveAt())
                    ? Future.succeededFuture(false)
                    : parts.store().endAbandoned(hold, stamp()))
        .compose(more -> more && pages > 1 ? end(hold, pages - 1) : Future.<Void>succeededFuture());
  }

  private Stamp stamp() {
    return new Stamp(Cause.OPERATOR, "system", owner, "", null, null, Stamp.Delays.NONE);
  }
}
