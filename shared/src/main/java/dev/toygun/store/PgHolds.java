package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds: put, read, released, and what they held moved by the time they did. */
final class PgHolds {
  private static final Logger LOG = LoggerFactory.getLogger(PgHolds.class);

  /** How many resources are moved at a time. */
  private static final int PAGE = 2_000;

  /** After so many pages it is read anew what is held. */
  private static final int PAGES = 20;

  private final Database database;

  PgHolds(Database database) {
    this.database = database;
  }

  Future<List<Hold>> active() {
    return database
        .inTime(database.engine().preparedQuery(HoldSql.ACTIVE).execute())
        .map(rows -> PgLoad.decoded(rows, AlarmRows::hold));
  }

  Future<Hold> hold(Hold.Request request, Stamp by) {
    Tuple arguments =
        PgArrays.tuple(
            request.uuid(),
            request.scope().stored(),
            request.resource(),
            request.name(),
            request.reason(),
            by.actor(),
            PgArrays.time(request.until()));
    return database
        .inTime(isRoom(database.engine()))
        .compose(
            room ->
                database.inTime(database.engine().preparedQuery(HoldSql.INSERT).execute(arguments)))
        .map(
            rows -> {
              for (Row row : rows) {
                return AlarmRows.hold(row);
              }
              throw request.refused();
            });
  }

  /** Fails with a {@link Refusal} where no more can be put. */
  static Future<Void> isRoom(SqlClient client) {
    return client
        .preparedQuery(HoldSql.ROOM)
        .execute()
        .map(
            rows -> {
              if (!Rows.flag(rows.iterator().next(), 0)) {
                throw Hold.tooMany();
              }
              return null;
            });
  }

  Future<List<Hold>> release(Set<UUID> holds, Stamp by) {
    Tuple arguments = Tuple.of(holds.toArray(new UUID[0]), by.actor());
    return database
        .inTime(database.engine().preparedQuery(HoldSql.RELEASE).execute(arguments))
        .map(rows -> PgLoad.decoded(rows, AlarmRows::hold));
  }

  /**
   * Some pages of what is over; true while there may be more. A row that somebody has locked, or
   * that cannot be moved, keeps its own hold waiting, and no other.
   */
  Future<Boolean> settle() {
    return settle(List.of(), PAGES);
  }

  private Future<Boolean> settle(List<UUID> blocked, int pages) {
    List<UUID> tried = new ArrayList<>();
    return PgTransaction.run(database, transaction -> page(transaction, blocked, tried))
        .transform(
            done -> {
              if (done.failed()) {
                return tried.isEmpty()
                    ? Future.failedFuture(done.cause())
                    : past(tried.get(0), done.cause(), blocked, pages);
              }
              return done.result() && pages > 1
                  ? settle(blocked, pages - 1).map(true)
                  : Future.succeededFuture(done.result());
            });
  }

  /** A page of the first hold that is over and not blocked; notes which one that is. */
  private static Future<PgTransaction.Result<Boolean>> page(
      PgTransaction transaction, List<UUID> blocked, List<UUID> tried) {
    tried.clear();
    return transaction
        .send(HoldSql.OVER, PgArrays.tuple((Object) blocked.toArray(new UUID[0])))
        .compose(
            rows -> {
              for (Row row : rows) {
                tried.add(Rows.uuid(row, 0));
                return page(transaction, row).map(more -> PgTransaction.Result.commit(true));
              }
              return Future.succeededFuture(PgTransaction.Result.nothing(false));
            });
  }

  /* Where the database is away the next page cannot even be looked for, and fails for that. */
  private Future<Boolean> past(UUID hold, Throwable failure, List<UUID> blocked, int pages) {
    if (Locked.caused(failure)) {
      LOG.warn("hold {} is over, and holds until who has locked what it held lets go", hold);
    } else {
      LOG.error("hold {} is over, and holds, as what it held could not be moved", hold, failure);
    }
    List<UUID> more = new ArrayList<>(blocked);
    more.add(hold);
    return settle(more, pages);
  }

  private static Future<?> page(PgTransaction to, Row hold) {
    UUID uuid = Rows.uuid(hold, 0);
    UUID root = hold.getUUID(2);
    UUID upto = Rows.uuid(hold, 4);
    Tuple next = root == null ? Tuple.of(upto, PAGE) : Tuple.of(root, upto, PAGE);
    return to.send(root == null ? HoldSql.NEXT : HoldSql.NEXT_OF_SUBTREE, next)
        .map(
            rows -> {
              if (rows.size() == 0) {
                to.send(HoldSql.MOVE_HOPS, Tuple.of(uuid));
                to.send(HoldSql.SETTLE, Tuple.of(uuid));
                return to.send(AlarmSql.FREE, Tuple.of(new UUID[] {uuid}));
              }
              UUID last = upto;
              List<UUID> active = new ArrayList<>();
              for (Row row : rows) {
                last = Rows.uuid(row, 0);
                if (Rows.flag(row, 1)) {
                  active.add(last);
                }
              }
              if (!active.isEmpty()) {
                move(to, hold, active.toArray(new UUID[0]));
              }
              return to.send(HoldSql.ADVANCE, Tuple.of(uuid, last));
            });
  }

  private static void move(PgTransaction to, Row hold, UUID[] resources) {
    String scope = Rows.text(hold, 1);
    Long spread = hold.getLong(7);
    if (spread != null) {
      to.send(
          HoldSql.MOVE_KEPT,
          PgArrays.tuple(
              resources,
              Rows.uuid(hold, 0),
              hold.getOffsetDateTime(5),
              hold.getOffsetDateTime(6),
              spread));
      return;
    }
    String name = hold.getString(3);
    String type = of("type", scope, name);
    String queue = of("queue", scope, name);
    String task = of("task", scope, name);
    Object uuid = Rows.uuid(hold, 0);
    Object since = hold.getOffsetDateTime(5);
    Object until = hold.getOffsetDateTime(6);
    if (task == null) {
      to.send(HoldSql.MOVE_RESOURCES, PgArrays.tuple(resources, type, queue, uuid, since, until));
    }
    to.send(HoldSql.MOVE_TASKS, PgArrays.tuple(resources, type, queue, uuid, since, until, task));
    to.send(ScheduleSql.OWED, PgArrays.tuple((Object) resources));
  }

  private static @Nullable String of(String wanted, String scope, @Nullable String name) {
    return scope.equals(wanted) ? name : null;
  }
}
