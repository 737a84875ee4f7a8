package dev.toygun.store;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run waits for that has not begun, by the limits of its task; as of now, since others begin
 * and end all the time.
 *
 * @param run which run
 * @param concurrency how many may be under way at once, or null
 * @param running how many are, of those that count; not more than may be
 * @param rate how many may begin within {@code per} seconds, or null
 * @param begun how many did; not more than may
 * @param nextAt when the next may begin by the rate; null where it may now
 * @param ahead how many wait before it, counted up to 1,000
 * @param brake what its brake has counted, which holds; null where it does not
 * @param shared how the limit stands that its task shares with others, or null
 */
public record Turn(
    UUID run,
    @Nullable Integer concurrency,
    long running,
    @Nullable Integer rate,
    @Nullable Long per,
    long begun,
    @Nullable Instant nextAt,
    long ahead,
    @Nullable Braking brake,
    @Nullable Shared shared) {

  /**
   * A brake that holds.
   *
   * @param wanted how many want the task
   * @param peers of how many
   * @param percent how many of 100 may
   */
  public record Braking(long wanted, long peers, int percent) {}

  /**
   * A limit that several tasks share.
   *
   * @param concurrency how many of their runs may be under way at once, or null
   * @param running how many are; not more than may be
   * @param rate how many may begin within {@code per} seconds, or null
   * @param begun how many did; not more than may
   * @param nextAt when the next may begin by the rate; null where it may now
   */
  public record Shared(
      String name,
      @Nullable Integer concurrency,
      long running,
      @Nullable Integer rate,
      @Nullable Long per,
      long begun,
      @Nullable Instant nextAt) {
    static @Nullable Shared of(Row row, int from) {
      String name = row.getString(from);
      return name == null
          ? null
          : new Shared(
              name,
              row.getInteger(from + 1),
              Rows.big(row, from + 2),
              row.getInteger(from + 3),
              row.getLong(from + 4),
              Rows.big(row, from + 5),
              Rows.maybeTime(row, from + 6));
    }
  }

  static Turn of(Row row) {
    return new Turn(
        Rows.uuid(row, 0),
        row.getInteger(1),
        Rows.big(row, 2),
        row.getInteger(3),
        row.getLong(4),
        Rows.big(row, 5),
        Rows.maybeTime(row, 6),
        Rows.big(row, 7),
        row.getLong(8) == null
            ? null
            : new Braking(Rows.big(row, 8), Rows.big(row, 9), row.getInteger(10)),
        Shared.of(row, 11));
  }
}
