package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Subtrees that are abandoned: asked for, and ended from the leaves up. */
final class PgAbandonments {
  private static final Logger LOG = LoggerFactory.getLogger(PgAbandonments.class);

  private final Database database;
  private final PgLoad load;

  PgAbandonments(Database database, PgLoad load) {
    this.database = database;
    this.load = load;
  }

  /**
   * For each of these resources that is being abandoned, by itself or with something above it, the
   * hold; as a transaction sees it.
   */
  static Future<Map<UUID, Hold>> abandoning(PgTransaction transaction, UUID... resources) {
    return transaction
        .send(AbandonSql.ABANDONING, PgArrays.tuple((Object) resources))
        .map(
            rows -> {
              Map<UUID, Hold> found = new HashMap<>();
              rows.forEach(row -> found.put(Rows.uuid(row, 10), AlarmRows.hold(row)));
              return found;
            });
  }

  Future<Hold> abandon(Abandonment asked, Stamp by) {
    UUID resource = asked.resource();
    UUID[] alone = {resource};
    return PgTransaction.run(
        database,
        transaction -> {
          transaction.send(LockSql.WAITED, PgArrays.tuple((Object) alone));
          Future<Map<UUID, Hold>> abandoning = abandoning(transaction, resource);
          return load.families(transaction.connection(), alone)
              .compose(families -> abandoning.map(families.get(resource)))
              .compose(
                  family -> {
                    Hold there =
                        asked.judge(
                            family == null ? null : family.resource(),
                            abandoning.result().get(resource));
                    return there == null
                        ? put(transaction, asked, by)
                        : Future.succeededFuture(PgTransaction.Result.nothing(there));
                  });
        });
  }

  private static Future<PgTransaction.Result<Hold>> put(
      PgTransaction transaction, Abandonment asked, Stamp by) {
    return PgHolds.isRoom(transaction.connection())
        .compose(
            room ->
                transaction.send(
                    AbandonSql.INSERT,
                    Tuple.of(asked.hold(), asked.resource(), asked.reason(), by.actor())))
        .map(rows -> PgTransaction.Result.commit(AlarmRows.hold(rows.iterator().next())));
  }

  /** Ends a page of leaves; the hold is over where nothing is left. */
  Future<Boolean> end(Hold hold, Stamp by) {
    return query(AbandonSql.ROOT, Tuple.of(Abandonment.root(hold)))
        .compose(
            root ->
                root.size() == 0
                    ? query(AbandonSql.OVER, Tuple.of(hold.uuid())).map(over -> false)
                    : leaves(List.of(Abandonment.root(hold)), new ArrayList<>())
                        .compose(leaves -> load.load(leaves, Work.Sees.ITSELF))
                        .compose(loaded -> end(hold, loaded, by)));
  }

  /*
   * Down from the root, a page of each level. Who has no active child is seen where the whole level
   * below was read; whoever gets one meanwhile is refused as occupied, and comes again.
   */
  private Future<List<UUID>> leaves(List<UUID> level, List<UUID> leaves) {
    return query(AbandonSql.CHILDREN, Tuple.of(level.toArray(new UUID[0]), (long) Abandonment.PAGE))
        .compose(
            rows -> {
              Set<UUID> parents =
                  PgLoad.decoded(rows, row -> Rows.uuid(row, 1)).stream()
                      .collect(Collectors.toSet());
              if (rows.size() < Abandonment.PAGE) {
                level.stream().filter(uuid -> !parents.contains(uuid)).forEach(leaves::add);
              }
              List<UUID> below = PgLoad.decoded(rows, row -> Rows.uuid(row, 0));
              return below.isEmpty() || leaves.size() >= Abandonment.PAGE
                  ? Future.succeededFuture(
                      leaves.subList(0, Math.min(leaves.size(), Abandonment.PAGE)))
                  : leaves(below, leaves);
            });
  }

  /** All at once; or, where the database refuses one of them, one after the other. */
  private Future<Boolean> end(Hold hold, Loaded leaves, Stamp by) {
    return commit(Abandonment.page(hold, leaves, by))
        .recover(
            refused -> {
              if (refused instanceof UnknownOutcome || leaves.families().size() == 1) {
                return Future.failedFuture(refused);
              }
              Future<Boolean> any = Future.succeededFuture(false);
              for (Family family : leaves.families()) {
                Loaded one = new Loaded(leaves.now(), List.of(family));
                any = any.compose(before -> alone(hold, one, by).map(done -> before || done));
              }
              return any;
            });
  }

  private Future<Boolean> alone(Hold hold, Loaded leaf, Stamp by) {
    return commit(Abandonment.page(hold, leaf, by))
        .recover(
            refused -> {
              LOG.error(
                  "the database refuses to end {}",
                  leaf.families().get(0).resource().uuid(),
                  refused);
              return Future.succeededFuture(false);
            });
  }

  private Future<Boolean> commit(List<Outcome> page) {
    return page.isEmpty()
        ? Future.succeededFuture(false)
        : PgGroup.commit(database, page)
            .map(answers -> answers.stream().anyMatch(a -> a instanceof Committed.Done));
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
