package dev.toygun.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Publishes what workers define. */
final class PgTypes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;

  PgTypes(Database database) {
    this.database = database;
  }

  /** All or none; one after the other, since a worker defines few. */
  Future<Void> publish(List<TypeDefinition> definitions, String build) {
    return PgTransaction.run(
            database,
            transaction -> {
              Future<Boolean> all = Future.succeededFuture(true);
              for (TypeDefinition definition : definitions) {
                all = all.compose(before -> publish(transaction, definition, build));
              }
              return all.map(PgTransaction.Result::commit);
            })
        .mapEmpty();
  }

  private static Future<Boolean> publish(
      PgTransaction transaction, TypeDefinition definition, String build) {
    String shape = TypeShape.of(definition);
    String name = definition.name();
    int version = definition.version();
    transaction.send(CommandSql.PUBLISHED_BY, Tuple.of(name, version, build));
    return transaction
        .send(
            CommandSql.PUBLISH,
            PgArrays.tuple(name, version, json(name, definition), shape, schedules(definition)))
        .compose(
            rows ->
                rows.size() > 0
                    ? Future.succeededFuture(true)
                    : transaction
                        .send(CommandSql.PUBLISHED, Tuple.of(name, version))
                        .compose(
                            other -> {
                              String published = Rows.text(other.iterator().next(), 0);
                              return Future.failedFuture(TypeShape.differs(definition, published));
                            }));
  }

  /** The schedules of its tasks by name, each as text; null where none has any. */
  private static @Nullable String schedules(TypeDefinition definition) {
    Map<String, String> schedules = new TreeMap<>();
    for (TypeDefinition.TaskDefinition task : definition.tasks()) {
      if (task.schedule() != null) {
        schedules.put(task.name(), task.schedule().text());
      }
    }
    return schedules.isEmpty() ? null : json(definition.name(), schedules);
  }

  private static String json(String type, Object part) {
    try {
      return JSON.writeValueAsString(part);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write the definition of " + type, e);
    }
  }
}
