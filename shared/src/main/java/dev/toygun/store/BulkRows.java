package dev.toygun.store;

import dev.toygun.Availability;
import dev.toygun.End;
import dev.toygun.store.Bulk.Item;
import dev.toygun.store.Bulk.Result;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bulk runs and their items, as the columns of {@link BulkSql} have them. */
final class BulkRows {
  private BulkRows() {}

  static Bulk bulk(Row row) {
    Map<Result, Long> counts = new EnumMap<>(Result.class);
    counts.put(Result.WAITING, Rows.big(row, 31));
    counts.put(Result.BEGUN, Rows.big(row, 32));
    counts.put(Result.DONE, Rows.big(row, 33));
    counts.put(Result.SKIPPED, Rows.big(row, 34));
    counts.put(Result.FAILED, Rows.big(row, 35));
    return new Bulk(
        Rows.uuid(row, 0),
        order(row),
        Rows.text(row, 19),
        Rows.text(row, 20),
        row.getString(21),
        Bulk.State.ofStored(Rows.text(row, 22)),
        new Bulk.Course(
            Rows.maybeTime(row, 24),
            Rows.uuid(row, 25),
            Rows.flag(row, 26),
            Rows.flag(row, 27),
            Rows.big(row, 28),
            Rows.time(row, 29),
            Rows.maybeTime(row, 30)),
        counts,
        Rows.text(row, 23),
        Rows.big(row, 36),
        Rows.time(row, 37),
        Rows.time(row, 38),
        Rows.maybeTime(row, 39));
  }

  private static BulkOrder order(Row row) {
    String availability = row.getString(7);
    return new BulkOrder(
        Rows.text(row, 1),
        Rows.number(row, 2),
        new BulkOrder.Filter(
            List.of(Objects.requireNonNull(row.getArrayOfStrings(3))),
            row.getString(4),
            row.getArrayOfStrings(5) == null ? null : List.of(row.getArrayOfStrings(5)),
            row.getUUID(6),
            availability == null ? null : Availability.ofStored(availability),
            Rows.text(row, 8),
            row.getUUID(40)),
        BulkOrder.Action.ofStored(Rows.text(row, 9)),
        row.getString(10),
        row.getString(11),
        Rows.text(row, 12),
        new BulkOrder.Going(
            row.getInteger(13),
            Duration.ofSeconds(Rows.number(row, 14)),
            Rows.number(row, 15),
            Duration.ofSeconds(Rows.number(row, 16)),
            row.getInteger(17),
            row.getInteger(18)));
  }

  /** For {@link BulkSql#INSERT}, which says itself when it is made. */
  static Tuple inserted(Bulk bulk) {
    BulkOrder order = bulk.order();
    BulkOrder.Filter filter = order.filter();
    BulkOrder.Going going = order.going();
    List<@Nullable Object> values = new ArrayList<>();
    values.add(bulk.uuid());
    values.add(order.type());
    values.add(order.version());
    values.add(filter.asked().toArray(String[]::new));
    values.addAll(filter(filter));
    values.add(order.action().stored());
    values.add(order.task());
    values.add(order.signal());
    values.add(order.content());
    values.add(going.rate());
    values.add((int) going.per().toSeconds());
    values.add(going.canary());
    values.add((int) going.watch().toSeconds());
    values.add(going.haltAfter());
    values.add(going.haltShare());
    values.add(bulk.actor());
    values.add(bulk.reason());
    values.add(bulk.trace());
    values.add(bulk.state().stored());
    values.add(bulk.note());
    values.add(PgArrays.time(bulk.course().gatheredAt()));
    values.add(bulk.course().gathered());
    values.add(bulk.course().complete());
    values.add(bulk.course().proven());
    values.add(bulk.course().haltsAt());
    values.addAll(counts(bulk));
    values.add(filter.under());
    return Tuple.from(values);
  }

  /** {@code label, states, parent_uuid, availability, fields}. */
  static List<@Nullable Object> filter(BulkOrder.Filter filter) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(filter.label());
    values.add(filter.states() == null ? null : filter.states().toArray(String[]::new));
    values.add(filter.parent());
    values.add(filter.availability() == null ? null : filter.availability().stored());
    values.add(filter.fields());
    return values;
  }

  private static List<Long> counts(Bulk bulk) {
    return List.of(
        bulk.count(Result.WAITING),
        bulk.count(Result.BEGUN),
        bulk.count(Result.DONE),
        bulk.count(Result.SKIPPED),
        bulk.count(Result.FAILED));
  }

  /** For {@link BulkSql#WRITE}. */
  static Tuple written(Bulk bulk) {
    Bulk.Course course = bulk.course();
    List<@Nullable Object> values = new ArrayList<>();
    values.add(bulk.uuid());
    values.add(bulk.state().stored());
    values.add(bulk.note());
    values.add(PgArrays.time(course.gatheredAt()));
    values.add(course.gathered());
    values.add(course.complete());
    values.add(course.proven());
    values.add(course.haltsAt());
    values.add(PgArrays.time(course.freeAt()));
    values.add(PgArrays.time(course.dueAt()));
    values.addAll(counts(bulk));
    values.add(PgArrays.time(bulk.endedAt()));
    return Tuple.from(values);
  }

  /** For {@link BulkSql#WRITE_ITEMS}. */
  static Tuple written(UUID bulk, List<Item> items) {
    return PgArrays.tuple(
        bulk,
        PgArrays.uuids(items, Item::resource),
        PgArrays.texts(items, item -> item.result().stored()),
        PgArrays.uuids(items, Item::subject),
        PgArrays.texts(items, Item::code),
        PgArrays.texts(items, Item::message),
        PgArrays.times(items, Item::at),
        PgArrays.times(items, Item::dueAt));
  }

  static Bulks.Seen seen(Row row) {
    Item item =
        new Item(
            Rows.uuid(row, 0),
            Result.ofStored(Rows.text(row, 1)),
            row.getUUID(2),
            row.getString(3),
            Rows.text(row, 4),
            Rows.maybeTime(row, 5),
            Rows.maybeTime(row, 6));
    return new Bulks.Seen(item, row.getString(7));
  }

  /** One that is watched. */
  static Item begun(Row row) {
    return new Item(
        Rows.uuid(row, 0),
        Result.BEGUN,
        Rows.uuid(row, 1),
        null,
        Rows.text(row, 2),
        Rows.time(row, 3),
        Rows.time(row, 4));
  }

  /** How what it began stands; null where that is not there any more. */
  static BulkWatch.@Nullable Standing standing(Row row) {
    String state = row.getString(5);
    String end = row.getString(7);
    return state == null
        ? null
        : new BulkWatch.Standing(state, Rows.flag(row, 6), end == null ? null : End.ofStored(end));
  }
}
