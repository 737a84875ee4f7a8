package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Cause;
import dev.toygun.store.Scheduled;
import dev.toygun.store.Stamp;
import io.vertx.core.Future;

/**
 * Starts tasks whose time has come by their schedules, and sees to it that a new schedule of a type
 * reaches all its resources: by the store's rules alone, without any user's code.
 */
final class SchedulePass implements Pass {
  /** How many rows one transaction sees to. */
  static final int PAGE = 200;

  /** After so many pages it lets others have a look, and goes on in the next round. */
  static final int PAGES = 10;

  private final String owner;
  private final Parts parts;

  SchedulePass(String owner, Parts parts) {
    this.owner = owner;
    this.parts = parts;
  }

  @Override
  public String name() {
    return "schedules";
  }

  @Override
  public Future<Void> run() {
    return parts
        .store()
        .claim(name(), owner, parts.settings().passTime())
        .compose(
            mine ->
                mine.isEmpty()
                    ? Future.succeededFuture()
                    : enrol(PAGES)
                        .transform(
                            enrolled ->
                                start(PAGES)
                                    .compose(
                                        done ->
                                            parts.store().advance(name(), owner, mine.get().now()))
                                    .compose(
                                        done ->
                                            enrolled.succeeded()
                                                ? Future.<Void>succeededFuture()
                                                : Future.failedFuture(enrolled.cause()))));
  }

  private Future<Void> enrol(int pages) {
    return parts
        .store()
        .enrolSchedules(PAGE)
        .compose(more -> more && pages > 1 ? enrol(pages - 1) : Future.succeededFuture());
  }

  private Future<Void> start(int pages) {
    return parts
        .store()
        .startScheduled(PAGE, parts.time()::uuid, stamp())
        .compose(
            done -> {
              parts.metrics().scheduled(done.started());
              return push(done)
                  .compose(
                      pushed ->
                          done.more() && pages > 1 ? renew(pages - 1) : Future.succeededFuture());
            });
  }

  /** The next page, if the pass is still this clock's. */
  private Future<Void> renew(int pages) {
    return parts
        .store()
        .claim(name(), owner, parts.settings().passTime())
        .compose(mine -> mine.isEmpty() ? Future.succeededFuture() : start(pages));
  }

  /** For speed only: what is due is found by the next pass for due rows. */
  private Future<Void> push(Scheduled done) {
    return done.due().isEmpty()
        ? Future.succeededFuture()
        : parts
            .queue()
            .push(Tickets.of(done.due(), Cause.SCHEDULE, parts.time().now(), null))
            .transform(pushed -> Future.succeededFuture());
  }

  private Stamp stamp() {
    return new Stamp(Cause.SCHEDULE, "system", owner, "", null, null, Stamp.Delays.NONE);
  }
}
