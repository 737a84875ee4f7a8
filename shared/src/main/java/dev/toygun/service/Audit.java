package dev.toygun.service;

import dev.toygun.Severity;
import dev.toygun.queue.Leases;
import dev.toygun.store.Liveness;
import dev.toygun.store.Store;
import dev.toygun.store.SystemWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Accounts for everything that is active, in two steps: by one snapshot of Postgres, and for what
 * is due for long by the leases, the lists and the alarms of the system.
 */
public final class Audit {
  private static final Duration OFTEN = Duration.ofMinutes(1);

  private final String id;
  private final Store store;
  private final Liveness liveness;
  private final SystemWatch system;
  private final @Nullable Leases leases;
  private final AtomicLong unaccounted = new AtomicLong();
  private @Nullable MeterRegistry metrics;

  /**
   * An audit.
   *
   * @param id whose it is: one process audits at a time
   * @param leases null where they are out of reach, as for a program beside the services
   */
  public Audit(
      String id, Store store, Liveness liveness, SystemWatch system, @Nullable Leases leases) {
    this.id = id;
    this.store = store;
    this.liveness = liveness;
    this.system = system;
    this.leases = leases;
  }

  /** Says whether an alarm of the system is true. */
  @FunctionalInterface
  public interface Say {
    Future<Void> that(String name, Severity severity, boolean isTrue, String message);
  }

  /**
   * What was found.
   *
   * @param unaccounted what nothing explains, at most 100 of each kind, as lines
   */
  public record Report(Liveness.Account account, List<String> unaccounted) {
    /** How many nothing explains: what must be 0. */
    public long count() {
      return Math.max(account.unaccounted(), unaccounted.size());
    }
  }

  /** Has the metric {@code toygun_unaccounted} where this process audits. */
  public Audit measuredBy(MeterRegistry registry) {
    metrics = registry;
    return this;
  }

  /** Audits if nobody has within a minute, and says what came of it. */
  public Future<Void> perhaps(Say say) {
    return store
        .claim("audit", id, OFTEN.plus(Lookout.LOOK))
        .compose(
            mine -> {
              boolean again =
                  mine.isPresent() && !mine.get().upto().plus(OFTEN).isAfter(mine.get().now());
              return again
                  ? run()
                      .compose(report -> said(report, say))
                      .compose(done -> store.advance("audit", id, mine.get().now()))
                  : Future.succeededFuture();
            });
  }

  private Future<Void> said(Report report, Say say) {
    unaccounted.set(report.count());
    if (metrics != null) {
      Gauge.builder("toygun_unaccounted", unaccounted, AtomicLong::get)
          .description("active machines that wait for nothing that anybody could name")
          .register(metrics);
      metrics = null;
    }
    String message =
        "%d machines wait for nothing that anybody could name: see `toygun audit`; one is %s"
            .formatted(
                report.count(), report.unaccounted().stream().findFirst().orElse("not listed"));
    return say.that("unaccounted", Severity.CRITICAL, report.count() > 0, message);
  }

  /** Audits now. */
  public Future<Report> run() {
    return liveness
        .account()
        .compose(
            account ->
                held(account)
                    .compose(
                        held ->
                            system
                                .active()
                                .map(alarms -> new Report(account, left(account, held, alarms)))));
  }

  private Future<Set<UUID>> held(Liveness.Account account) {
    Set<UUID> leased = new HashSet<>();
    account.late().forEach(late -> leased.addAll(List.of(late.subject(), late.resource())));
    return leases == null || leased.isEmpty()
        ? Future.succeededFuture(Set.of())
        : leases.held(leased).otherwise(Set.of());
  }

  private static List<String> left(Liveness.Account account, Set<UUID> held, Set<String> alarms) {
    List<String> left = new ArrayList<>();
    account.leftOver().forEach(uuid -> left.add(uuid + " waits for nothing"));
    for (Liveness.Late late : account.late()) {
      boolean ticked = held.contains(late.subject()) || held.contains(late.resource());
      boolean told =
          alarms.contains(Lookout.noWorker(late.list()))
              || alarms.contains(Lookout.slow(late.list()))
              || alarms.contains("queue")
              || alarms.contains("clock");
      if (!ticked && !told) {
        left.add(
            "%s is due since %s, and no alarm says why it is not ticked"
                .formatted(late.subject(), late.dueAt()));
      }
    }
    return left;
  }
}
