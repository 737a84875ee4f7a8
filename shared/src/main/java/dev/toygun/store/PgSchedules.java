package dev.toygun.store;

import dev.toygun.store.PgTransaction.Result;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts tasks by their schedules, page by page, and sees to it that each has a row. */
final class PgSchedules {
  private static final Logger LOG = LoggerFactory.getLogger(PgSchedules.class);

  private final Database database;
  private final PgLoad load;

  PgSchedules(Database database, PgLoad load) {
    this.database = database;
    this.load = load;
  }

  /** In the commit that makes these resources, or takes them to another version. */
  static void enrol(PgTransaction to, UUID... resources) {
    to.send(ScheduleSql.ENROL, PgArrays.tuple((Object) resources));
  }

  static ScheduleRow row(Row row) {
    return new ScheduleRow(
        Rows.uuid(row, 0),
        Rows.text(row, 1),
        Rows.text(row, 2),
        Rows.maybeTime(row, 3),
        Rows.time(row, 4),
        Rows.maybeTime(row, 5),
        Rows.text(row, 6),
        Rows.maybeTime(row, 7));
  }

  /** A page of a type whose schedules are other ones by now; whether there may be more. */
  Future<Boolean> enrol(int page) {
    return PgTransaction.run(
        database,
        to ->
            to.send(ScheduleSql.ENROLLING, Tuple.tuple())
                .compose(
                    types ->
                        types.size() == 0
                            ? Future.succeededFuture(Result.nothing(false))
                            : enrol(to, types.iterator().next(), page)));
  }

  private static Future<Result<Boolean>> enrol(PgTransaction to, Row type, int page) {
    String name = Rows.text(type, 0);
    OffsetDateTime after = type.getOffsetDateTime(2);
    return to.send(ScheduleSql.NEXT, PgArrays.tuple(name, after, Rows.uuid(type, 3), (long) page))
        .map(
            rows -> {
              List<UUID> found = new ArrayList<>();
              OffsetDateTime upto = after;
              for (Row row : rows) {
                found.add(Rows.uuid(row, 0));
                upto = row.getOffsetDateTime(1);
              }
              if (!found.isEmpty()) {
                enrol(to, found.toArray(UUID[]::new));
              }
              boolean more = found.size() == page;
              UUID last = found.isEmpty() ? null : found.get(found.size() - 1);
              to.send(
                  ScheduleSql.ENROLLED, PgArrays.tuple(name, type.getInteger(1), upto, last, more));
              return Result.commit(more);
            });
  }

  /** Sees to a page of what is due. */
  Future<Scheduled> start(int page, Supplier<UUID> runs, Stamp by) {
    return query(ScheduleSql.DUE, Tuple.of((long) page))
        .compose(
            due -> {
              Set<UUID> resources = new HashSet<>();
              due.forEach(row -> resources.add(Rows.uuid(row, 0)));
              if (resources.isEmpty()) {
                return Future.succeededFuture(Scheduled.NOTHING);
              }
              UUID[] uuids = resources.stream().sorted(SubjectKey.UUID_ORDER).toArray(UUID[]::new);
              return query(HoldSql.IN_FORCE, Tuple.tuple())
                  .map(rows -> PgLoad.decoded(rows, AlarmRows::hold))
                  .compose(holds -> start(uuids, holds, runs, by))
                  .map(done -> done.more(due.size() == page));
            });
  }

  /** All at once; or, where the database refuses one of them, one after the other. */
  private Future<Scheduled> start(
      UUID[] resources, List<Hold> holds, Supplier<UUID> runs, Stamp by) {
    return PgTransaction.run(database, to -> started(to, resources, holds, runs, by))
        .recover(
            refused -> {
              if (refused instanceof UnknownOutcome || refused instanceof Locked) {
                return Future.failedFuture(refused);
              }
              if (resources.length == 1) {
                return putOff(resources[0], refused);
              }
              Future<Scheduled> all = Future.succeededFuture(Scheduled.NOTHING);
              for (UUID resource : resources) {
                UUID[] alone = {resource};
                all = all.compose(before -> start(alone, holds, runs, by).map(before::and));
              }
              return all;
            });
  }

  private Future<Scheduled> putOff(UUID resource, Throwable refused) {
    LOG.error("the database refuses what the schedules of {} start", resource, refused);
    return query(ScheduleSql.PUT_OFF, Tuple.of(resource, "not started: " + refused.getMessage()))
        .map(rows -> Scheduled.NOTHING);
  }

