package dev.toygun.store;

import dev.toygun.store.TypeDefinition.EfficacyDefinition;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notes and judges repairs, and demotes tasks, on Postgres. */
final class PgRepairs implements Repairs {
  private final Database database;

  PgRepairs(Database database) {
    this.database = database;
  }

  @Override
  public Future<List<Line>> declared() {
    return query(RepairSql.DECLARED, Tuple.tuple())
        .map(
            rows ->
                PgLoad.decoded(
                    rows,
                    row ->
                        new Line(
                            Rows.text(row, 0),
                            Rows.text(row, 1),
                            Rows.text(row, 2),
                            Rows.flag(row, 3),
                            row.getInteger(4) == null
                                ? null
                                : new EfficacyDefinition(
                                    Rows.number(row, 4), Rows.number(row, 5)))));
  }

  @Override
  public Future<Instant> note(List<Line> lines, Instant from, int most) {
    return query(
            RepairSql.NOTE,
            PgArrays.tuple(
                PgArrays.texts(lines, Line::type),
                PgArrays.texts(lines, Line::alarm),
                PgArrays.texts(lines, Line::task),
                PgArrays.time(from),
                (long) most))
        .map(rows -> Rows.time(rows.iterator().next(), 0));
  }

  @Override
  public Future<Integer> judge(List<Line> lines, int most) {
    return query(
            RepairSql.DUE,
            PgArrays.tuple(
                PgArrays.texts(lines, Line::type),
                PgArrays.texts(lines, Line::alarm),
                PgArrays.texts(lines, Line::task),
                (long) most))
        .compose(
            rows -> {
              List<RepairRow> before = new ArrayList<>();
              List<RepairRow> after = new ArrayList<>();
              List<RepairRow> gone = new ArrayList<>();
              for (Row row : rows) {
                RepairRow repair = repair(row);
                Optional<RepairRow> judged = RepairBook.judge(repair, seen(row));
                if (judged.isPresent()) {
                  before.add(repair);
                  after.add(judged.get());
                } else {
                  gone.add(repair);
                }
              }
              return judged(before, after)
                  .compose(done -> drop(gone))
                  .map(done -> before.size() + gone.size());
            });
  }

