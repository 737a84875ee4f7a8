package dev.toygun.service;

import dev.toygun.Severity;
import dev.toygun.queue.Queue;
import dev.toygun.queue.Takers;
import dev.toygun.store.ListName;
import dev.toygun.store.SystemWatch;
import dev.toygun.store.Uptimes;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether the whole system lives, and opens and closes the system's own
 * alarms by what it sees. Every service has one, so that somebody looks as long as any of them
 * lives.
 */
public final class Lookout {
  /** How often it looks. */
  static final Duration LOOK = Duration.ofSeconds(5);

  /** For how long nobody sees that an alarm is true before it is over: not all see the same. */
  private static final Duration UNSEEN = Duration.ofSeconds(15);

  private static final Duration CLOCK = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofSeconds(15);

  /** How often the queue may be out of reach before that is an alarm. */
  private static final int UNREACHED = 3;

  private static final String CLOCK_ALARM = "clock";
  private static final String PARTITIONS = "partitions";
  private static final String QUEUE = "queue";
  private static final String SLOW = "slow:";
  private static final String BULK_HALTED = "bulk_halted:";
  private static final String UNDECRYPTABLE = "undecryptable";

  private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

  private final Time time;
  private final SystemWatch system;
  private final Queue queue;
  private final Audit audit;
  private final long begun;
  private int unreached;
  private boolean stopped;

  /** A lookout that begins with {@link #start}. */
  public Lookout(Time time, SystemWatch system, Queue queue, Audit audit) {
    this.time = time;
    this.system = system;
    this.queue = queue;
    this.audit = audit;
    this.begun = time.nanos();
  }

  /** One alarm that is or is not. */
  record Condition(String name, Severity severity, String message) {}

  /** Begins to look, for as long as it is not stopped. */
  public void start() {
    if (stopped) {
      return;
    }
    look()
        .compose(looked -> audit.perhaps(this::say))
        .onComplete(
            done -> {
              if (done.failed() && !stopped) {
                LOG.warn("could not look after the system: {}", done.cause().toString());
              }
              time.after(LOOK, this::start);
            });
  }

  public void stop() {
    stopped = true;
  }

  /** Looks once. What the queue does not answer is an alarm in time; the database has to. */
  public Future<Void> look() {
    return queue
        .workers()
        .map(Optional::of)
        .otherwise(Optional.empty())
        .compose(workers -> system.look().compose(sight -> seen(sight, workers)))
        .compose(this::judged);
  }

  private Future<Seen> seen(SystemWatch.Sight sight, Optional<List<Queue.Worker>> workers) {
    Seen away = new Seen(sight, List.of(), Map.of(), Map.of(), false);
    if (workers.isEmpty()) {
      return Future.succeededFuture(away);
    }
    Set<ListName> lists = new HashSet<>(sight.polled());
    lists.addAll(sight.overdue().keySet());
    return Future.all(queue.depths(lists), queue.unopened())
        .map(all -> new Seen(sight, workers.get(), all.resultAt(0), all.resultAt(1), true))
        .otherwise(away);
  }

  private record Seen(
      SystemWatch.Sight sight,
      List<Queue.Worker> workers,
      Map<ListName, Queue.Depth> depths,
      Map<String, Long> unopened,
      boolean reached) {
    Optional<Instant> head(ListName list) {
      return Optional.ofNullable(depths.get(list)).flatMap(Queue.Depth::head);
    }
  }

  private Future<Void> judged(Seen seen) {
    unreached = seen.reached() ? 0 : unreached + 1;
    List<Condition> conditions = new ArrayList<>();
    clock(seen, conditions);
    if (!justBegun()) {
      conditions.addAll(LatePasses.of(seen.sight(), CLOCK));
    }
    if (!seen.sight().partitions()) {
      conditions.add(
          new Condition(
              PARTITIONS,
              Severity.ERROR,
              "history has no partition for a week from now, and none could be made: see the log of"
                  + " Postgres"));
    }
    halted(seen.sight().halted(), conditions);
    if (unreached >= UNREACHED) {
      conditions.add(
          new Condition(
              QUEUE,
              Severity.CRITICAL,
              "a service cannot reach Redis: it queues nothing and takes nothing"));
    }
    if (seen.reached()) {
      lists(seen, conditions);
    }
    if (!seen.unopened().isEmpty()) {
      conditions.add(
          new Condition(
              UNDECRYPTABLE,
              Severity.ERROR,
              "tickets cannot be opened (%s): have all services the same TOYGUN_KEYCHAIN, and does nobody else write into their Redis?"
                  .formatted(new TreeMap<>(seen.unopened()))));
    }
    return system.active().compose(active -> change(active, conditions, seen.reached()));
  }