  /*
   * In the order of all locks: resources, then tasks, then their schedules. What others hold is left
   * for the next look.
   */
  private Future<Result<Scheduled>> started(
      PgTransaction to, UUID[] resources, List<Hold> holds, Supplier<UUID> runs, Stamp by) {
    Tuple which = PgArrays.tuple((Object) resources);
    Future<RowSet<Row>> now = to.send(LoadSql.NOW, Tuple.tuple());
    Future<RowSet<Row>> free = to.send(LockSql.FREE, which);
    Future<RowSet<Row>> tasks = to.send(LockSql.FREE_TASKS, which);
    Future<RowSet<Row>> due = to.send(ScheduleSql.DUE_OF, which);
    return load.families(to.connection(), resources)
        .compose(families -> due.map(families))
        .compose(
            families -> {
              Set<UUID> held = new HashSet<>();
              free.result().forEach(row -> held.add(Rows.uuid(row, 0)));
              tasks.result().forEach(row -> held.add(Rows.uuid(row, 0)));
              Instant at = Rows.time(now.result().iterator().next(), 0);
              ScheduleBook book = new ScheduleBook(at, holds, by, runs);
              List<ScheduleBook.Page> pages = judged(book, families, held, due.result());
              return settled(to, pages, at);
            });
  }

  private static List<ScheduleBook.Page> judged(
      ScheduleBook book, Map<UUID, Family> families, Set<UUID> held, RowSet<Row> due) {
    Map<UUID, List<ScheduleRow>> rows = new LinkedHashMap<>();
    Map<List<Object>, @Nullable String> wanted = new HashMap<>();
    for (Row row : due) {
      ScheduleRow one = row(row);
      rows.computeIfAbsent(one.resource(), key -> new ArrayList<>()).add(one);
      wanted.put(List.of(one.resource(), one.name()), row.getString(8));
    }
    List<ScheduleBook.Page> pages = new ArrayList<>();
    rows.forEach(
        (resource, its) -> {
          Family family = families.get(resource);
          if (family == null || PgRequests.isHeld(family, held)) {
            pages.add(book.judge(family, its, name -> wanted.get(List.of(resource, name))));
          }
        });
    return pages;
  }

  private static Future<Result<Scheduled>> settled(
      PgTransaction to, List<ScheduleBook.Page> pages, Instant now) {
    List<Outcome> outcomes = pages.stream().flatMap(page -> page.starts().stream()).toList();
    if (outcomes.isEmpty()) {
      return Future.succeededFuture(Result.commit(written(to, pages, Map.of(), now)));
    }
    return PgGroup.settle(to, outcomes)
        .map(
            settlement -> {
              Map<Outcome, Committed> answers = new HashMap<>();
              for (int i = 0; i < outcomes.size(); i++) {
                answers.put(outcomes.get(i), settlement.answers().get(i));
              }
              return Result.commit(written(to, pages, answers, now));
            });
  }

  private static Scheduled written(
      PgTransaction to,
      List<ScheduleBook.Page> pages,
      Map<Outcome, Committed> answers,
      Instant now) {
    List<ScheduleRow> kept = new ArrayList<>();
    List<ScheduleRow> over = new ArrayList<>();
    List<Committed.Woken> woken = new ArrayList<>();
    int started = 0;
    for (ScheduleBook.Page page : pages) {
      Outcome outcome = page.starts().orElse(null);
      Committed answer = outcome == null ? null : answers.get(outcome);
      if (answer != null && answer.isOvertaken()) {
        continue; // It is due still, for the next look.
      }
      ScheduleBook.Page then =
          answer instanceof Committed.Refused refused ? page.refused(now, refused.message()) : page;
      kept.addAll(then.kept());
      over.addAll(then.over());
      if (outcome != null && answer instanceof Committed.Done done) {
        started += outcome.starts().size();
        woken.addAll(page.due(done));
      }
    }
    if (!kept.isEmpty()) {
      to.send(
          ScheduleSql.WRITE,
          PgArrays.tuple(
              PgArrays.uuids(kept, ScheduleRow::resource),
              PgArrays.texts(kept, ScheduleRow::name),
              PgArrays.texts(kept, ScheduleRow::spec),
              PgArrays.times(kept, ScheduleRow::nextAt),
              PgArrays.times(kept, ScheduleRow::dueAt),
              PgArrays.times(kept, ScheduleRow::lastAt),
              PgArrays.texts(kept, ScheduleRow::note),
              PgArrays.times(kept, ScheduleRow::failedAt)));
    }
    if (!over.isEmpty()) {
      to.send(
          ScheduleSql.REMOVE,
          PgArrays.tuple(
              PgArrays.uuids(over, ScheduleRow::resource),
              PgArrays.texts(over, ScheduleRow::name)));
    }
    return new Scheduled(false, started, woken);
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
