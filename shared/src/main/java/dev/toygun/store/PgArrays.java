package dev.toygun.store;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of values from a list of rows, as a statement takes it: whole batches go to the database
 * as one array for each column.
 */
final class PgArrays {
  private PgArrays() {}

  static <R> UUID[] uuids(List<R> rows, Function<R, @Nullable UUID> column) {
    return of(rows, column, UUID[]::new);
  }

  static <R> String[] texts(List<R> rows, Function<R, @Nullable String> column) {
    return of(rows, column, String[]::new);
  }

  static <R> Long[] bigs(List<R> rows, Function<R, @Nullable Long> column) {
    return of(rows, column, Long[]::new);
  }

  static <R> Integer[] numbers(List<R> rows, Function<R, @Nullable Integer> column) {
    return of(rows, column, Integer[]::new);
  }

  static <R> Boolean[] flags(List<R> rows, Function<R, Boolean> column) {
    return of(rows, column, Boolean[]::new);
  }

  static <R> OffsetDateTime[] times(List<R> rows, Function<R, @Nullable Instant> column) {
    return of(rows, row -> time(column.apply(row)), OffsetDateTime[]::new);
  }

  /** Arguments, of which any may be an array or null. */
  static Tuple tuple(@Nullable Object... values) {
    return Tuple.from(Arrays.asList(values));
  }

  /** As the client takes it. */
  static @Nullable OffsetDateTime time(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  /** Names as one text, since an array of arrays would have to be rectangular. */
  static String names(List<String> names) {
    return names.isEmpty() ? "" : names.size() == 1 ? names.get(0) : String.join(",", names);
  }

  private static <R, T> T[] of(
      List<R> rows, Function<R, ? extends @Nullable T> column, IntFunction<T[]> array) {
    T[] values = array.apply(rows.size());
    fill(values, rows, column);
    return values;
  }

  @SuppressWarnings("NullAway") // The array may hold nulls, which its type cannot say.
  private static <R, T> void fill(
      T[] values, List<R> rows, Function<R, ? extends @Nullable T> column) {
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
    }
  }
}
