package dev.toygun.queue;

import dev.toygun.crypto.Keyring;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The queue in Redis 6.2 or later. Every future but that of {@link #awaitAny} fails with {@link
 * RedisFailure} where Redis does not answer in time; what was asked may then have happened. Safe
 * for use from any thread.
 */
public final class RedisQueue implements Queue {
  private final RedisLink link;
  private final RedisLists lists;
  private final WaitingPops waiting;
  private final Roster roster;
  private final Unopened unopened;
  private final Channel nudges;
  private final Interrupts interrupts;

  private RedisQueue(RedisLink link, Keyring keyring, MeterRegistry metrics) {
    this.link = link;
    this.unopened = new Unopened(link);
    DroppedTickets dropped = new DroppedTickets(metrics, unopened::note);
    TicketSeal seal = new TicketSeal(keyring, dropped);
    this.lists = new RedisLists(link, seal, dropped);
    this.waiting = new WaitingPops(link, lists);
    this.roster = new Roster(link);
    this.nudges = new Channel(link, "nudge");
    this.interrupts = new Interrupts(link, seal);
  }

  /**
   * The queue in the Redis at this address. Connects when first used, and again whenever it must: a
   * service starts without Redis, and says so by {@link #ping}.
   *
   * @param url {@code redis://[[user]:password@]host[:port][/db]}, or {@code rediss://} for TLS;
   *     never shown
   * @param metrics counts dropped tickets: {@code toygun_tickets_dropped_total{reason}}
   * @throws IllegalArgumentException if the address is of no such form
   */
  public static RedisQueue connect(
      Vertx vertx,
      String url,
      Keyring keyring,
      Time time,
      MeterRegistry metrics,
      RedisSettings settings) {
    return new RedisQueue(new RedisLink(vertx, url, time, settings), keyring, metrics);
  }

  @Override
  public Future<Void> push(List<Ticket> tickets) {
    return lists.push(tickets);
  }

  @Override
  public Future<List<Ticket>> pop(List<ListName> wanted, int most) {
    List<Ticket> waited = waiting.take(wanted, most);
    return waited.isEmpty() ? lists.pop(wanted, most) : Future.succeededFuture(waited);
  }

  @Override
  public Future<Void> awaitAny(List<ListName> wanted, Duration time) {
    return waiting.await(wanted, time);
  }

  @Override
  public Future<Map<ListName, Depth>> depths(Collection<ListName> wanted) {
    return lists.depths(wanted);
  }

  @Override
  public Future<Map<String, Long>> unopened() {
    return unopened.read();
  }

  @Override
  public Future<Epoch> epoch() {
    return link.call(get())
        .compose(
            there ->
                there == null
                    ? makeEpoch()
                    : Future.succeededFuture(new Epoch(there.toString(), false)));
  }

  @Override
  public Future<Void> heartbeat(Worker worker) {
    return roster.heartbeat(worker);
  }

  @Override
  public Future<List<Worker>> workers() {
    return roster.workers();
  }

  @Override
  public Future<Void> farewell(String worker) {
    return roster.farewell(worker);
  }

  @Override
  public Future<Void> nudge() {
    return nudges.publish("");
  }

  @Override
  public Listening listen(Runnable nudged) {
    Runnable here = Here.now(link.time()).once(nudged);
    return nudges.listen(message -> here.run());
  }

  @Override
  public Future<Void> interrupt(SubjectKey subject) {
    return interrupts.send(subject);
  }

  @Override
  public Listening interrupts(Consumer<SubjectKey> asked) {
    return interrupts.listen(asked);
  }

  /** Fails, saying why, where Redis does not answer, or takes no writes. */
  public Future<Void> ping() {
    return link.ping();
  }

  /** Closes the connections; what was taken and not asked for goes back to its list. */
  public Future<Void> close() {
    return waiting
        .close()
        .transform(closed -> nudges.close())
        .transform(closed -> interrupts.close())
        .transform(closed -> link.close())
        .mapEmpty();
  }

  private Future<Epoch> makeEpoch() {
    byte[] bytes = new byte[16];
    link.time().random(bytes);
    String made = HexFormat.of().formatHex(bytes);
    return link.call(Request.cmd(Command.SET).arg(link.key("epoch")).arg(made).arg("NX"))
        .compose(
            set ->
                set != null
                    ? Future.succeededFuture(new Epoch(made, true))
                    : link.call(get()).compose(RedisQueue::made));
  }

  /* Somebody else was faster: to this caller it is as new. */
  private static Future<Epoch> made(@Nullable Response there) {
    return there == null
        ? Future.failedFuture(
            new RedisFailure("the epoch in Redis came and went; asked again soon"))
        : Future.succeededFuture(new Epoch(there.toString(), true));
  }

  private Request get() {
    return Request.cmd(Command.GET).arg(link.key("epoch"));
  }
}
