package dev.toygun.store;

import dev.toygun.Availability;
import dev.toygun.End;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of rows, by the place of each column in the statements that read them. */
final class Rows {
  private Rows() {}

  /**
   * {@code uuid, parent_uuid, path, label}, a machine, {@code deleting, availability, misses,
   * planned_until, observers}.
   */
  static ResourceRow resource(Row row) {
    return new ResourceRow(
        uuid(row, 0),
        row.getUUID(1),
        List.of(Objects.requireNonNull(row.getArrayOfUUIDs(2))),
        text(row, 3),
        machine(row, null),
        ResourceRow.Deleting.valueOf(text(row, 25).toUpperCase(Locale.ROOT)),
        new Observed(
            Availability.ofStored(text(row, 26)),
            number(row, 27),
            maybeTime(row, 28),
            texts(row, 29)));
  }

  /** Of {@link LoadSql#FAMILIES}, where a task comes after what only a resource has. */
  static TaskRow taskOfFamily(Row row) {
    String end = row.getString(32);
    return new TaskRow(
        new SubjectKey(uuid(row, 1), uuid(row, 0)),
        text(row, 30),
        big(row, 31),
        machine(row, maybeTime(row, 41)),
        end == null ? null : End.ofStored(end),
        text(row, 33),
        text(row, 34),
        Cause.ofStored(text(row, 35)),
        number(row, 36),
        Admission.ofStored(row.getString(40)));
  }

  /** The columns that every machine has, from the fifth on. */
  private static MachineRow machine(Row row, @Nullable Instant runDeadlineAt) {
    return new MachineRow(
        text(row, 8),
        big(row, 9),
        big(row, 10),
        big(row, 11),
        big(row, 12),
        number(row, 13),
        row.getString(14),
        text(row, 15),
        new ListName(text(row, 6), text(row, 4), number(row, 5), number(row, 7)),
        maybeTime(row, 16),
        row.getInteger(17),
        maybeTime(row, 18),
        runDeadlineAt,
        flag(row, 19),
        flag(row, 20),
        row.getUUID(21),
        time(row, 22),
        time(row, 23),
        maybeTime(row, 24));
  }

  /** Of {@link LoadSql#FAMILIES}. */
  static SignalRow signalOfFamily(Row row) {
    return new SignalRow(
        uuid(row, 0),
        new SubjectKey(uuid(row, 1), uuid(row, 37)),
        text(row, 4),
        text(row, 15),
        text(row, 38),
        time(row, 22));
  }

  /** In the order of {@link ErrorRow}, its subject being two columns. */
  static ErrorRow error(Row row) {
    return error(row, 0);
  }

  /** The same from this column on. */
  static ErrorRow error(Row row, int first) {
    return new ErrorRow(
        uuid(row, first),
        new SubjectKey(uuid(row, first + 1), uuid(row, first + 2)),
        text(row, first + 3),
        text(row, first + 4),
        text(row, first + 5),
        row.getString(first + 6),
        row.getString(first + 7),
        text(row, first + 8),
        big(row, first + 9),
        number(row, first + 10),
        text(row, first + 11),
        text(row, first + 12),
        time(row, first + 13),
        row.getString(first + 14));
  }

  /** {@code queue, type, schema_version, priority}, from this column on. */
  static ListName list(Row row, int first) {
    return new ListName(
        text(row, first), text(row, first + 1), number(row, first + 2), number(row, first + 3));
  }

  static UUID uuid(Row row, int column) {
    return Objects.requireNonNull(row.getUUID(column));
  }

  static String text(Row row, int column) {
    return Objects.requireNonNull(row.getString(column));
  }

  static List<String> texts(Row row, int column) {
    return List.of(Objects.requireNonNull(row.getArrayOfStrings(column)));
  }

  static int number(Row row, int column) {
    return Objects.requireNonNull(row.getInteger(column));
  }

  static long big(Row row, int column) {
    return Objects.requireNonNull(row.getLong(column));
  }

  static boolean flag(Row row, int column) {
    return Objects.requireNonNull(row.getBoolean(column));
  }

  static Instant time(Row row, int column) {
    return Objects.requireNonNull(maybeTime(row, column));
  }

  static @Nullable Instant maybeTime(Row row, int column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }
}
