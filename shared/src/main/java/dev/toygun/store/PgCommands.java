package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries out operators' requests. */
final class PgCommands {
  private final Database database;
  private final PgLoad load;
  private final PgRequests requests;
  private final PgStarts starts;

  PgCommands(Vertx vertx, Database database, PgLoad load) {
    this.database = database;
    this.load = load;
    this.requests = new PgRequests(vertx, database, load);
    this.starts = new PgStarts(vertx, database);
  }

  Future<Committed.Done> transact(UUID resource, Function<Family, Outcome> decide) {
    return requests.ask(resource, decide);
  }

  Future<Optional<Begun>> begin(PlainStart start, Cause cause) {
    return starts.ask(start, cause);
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
        transaction -> {
          Future<RowSet<Row>> made = transaction.send(CommandSql.INSERT, arguments);
          PgSchedules.enrol(transaction, root.uuid());
          return made.map(
              rows -> {
                for (Row row : rows) {
                  return PgTransaction.Result.commit(Rows.resource(row));
                }
                throw root.exists();
              });
        });
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
