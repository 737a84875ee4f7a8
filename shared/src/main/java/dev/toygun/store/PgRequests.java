package dev.toygun.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers operators' requests into groups, each one transaction. As with a worker's commits, a
 * group leaves as soon as one of those under way is back: a request that comes alone waits for
 * nobody, and of many at once each pays a share.
 *
 * <p>A group waits for no lock: a request on what somebody else has locked goes its own way, so
 * that nobody else waits with it. Safe for use from any thread; an answer comes back where the
 * request was made.
 */
final class PgRequests {
  private static final int MOST = 64;
  private static final int UNDER_WAY = 2;
  private static final int MOST_WAITING = 1_000;

  private final Vertx vertx;
  private final Database database;
  private final PgLoad load;
  private final BiFunction<UUID, Function<Family, Outcome>, Future<Committed.Done>> alone;
  private final ArrayDeque<Request> waiting = new ArrayDeque<>();
  private int out;

  private record Request(
      UUID resource,
      Function<Family, Outcome> decide,
      Context here,
      Promise<Committed.Done> answer) {}

  /** What a group came to: a failure or what was committed; those that are in neither go alone. */
  private record Answers(Map<Request, Committed> committed, Map<Request, RuntimeException> failed) {
    Answers() {
      this(new HashMap<>(), new HashMap<>());
    }
  }

  /**
   * Requests on this database.
   *
   * @param alone carries out a request that has to wait for a lock
   */
  PgRequests(
      Vertx vertx,
      Database database,
      PgLoad load,
      BiFunction<UUID, Function<Family, Outcome>, Future<Committed.Done>> alone) {
    this.vertx = vertx;
    this.database = database;
    this.load = load;
    this.alone = alone;
  }

  Future<Committed.Done> ask(UUID resource, Function<Family, Outcome> decide) {
    Request request =
        new Request(
            resource, decide, vertx.getOrCreateContext(), Promise.<Committed.Done>promise());
    synchronized (this) {
      if (waiting.size() >= MOST_WAITING) {
        return Future.failedFuture(
            new TimeoutException(
                MOST_WAITING + " requests wait for the database already; this one was not sent"));
      }
      waiting.add(request);
    }
    depart();
    return request.answer().future();
  }

  private void depart() {
    for (List<Request> group = next(); !group.isEmpty(); group = next()) {
      List<Request> those = group;
      PgTransaction.run(database, transaction -> together(transaction, those))
          .onComplete(
              done -> {
                synchronized (this) {
                  out--;
                }
                depart();
                for (Request request : those) {
                  answer(request, done.succeeded() ? done.result() : null, done.cause());
                }
              });
    }
  }

  /** Requests of different resources; a second one of the same leaves with another group. */
  private synchronized List<Request> next() {
    List<Request> group = new ArrayList<>();
    if (out == UNDER_WAY) {
      return group;
    }
    Set<UUID> resources = new HashSet<>();
    for (Iterator<Request> all = waiting.iterator(); all.hasNext() && group.size() < MOST; ) {
      Request request = all.next();
      if (resources.add(request.resource())) {
        group.add(request);
        all.remove();
      }
    }
    if (!group.isEmpty()) {
      out++;
    }
    return group;
  }

  private Future<PgTransaction.Result<Answers>> together(
      PgTransaction transaction, List<Request> group) {
    UUID[] uuids =
        group.stream().map(Request::resource).sorted(SubjectKey.UUID_ORDER).toArray(UUID[]::new);
    Future<RowSet<Row>> resources = transaction.send(LockSql.FREE, Tuple.of(uuids));
    Future<RowSet<Row>> tasks = transaction.send(LockSql.FREE_TASKS, Tuple.of(uuids));
    Future<Map<UUID, Hold>> abandoning = PgAbandonments.abandoning(transaction, uuids);
    return load.families(transaction.connection(), uuids)
        .compose(families -> abandoning.map(families))
        .compose(
            families -> {
              Set<UUID> held = new HashSet<>();
              resources.result().forEach(row -> held.add(Rows.uuid(row, 0)));
              tasks.result().forEach(row -> held.add(Rows.uuid(row, 0)));
              Answers answers = new Answers();
              Map<Request, Outcome> outcomes =
                  decided(group, families, abandoning.result(), held, answers);
              return outcomes.isEmpty()
                  ? Future.succeededFuture(PgTransaction.Result.nothing(answers))
                  : settled(transaction, outcomes, answers);
            });
  }

  private static Map<Request, Outcome> decided(
      List<Request> group,
      Map<UUID, Family> families,
      Map<UUID, Hold> abandoning,
      Set<UUID> held,
      Answers answers) {
    Map<Request, Outcome> outcomes = new HashMap<>();
    for (Request request : group) {
      Family family = families.get(request.resource());
      if (family == null) {
        answers.failed().put(request, Refusal.noResource(request.resource()));
      } else if (isHeld(family, held)) {
        try {
          Abandonment.refuse(abandoning.get(request.resource()));
          outcomes.put(request, request.decide().apply(family));
        } catch (RuntimeException e) {
          answers.failed().put(request, e);
        }
      }
    }
    return outcomes;
  }

  private static boolean isHeld(Family family, Collection<UUID> held) {
    return held.contains(family.resource().uuid())
        && family.tasks().stream()
            .filter(task -> task.machine().active())
            .allMatch(task -> held.contains(task.key().uuid()));
  }

  private static Future<PgTransaction.Result<Answers>> settled(
      PgTransaction transaction, Map<Request, Outcome> outcomes, Answers answers) {
    List<Request> requests = List.copyOf(outcomes.keySet());
    return PgGroup.settle(transaction, requests.stream().map(outcomes::get).toList())
        .map(
            settlement -> {
              for (int i = 0; i < requests.size(); i++) {
                answers.committed().put(requests.get(i), settlement.answers().get(i));
              }
              return new PgTransaction.Result<>(answers, settlement.writes());
            });
  }

  private void answer(Request request, @Nullable Answers answers, @Nullable Throwable failure) {
    if (failure instanceof UnknownOutcome) {
      request.here().runOnContext(v -> request.answer().fail(failure));
      return;
    }
    Committed committed = answers == null ? null : answers.committed().get(request);
    RuntimeException failed = answers == null ? null : answers.failed().get(request);
    if (failed != null) {
      request.here().runOnContext(v -> request.answer().fail(failed));
    } else if (committed instanceof Committed.Done done) {
      request.here().runOnContext(v -> request.answer().complete(done));
    } else if (committed instanceof Committed.Refused refused) {
      Refusal refusal = new Refusal(refused.code(), refused.message());
      request.here().runOnContext(v -> request.answer().fail(refusal));
    } else {
      request
          .here()
          .runOnContext(
              v -> alone.apply(request.resource(), request.decide()).onComplete(request.answer()));
    }
  }
}
