package dev.toygun.service;

import dev.toygun.AlarmType;
import dev.toygun.Priority;
import dev.toygun.Severity;
import dev.toygun.queue.Leases;
import dev.toygun.store.Accounts;
import dev.toygun.store.Store;
import dev.toygun.store.SystemAlarms;
import dev.toygun.time.Stopwatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
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
  /** How often somebody audits. */
  public static final Duration OFTEN = Duration.ofMinutes(1);

  /**
   * An audit of very much may take longer; then they come less often, for most of the time is for
   * work.
   */
  private static final int REST = 20;

  /** For how long the lease of its resource explains why something that is due is not written. */
  private static final Duration LEASED = Duration.ofMinutes(5);

  private final String id;
  private final Store store;
  private final Accounts accounts;
  private final SystemAlarms system;
  private final @Nullable Leases leases;
  private final AtomicLong unaccounted = new AtomicLong();
  private @Nullable Suspects suspects;

  /**
   * An audit.
   *
   * @param id whose it is: one process audits at a time
   * @param leases null where they are out of reach, as for a program beside the services
   */
  public Audit(
      String id, Store store, Accounts accounts, SystemAlarms system, @Nullable Leases leases) {
    this.id = id;
    this.store = store;
    this.accounts = accounts;
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
   * @param unexplained what nothing explains, of what is named
   */
  public record Report(Accounts.Account account, List<Accounts.Waiting> unexplained) {
    /** How many nothing explains: what must be 0. */
    public long count() {
      return Math.max(account.unaccounted(), unexplained.size());
    }

    /** The same, as lines. */
    public List<String> unaccounted() {
      return unexplained.stream().map(w -> w.subject().uuid() + " " + Suspects.why(w)).toList();
    }
  }

  /** Has the metric {@code toygun_unaccounted}: 0 where another process audits. */
  public Audit measuredBy(MeterRegistry registry) {
    Gauge.builder("toygun_unaccounted", unaccounted, AtomicLong::get)
        .description("active machines that wait for nothing that anybody could name")
        .register(registry);
    return this;
  }

  /** Has those that it finds twice at one place called stuck, and lists that fall behind. */
  public Audit opening(Suspects who) {
    suspects = who;
    return this;
  }

  /**
   * Audits if nobody has within a minute, and says what came of it. One that took more than 3 s is
   * followed by the next after twenty times as long.
   */
  public Future<Void> perhaps(Say say) {
    return store
        .claim("audit", id, OFTEN.plus(Lookout.LOOK))
        .compose(
            mine -> {
              if (mine.isEmpty()) {
                unaccounted.set(0); // It is another's figure now.
              }
              boolean again =
                  mine.isPresent() && !mine.get().upto().plus(OFTEN).isAfter(mine.get().now());
              Stopwatch stopwatch = Stopwatch.start();
              return again
                  ? run()
                      .transform(
                          done ->
                              done.succeeded()
                                  ? unaudited(say, false, "")
                                      .compose(closed -> said(done.result(), say))
                                  : unaudited(say, true, done.cause().toString()))
                      .compose(
                          done ->
                              store.advance(
                                  "audit", id, upto(mine.get().now(), stopwatch.elapsed())))
                  : Future.succeededFuture();
            });
  }

  /** From when on the next minute is counted, after an audit that began then and took so long. */
  static Instant upto(Instant begun, Duration took) {
    Instant rested = begun.plus(took.multipliedBy(REST)).minus(OFTEN);
    return rested.isAfter(begun) ? rested : begun;
  }

  /** Whoever watches over what nobody watches must not fail in silence. */
  private static Future<Void> unaudited(Say say, boolean isTrue, String why) {
    String message = "the audit of everything that is active did not come to its end: " + why;
    return say.that("unaudited", Severity.WARNING, isTrue, message);
  }

  private Future<Void> said(Report report, Say say) {
    unaccounted.set(report.count());
    String message =
        ("%d machines wait for nothing that anybody could name, or contradict themselves: see"
                + " `toygun audit`; one is %s")
            .formatted(
                report.account().unaccounted(),
                report.account().leftOver().stream()
                    .findFirst()
                    .map(w -> w.subject().uuid().toString())
                    .orElse("not listed"));
    Future<Void> said =
        say.that("unaccounted", Severity.CRITICAL, report.account().unaccounted() > 0, message);
    return suspects == null
        ? said
        : said.compose(done -> java.util.Objects.requireNonNull(suspects).seen(report, say));
  }

  /** Audits now. */
  public Future<Report> run() {
    return accounts
        .account()
        .compose(
            account ->
                held(account)
                    .compose(
                        held ->
                            system
                                .active()
                                .map(
                                    alarms ->
                                        new Report(account, unexplained(account, held, alarms)))));
  }

  private Future<Set<UUID>> held(Accounts.Account account) {
    Set<UUID> leased = new HashSet<>();
    account
        .late()
        .forEach(late -> leased.addAll(List.of(late.subject().uuid(), late.subject().resource())));
    return leases == null || leased.isEmpty()
        ? Future.succeededFuture(Set.of())
        : leases.held(leased).otherwise(Set.of());
  }

  private static List<Accounts.Waiting> unexplained(
      Accounts.Account account, Set<UUID> held, Set<String> alarms) {
    List<Accounts.Waiting> unexplained = new ArrayList<>(account.leftOver());
    boolean anyHeavy = alarms.stream().anyMatch(AlarmType::isOfQuota);
    for (Accounts.Waiting late : account.late()) {
      boolean told =
          alarms.contains(Lookout.noWorker(late.list()))
              || alarms.contains(Lookout.slow(late.list()))
              || alarms.contains(Suspects.behind(late.list()))
              || (anyHeavy && late.list().priority() == Priority.LOW.stored())
              || alarms.contains("queue")
              || alarms.contains("clock");
      if (!told && !isLeased(late, held)) {
        unexplained.add(late);
      }
    }
    return unexplained;
  }

  /*
   * A task under a lease of its own may run for hours. Under its resource's it waits for siblings,
   * for a thread or for a suspect, and that is the system's matter; but not for ever.
   */
  private static boolean isLeased(Accounts.Waiting late, Set<UUID> held) {
    boolean own = !late.subject().isResource() && held.contains(late.subject().uuid());
    return own || (held.contains(late.subject().resource()) && !late.isLateBy(LEASED));
  }
}