  private static void halted(Map<UUID, String> bulks, List<Condition> conditions) {
    bulks.entrySet().stream()
        .limit(SystemWatch.HALTED)
        .forEach(
            one ->
                conditions.add(
                    new Condition(
                        BULK_HALTED + one.getKey(),
                        Severity.ERROR,
                        "bulk run %s has halted: %s; see what failed, then resume or cancel it"
                            .formatted(one.getKey(), one.getValue()))));
    if (bulks.size() > SystemWatch.HALTED) {
      conditions.add(
          new Condition(
              BULK_HALTED + "more",
              Severity.ERROR,
              "more than %d bulk runs have halted, of which the newest are told each by itself: see `toygun bulk`, then resume or cancel them"
                  .formatted(SystemWatch.HALTED)));
    }
  }

  private void clock(Seen seen, List<Condition> conditions) {
    Instant now = seen.sight().now();
    Instant last = seen.sight().clock().orElse(Instant.EPOCH);
    if (!justBegun() && last.plus(CLOCK).isBefore(now)) {
      String since =
          seen.sight().clock().isEmpty()
              ? "no clock has ever come round"
              : "no clock has come round for " + Duration.between(last, now).toSeconds() + " s";
      conditions.add(
          new Condition(CLOCK_ALARM, Severity.CRITICAL, since + ": start one, `toygun clock`"));
    }
  }

  private boolean justBegun() {
    return time.nanos() - begun < CLOCK.toNanos();
  }

  private static void lists(Seen seen, List<Condition> conditions) {
    Takers takers = new Takers(seen.workers());
    Instant now = seen.sight().now();
    waiting(seen)
        .forEach(
            (list, since) ->
                LateLists.of(list, since, seen.head(list), now, takers).ifPresent(conditions::add));
  }

  /* What polls is due at no time: how long it waits its tickets say. */
  private static Map<ListName, Instant> waiting(Seen seen) {
    Map<ListName, Instant> waiting = new HashMap<>(seen.sight().overdue());
    Instant late = seen.sight().now().minus(POLL);
    for (ListName list : seen.sight().polled()) {
      seen.head(list)
          .filter(at -> at.isBefore(late))
          .ifPresent(at -> waiting.putIfAbsent(list, at));
    }
    return waiting;
  }

  /** The name of the alarm that a list is taken by nobody. */
  static String noWorker(ListName list) {
    return Uptimes.NO_WORKER + list.taken();
  }

  /** The name of the alarm that a list is taken too slowly. */
  static String slow(ListName list) {
    return SLOW + list.taken();
  }

  private Future<Void> change(Set<String> active, List<Condition> conditions, boolean reached) {
    Set<String> names = new HashSet<>();
    conditions.forEach(condition -> names.add(condition.name()));
    Set<String> still = new HashSet<>(names);
    still.retainAll(active);
    Future<Void> done = system.seen(still);
    for (Condition condition : conditions) {
      if (!active.contains(condition.name())) {
        done = done.compose(before -> open(condition));
      }
    }
    for (String name : active) {
      if (!names.contains(name) && couldSee(name, reached)) {
        done = done.compose(before -> close(name, UNSEEN));
      }
    }
    return done;
  }

  /** Whether this look could have seen that it is true: what it could not is left as it is. */
  private boolean couldSee(String name, boolean reached) {
    if (name.equals(CLOCK_ALARM) || LatePasses.NAMES.contains(name)) {
      return !justBegun();
    }
    boolean inRedis =
        name.startsWith(Uptimes.NO_WORKER) || name.startsWith(SLOW) || name.equals(UNDECRYPTABLE);
    return name.equals(PARTITIONS)
        || name.startsWith(BULK_HALTED)
        || (reached && (inRedis || name.equals(QUEUE)));
  }

  /** Says whether an alarm of the system is true. */
  private Future<Void> say(String name, Severity severity, boolean isTrue, String message) {
    return system
        .active()
        .compose(
            active -> {
              if (isTrue && !active.contains(name)) {
                return open(new Condition(name, severity, message));
              }
              return isTrue || !active.contains(name)
                  ? Future.succeededFuture()
                  : close(name, Duration.ZERO);
            });
  }

  private Future<Void> open(Condition condition) {
    LOG.warn("alarm of the system: {}", condition.message());
    return system.open(time.uuid(), condition.name(), condition.severity(), condition.message());
  }

  private Future<Void> close(String name, Duration unseen) {
    return system
        .close(name, unseen)
        .onSuccess(
            closed -> {
              if (closed) {
                LOG.info("alarm of the system is over: {}", name);
              }
            })
        .mapEmpty();
  }
}
