package dev.toygun.store;

import io.vertx.core.AsyncResult;
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
import java.util.function.Function;

/**
 * Gathers operators' requests into groups, each one transaction. As with a worker's commits, a
 * group leaves as soon as one of those under way is back: a request that comes alone waits for
 * nobody, and of many at once each pays a share.
 *
 * <p>A group waits for no lock: a request on what somebody else has locked goes alone, a group of
 * one that waits for its rows, so that nobody else waits with it. Safe for use from any thread; an
 * answer comes back where the request was made.
 */
final class PgRequests {
  private static final int MOST = 64;
  private static final int UNDER_WAY = 2;
  private static final int MOST_WAITING = 1_000;
  private static final int TRIES = 40;
  private static final long PAUSE_MS = 25;

  private final Vertx vertx;
  private final Database database;
  private final PgLoad load;
  private final ArrayDeque<Request> waiting = new ArrayDeque<>();
  private int out;

  private record Request(
      UUID resource,
      Function<Family, Outcome> decide,
      Context here,
      Promise<Committed.Done> answer) {
    void fail(Throwable why) {
      here.runOnContext(v -> answer.tryFail(why));
    }

    void complete(Committed.Done done) {
      here.runOnContext(v -> answer.tryComplete(done));
    }
  }

  /** What becomes of the rows that somebody else has locked. */
  private enum Locks {
    /** They are left out. */
    FREE(LockSql.FREE, LockSql.FREE_TASKS),
    /*
     * They are waited for, so that nothing changes of what the request is judged on, and no running
     * tick comes between. The rest, as for any group, is skipped where others hold it.
     */
    WAITED(LockSql.WAITED, LockSql.WAITED_TASKS);

    private final String resources;
    private final String tasks;

    Locks(String resources, String tasks) {
      this.resources = resources;
      this.tasks = tasks;
    }
  }

  /** What a group came to: a failure or what was committed; those that are in neither go alone. */
  private record Answers(Map<Request, Committed> committed, Map<Request, RuntimeException> failed) {
    Answers() {
      this(new HashMap<>(), new HashMap<>());
    }
  }

  /** Requests on this database. */
  PgRequests(Vertx vertx, Database database, PgLoad load) {
    this.vertx = vertx;
    this.database = database;
    this.load = load;
  }

  /**
   * Carries out a request.
   *
   * @return fails with a {@link NotSent} where too many wait already, or where it has waited for
   *     longer than a statement may take
   */
  Future<Committed.Done> ask(UUID resource, Function<Family, Outcome> decide) {
    Request request =
        new Request(
            resource, decide, vertx.getOrCreateContext(), Promise.<Committed.Done>promise());
    synchronized (this) {
      if (waiting.size() >= MOST_WAITING) {
        return Future.failedFuture(
            new NotSent(
                MOST_WAITING + " requests wait for the database already; this one was not sent"));
      }
      waiting.add(request);
    }
    depart();
    return inTime(request);
  }

  private Future<Committed.Done> inTime(Request request) {
    long most = database.timeout().toMillis();
    if (isWaiting(request)) {
      long timer =
          vertx.setTimer(
              most,
              fired -> {
                if (left(request)) {
                  request.fail(
                      new NotSent(
                          "it waited for the database for %d ms; it was not sent".formatted(most)));
                }
              });
      request.answer().future().onComplete(done -> vertx.cancelTimer(timer));
    }
    return request.answer().future();
  }

  private synchronized boolean isWaiting(Request request) {
    return waiting.contains(request);
  }

  /** Whether it gave up waiting before it was sent. */
  private synchronized boolean left(Request request) {
    return waiting.remove(request);
  }

  private void depart() {
    for (List<Request> group = next(); !group.isEmpty(); group = next()) {
      List<Request> those = group;
      PgTransaction.run(database, transaction -> together(transaction, those, Locks.FREE))
          .onComplete(
              done -> {
                synchronized (this) {
                  out--;
                }
                depart();
                those.forEach(request -> answer(request, done, 0));
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
      PgTransaction transaction, List<Request> group, Locks locks) {
    UUID[] uuids =
        group.stream().map(Request::resource).sorted(SubjectKey.UUID_ORDER).toArray(UUID[]::new);
    Future<RowSet<Row>> resources = transaction.send(locks.resources, Tuple.of(uuids));
    Future<RowSet<Row>> tasks = transaction.send(locks.tasks, Tuple.of(uuids));
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

  /**
   * Tells what became of a request; or has it come again, alone.
   *
   * @param tries how often it came alone
   */
  private void answer(Request request, AsyncResult<Answers> done, int tries) {
    Throwable failure = done.failed() ? done.cause() : done.result().failed().get(request);
    Committed committed = done.failed() ? null : done.result().committed().get(request);
    // A group that the database refuses says nothing of each of its requests.
    boolean own = done.succeeded() || tries > 0 || failure instanceof UnknownOutcome;
    if (failure != null && own) {
      request.fail(failure);
    } else if (committed instanceof Committed.Done good) {
      request.complete(good);
    } else if (committed instanceof Committed.Refused refused) {
      request.fail(new Refusal(refused.code(), refused.message()));
    } else if (tries == TRIES) {
      request.fail(
          new Refusal(
              Refusal.Code.STALE,
              "others write to resource %s all the time: try again".formatted(request.resource())));
    } else if (tries == 0) {
      alone(request, 1);
    } else {
      vertx.setTimer(PAUSE_MS, fired -> alone(request, tries + 1));
    }
  }

  private void alone(Request request, int tries) {
    PgTransaction.run(
            database, transaction -> together(transaction, List.of(request), Locks.WAITED))
        .onComplete(done -> answer(request, done, tries));
  }
}