  private static RepairRow repair(Row row) {
    return new RepairRow(
        new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)),
        Rows.uuid(row, 2),
        Rows.flag(row, 3),
        Rows.flag(row, 4),
        Rows.time(row, 5),
        Rows.time(row, 6),
        Rows.maybeTime(row, 7),
        Rows.maybeTime(row, 8),
        Rows.maybeTime(row, 9));
  }

  private static Seen seen(Row row) {
    return new Seen(
        Rows.time(row, 10),
        Rows.maybeTime(row, 11),
        Rows.maybeTime(row, 12),
        Rows.maybeTime(row, 13),
        Rows.flag(row, 14));
  }

  private Future<?> judged(List<RepairRow> before, List<RepairRow> after) {
    return after.isEmpty()
        ? Future.succeededFuture()
        : query(
            RepairSql.JUDGED,
            PgArrays.tuple(
                PgArrays.uuids(after, row -> row.run().uuid()),
                PgArrays.uuids(after, RepairRow::alarm),
                PgArrays.times(before, RepairRow::dueAt),
                PgArrays.times(after, RepairRow::clearedAt),
                PgArrays.times(after, RepairRow::relapsedAt),
                PgArrays.times(after, RepairRow::dueAt)));
  }

  private Future<?> drop(List<RepairRow> gone) {
    return gone.isEmpty()
        ? Future.succeededFuture()
        : query(
            RepairSql.DROP,
            PgArrays.tuple(
                PgArrays.uuids(gone, row -> row.run().uuid()),
                PgArrays.uuids(gone, RepairRow::alarm)));
  }

  @Override
  public Future<Integer> forget(int most) {
    return query(RepairSql.FORGET, Tuple.of(seconds(), (long) most)).map(RowSet::rowCount);
  }

  private static double seconds() {
    return RepairBook.KEEP.toSeconds();
  }

  @Override
  public Future<List<Figures>> figures(List<Line> lines) {
    Tuple asked =
        PgArrays.tuple(
            PgArrays.texts(lines, Line::type),
            PgArrays.texts(lines, Line::alarm),
            PgArrays.texts(lines, Line::task),
            seconds(),
            (long) RepairBook.COUNTED);
    return database
        .inTime(database.readers().preparedQuery(RepairSql.FIGURES).execute(asked))
        .map(
            rows -> {
              List<Figures> figures = new ArrayList<>();
              for (Row row : rows) {
                figures.add(figures(lines.get(figures.size()), row));
              }
              return figures;
            });
  }

  private static Figures figures(Line line, Row row) {
    Double median = row.getDouble(5);
    return new Figures(
        line,
        Rows.big(row, 0),
        Rows.big(row, 1),
        Rows.big(row, 2),
        Rows.big(row, 3),
        Rows.big(row, 4),
        median == null ? null : Duration.ofMillis(Math.round(median * 1_000)));
  }

  @Override
  public Future<List<Standing>> standing(List<Line> lines) {
    Map<String, @Nullable EfficacyDefinition> least = new HashMap<>();
    List<Line> tasks = new ArrayList<>();
    for (Line line : lines) {
      if (!least.containsKey(Demotion.name(line.type(), line.task()))) {
        least.put(Demotion.name(line.type(), line.task()), line.demoteBelow());
        tasks.add(line);
      }
    }
    return query(
            RepairSql.STANDING,
            PgArrays.tuple(
                PgArrays.texts(tasks, Line::type),
                PgArrays.texts(tasks, Line::task),
                PgArrays.bigs(
                    tasks, t -> t.demoteBelow() == null ? 0L : (long) t.demoteBelow().runs())))
        .map(
            rows ->
                PgLoad.decoded(
                        rows,
                        row -> {
                          Demotion demotion = demotion(row);
                          return new Standing(
                              demotion,
                              least.get(demotion.name()),
                              Rows.big(row, 7),
                              Rows.big(row, 8));
                        })
                    .stream()
                    .filter(it -> it.demoteBelow() != null || it.demotion().demoted())
                    .toList());
  }

  private static Demotion demotion(Row row) {
    return new Demotion(
        Rows.text(row, 0),
        Rows.text(row, 1),
        Rows.flag(row, 2),
        Rows.big(row, 3),
        Rows.time(row, 4),
        Rows.text(row, 5),
        Rows.text(row, 6));
  }

  @Override
  public Future<List<Demotion>> demotions() {
    return query(RepairSql.DEMOTED, Tuple.tuple())
        .map(rows -> PgLoad.decoded(rows, PgRepairs::demotion));
  }

  @Override
  public Future<Optional<Demotion>> change(DemotionChange change, UUID alarm) {
    Demotion before = change.before();
    return PgTransaction.run(
        database,
        to ->
            to.send(
                    RepairSql.CHANGE,
                    PgArrays.tuple(
                        before.type(),
                        before.task(),
                        before.version(),
                        change.demoted(),
                        change.actor(),
                        change.reason()))
                .compose(
                    rows -> {
                      for (Row row : rows) {
                        return alarm(to, change, alarm)
                            .map(told -> PgTransaction.Result.commit(Optional.of(demotion(row))));
                      }
                      return Future.succeededFuture(
                          PgTransaction.Result.<Optional<Demotion>>nothing(Optional.empty()));
                    }));
  }

  private static Future<Boolean> alarm(PgTransaction to, DemotionChange change, UUID alarm) {
    return change.demoted()
        ? SystemWatch.open(
            to, alarm, change.alarmName(), DemotionChange.SEVERITY, change.alarmMessage())
        : SystemWatch.close(to, change.alarmName(), Duration.ZERO);
  }

  private Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
