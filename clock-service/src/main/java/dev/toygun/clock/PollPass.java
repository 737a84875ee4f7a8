package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.queue.Queue.Depth;
import dev.toygun.queue.Ticket;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Cause;
import dev.toygun.store.Due;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.Due.Period;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues the rows that poll, second by second: in each second those whose bucket is {@code second
 * mod period}. Nothing is remembered: a poll that is lost is made up by the next period.
 */
final class PollPass implements Pass {
  private static final Logger LOG = LoggerFactory.getLogger(PollPass.class);
  private static final Duration JUST_AFTER = Duration.ofMillis(1);

  private final String owner;
  private final Parts parts;
  private final Marks marks;
  private final EpochWatch epochs = new EpochWatch();
  private final Complaints complaints = new Complaints();
  private boolean owesTheLastSeconds;

  /** The database's time at the last round, and this process's then; null where another has it. */
  private @Nullable Instant seen;

  private long seenAt;

  /** Rows of one kind that poll with one period. */
  private record Source(Kind kind, Period period) {}

  PollPass(String owner, Parts parts, Marks marks) {
    this.owner = owner;
    this.parts = parts;
    this.marks = marks;
  }

  @Override
  public String name() {
    return "polls";
  }

  @Override
  public Future<Void> run() {
    return parts
        .store()
        .claim(name(), owner, parts.settings().passTime())
        .onComplete(
            done -> {
              seen = done.succeeded() ? done.result().map(Due.Pass::now).orElse(null) : null;
              seenAt = parts.time().nanos();
            })
        .compose(
            mine ->
                mine.isEmpty()
                    ? Future.succeededFuture()
                    : parts
                        .queue()
                        .epoch()
                        .compose(
                            epoch -> {
                              owesTheLastSeconds |= epochs.isNew(epoch);
                              return catchUp(mine.get());
                            }));
  }

  /** Until the next second begins, if that is sooner: what polls in it is queued at once. */
  @Override
  public Duration pause(Duration interval) {
    Instant then = seen;
    if (then == null) {
      return interval;
    }
    Instant now = then.plusNanos(parts.time().nanos() - seenAt);
    Instant next = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Duration rest = Duration.between(now, next).plus(JUST_AFTER);
    return rest.compareTo(interval) < 0 ? rest : interval;
  }

  private Future<Void> catchUp(Due.Pass pass) {
    long upto = pass.now().getEpochSecond();
    long from = pass.upto().getEpochSecond();
    if (owesTheLastSeconds) {
      from = Math.min(from, upto - parts.settings().lostAfter().toSeconds());
    }
    if (from >= upto) {
      return Future.succeededFuture();
    }
    Seconds seconds = new Seconds(from, upto);
    return sources()
        .compose(
            sources -> {
              Set<ListName> lists = new HashSet<>();
              sources.forEach(source -> lists.add(source.period.list()));
              return parts.queue().depths(lists).compose(depths -> poll(sources, seconds, depths));
            })
        .compose(
            polled -> {
              owesTheLastSeconds = false;
              return parts.store().advance(name(), owner, Instant.ofEpochSecond(upto));
            });
  }

  private Future<List<Source>> sources() {
    return parts
        .store()
        .periods(Kind.RESOURCE)
        .compose(
            resources ->
                parts
                    .store()
                    .periods(Kind.TASK)
                    .map(
                        tasks -> {
                          List<Source> all = new ArrayList<>();
                          resources.forEach(one -> all.add(new Source(Kind.RESOURCE, one)));
                          tasks.forEach(one -> all.add(new Source(Kind.TASK, one)));
                          return all;
                        }));
  }

  private Future<Void> poll(List<Source> sources, Seconds seconds, Map<ListName, Depth> depths) {
    Map<ListName, Integer> perSecond = new HashMap<>();
    return InTurn.each(
            sources,
            source -> {
              ListName list = source.period.list();
              Depth depth = depths.get(list);
              long there = depth == null ? 0 : depth.tickets();
              if (there >= marks.of(list)) {
                parts.metrics().skipped(list, seconds.count());
                return Future.succeededFuture();
              }
              return poll(source, seconds)
                  .onSuccess(
                      tickets -> {
                        complaints.worksAgain(source);
                        int counted = Math.min(seconds.count(), source.period.everyS());
                        perSecond.merge(list, -Math.floorDiv(-tickets, counted), Integer::sum);
                      });
            },
            (source, failure) -> {
              parts.metrics().failed(name());
              if (complaints.isNews(source)) {
                LOG.warn(
                    "{} of list {} that poll every {} s are left out of the pass: {}",
                    source.kind,
                    source.period.list(),
                    source.period.everyS(),
                    failure.getMessage(),
                    failure);
              }
            })
        .onSuccess(done -> perSecond.forEach(marks::polled));
  }

  private Future<Integer> poll(Source source, Seconds seconds) {
    List<Integer> tickets = new ArrayList<>();
    List<Future<?>> failures = new ArrayList<>();
    return InTurn.each(
            seconds.buckets(source.period.everyS()),
            range -> poll(source, range, null).onSuccess(tickets::add),
            (range, failure) -> failures.add(Future.failedFuture(failure)))
        .compose(
            done ->
                failures.isEmpty()
                    ? Future.succeededFuture(tickets.stream().mapToInt(n -> n).sum())
                    : Future.failedFuture(failures.get(0).cause()));
  }

  /** Page by page, each on its way before the next is read. */
  private Future<Integer> poll(Source source, Seconds.Range range, @Nullable SubjectKey after) {
    ListName list = source.period.list();
    int most = parts.settings().mostPolled();
    return parts
        .store()
        .polled(source.kind, source.period, range.first(), range.last(), after, most)
        .compose(
            rows ->
                push(list, rows)
                    .compose(
                        tickets ->
                            rows.size() < most
                                ? Future.succeededFuture(tickets)
                                : poll(source, range, rows.get(rows.size() - 1))
                                    .map(more -> tickets + more)));
  }

  private Future<Integer> push(ListName list, List<SubjectKey> rows) {
    if (rows.isEmpty()) {
      return Future.succeededFuture(0);
    }
    List<Ticket> tickets = Tickets.of(list, rows, Cause.CLOCK, true, parts.time().now());
    return parts
        .queue()
        .push(tickets)
        .map(
            pushed -> {
              parts.metrics().queued(list, "poll", rows.size());
              return tickets.size();
            });
  }
}
