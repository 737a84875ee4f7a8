package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries out operators' requests. */
final class PgCommands {
  private static final int TRIES = 40;
  private static final long PAUSE_MS = 25;

  private final Vertx vertx;
  private final Database database;
  private final PgLoad load;
  private final PgRequests requests;

  PgCommands(Vertx vertx, Database database, PgLoad load) {
    this.vertx = vertx;
    this.database = database;
    this.load = load;
    this.requests =
        new PgRequests(vertx, database, load, (resource, decide) -> alone(resource, decide, 1));
  }

  Future<Committed.Done> transact(UUID resource, Function<Family, Outcome> decide) {
    return requests.ask(resource, decide);
  }

  /*
   * The resource and its active tasks are waited for, so that nothing of what the request is judged on
   * changes, and no running tick comes between. The rest, as for any group, is skipped where others
   * hold it; then the whole request comes again.
   */
  private Future<Committed.Done> alone(UUID resource, Function<Family, Outcome> decide, int tries) {
    return PgTransaction.run(database, transaction -> request(transaction, resource, decide))
        .compose(
            committed -> {
              if (committed instanceof Committed.Done done) {
                return Future.succeededFuture(done);
              }
              if (committed instanceof Committed.Refused refused) {
                return Future.failedFuture(new Refusal(refused.code(), refused.message()));
              }
              if (tries == TRIES) {
                return Future.failedFuture(
                    new Refusal(
                        Refusal.Code.STALE,
                        "others write to resource %s all the time: try again".formatted(resource)));
              }
              return vertx
                  .timer(PAUSE_MS, TimeUnit.MILLISECONDS)
                  .compose(fired -> alone(resource, decide, tries + 1));
            });
  }

  private Future<PgTransaction.Result<Committed>> request(
      PgTransaction transaction, UUID resource, Function<Family, Outcome> decide) {
    transaction.send(LockSql.RESOURCE, Tuple.of(resource));
    transaction.send(LockSql.ACTIVE_TASKS, Tuple.of(resource));
    Future<Map<UUID, Hold>> abandoning = PgAbandonments.abandoning(transaction, resource);
    return load.families(transaction.connection(), new UUID[] {resource})
        .compose(families -> abandoning.map(families))
        .compose(
            families -> {
              Family family = families.get(resource);
              if (family == null) {
                throw Refusal.noResource(resource);
              }
              Abandonment.refuse(abandoning.result().get(resource));
              return PgGroup.settle(transaction, List.of(decide.apply(family)));
            })
        .map(
            settlement ->
                new PgTransaction.Result<>(settlement.answers().get(0), settlement.writes()));
  }

  Future<ResourceRow> insert(ChildCreate root) {
    ListName list = root.list();
    Tuple arguments =
        PgArrays.tuple(
            root.uuid(),
            root.label(),
            list.queue(),
            list.type(),
            list.version(),
            list.priority(),
            root.state(),
            root.attrs());
    return PgTransaction.run(
        database,
        transaction ->
            transaction
                .send(CommandSql.INSERT, arguments)
                .map(
                    rows -> {
                      for (Row row : rows) {
                        return PgTransaction.Result.commit(Rows.resource(row));
                      }
                      throw new Refusal(
                          Refusal.Code.EXISTS,
                          "a %s labelled '%s' is there already"
                              .formatted(list.type(), root.label()));
                    }));
  }

  Future<@Nullable Family> family(UUID resource) {
    return load.load(List.of(resource), Work.Sees.ITSELF)
        .map(loaded -> loaded.families().isEmpty() ? null : loaded.families().get(0));
  }

  Future<@Nullable SubjectKey> taskKey(UUID task) {
    return database
        .inTime(database.engine().preparedQuery(LoadSql.TASK_KEY).execute(Tuple.of(task)))
        .map(
            rows -> {
              for (Row row : rows) {
                return new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1));
              }
              return null;
            });
  }
}
