package dev.toygun.store;

import dev.toygun.store.Gathering.Asked;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Carries out operators' requests in groups, each one transaction.
 *
 * <p>A group waits for no lock: a request on what somebody else has locked goes alone, a group of
 * one that waits for its rows, so that nobody else waits with it. Safe for use from any thread; an
 * answer comes back where the request was made.
 */
final class PgRequests {
  private static final int MOST = 64;
  private static final int TRIES = 40;
  private static final long PAUSE_MS = 25;

  private final Vertx vertx;
  private final Database database;
  private final PgLoad load;
  private final Gathering<Request, Committed.Done> gathering;

  private record Request(UUID resource, Function<Family, Outcome> decide) {}

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
    this.gathering =
        new Gathering<>(vertx, database.timeout(), MOST, Request::resource, this::depart);
  }

  /**
   * Carries out a request.
   *
   * @return fails with a {@link NotSent} where too many wait already, or where it has waited for
   *     longer than a statement may take
   */
  Future<Committed.Done> ask(UUID resource, Function<Family, Outcome> decide) {
    return gathering.ask(new Request(resource, decide));
  }

  private Future<?> depart(List<Asked<Request, Committed.Done>> group) {
    List<Request> requests = group.stream().map(Asked::question).toList();
    return PgTransaction.run(database, transaction -> together(transaction, requests, Locks.FREE))
        .onComplete(done -> group.forEach(asked -> answer(asked, done, 0)));
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

  /** Whether a resource and all its active tasks are locked by us. */
  static boolean isHeld(Family family, Collection<UUID> held) {
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
  private void answer(Asked<Request, Committed.Done> asked, AsyncResult<Answers> done, int tries) {
    Request request = asked.question();
    Throwable failure = done.failed() ? done.cause() : done.result().failed().get(request);
    Committed committed = done.failed() ? null : done.result().committed().get(request);
    // A group that the database refuses says nothing of each of its requests.
    boolean own = done.succeeded() || tries > 0 || failure instanceof UnknownOutcome;
    if (failure != null && own) {
      asked.fail(failure);
    } else if (committed instanceof Committed.Done good) {
      asked.answer(good);
    } else if (committed instanceof Committed.Refused refused) {
      asked.fail(new Refusal(refused.code(), refused.message()));
    } else if (tries == TRIES) {
      asked.fail(
          new Refusal(
              Refusal.Code.STALE,
              "others write to resource %s all the time: try again".formatted(request.resource())));
    } else if (tries == 0) {
      alone(asked, 1);
    } else {
      vertx.setTimer(PAUSE_MS, fired -> alone(asked, tries + 1));
    }
  }

  private void alone(Asked<Request, Committed.Done> asked, int tries) {
    PgTransaction.run(
            database, transaction -> together(transaction, List.of(asked.question()), Locks.WAITED))
        .onComplete(done -> answer(asked, done, tries));
  }
}
