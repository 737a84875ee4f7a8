package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Announce;
import dev.toygun.store.Bulks;
import dev.toygun.store.Cause;
import dev.toygun.store.Stamp;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Carries out bulk runs, each in turn a page: by the store's rules alone, without any user's code.
 * Where there is none it costs one look at an index, and not even the claim of the pass.
 */
final class BulkPass implements Pass {
  /** How many items one transaction does. */
  static final int PAGE = 200;

  /** How many bulk runs are looked at in a round. */
  static final int MOST = 50;

  /** After so many pages of each it lets others have a look, and goes on in the next round. */
  static final int PAGES = 10;

  private final String owner;
  private final Parts parts;
  private final Announce announce;
  private final Map<UUID, Integer> pages = new HashMap<>();

  BulkPass(String owner, Parts parts) {
    this.owner = owner;
    this.parts = parts;
    this.announce = Tickets.announcing(parts.queue(), parts.time());
  }

  @Override
  public String name() {
    return Bulks.PASS;
  }

  @Override
  public Future<Void> run() {
    return bulks()
        .due(MOST)
        .compose(due -> due.isEmpty() ? Future.succeededFuture() : claimed(due, PAGES));
  }

  private Bulks bulks() {
    return parts.store().bulks();
  }

  /** A page of each, if the pass is still this clock's; and again of those that have more. */
  private Future<Void> claimed(List<UUID> due, int pages) {
    return parts
        .store()
        .claim(name(), owner, parts.settings().passTime())
        .compose(
            mine -> {
              if (mine.isEmpty()) {
                return Future.succeededFuture();
              }
              List<UUID> more = new ArrayList<>();
              List<Throwable> failures = new ArrayList<>();
              return InTurn.each(
                      due, bulk -> step(bulk, more), (bulk, failure) -> failures.add(failure))
                  .compose(
                      done ->
                          more.isEmpty() || pages == 1
                              ? Future.succeededFuture()
                              : claimed(more, pages - 1))
                  .compose(
                      done ->
                          failures.isEmpty()
                              ? Future.succeededFuture()
                              : Future.failedFuture(failures.get(0)));
            });
  }

  /** A page that came to nothing, mostly since its time was over, is a smaller one next time. */
  private Future<Void> step(UUID bulk, List<UUID> more) {
    int page = pages.getOrDefault(bulk, PAGE);
    return bulks()
        .step(bulk, page, parts.time()::uuid, stamp())
        .onFailure(failure -> pages.put(bulk, Math.max(1, page / 4)))
        .map(
            step -> {
              if (page * 2 < PAGE) {
                pages.put(bulk, page * 2);
              } else {
                pages.remove(bulk);
              }
              parts.metrics().bulkItems(step.results());
              announce.due(step.due(), Cause.API, null);
              step.ends().forEach(announce::ends);
              if (step.more()) {
                more.add(bulk);
              }
              return null;
            });
  }

  private Stamp stamp() {
    return new Stamp(Cause.API, "system", owner, "", null, null, Stamp.Delays.NONE);
  }
}
