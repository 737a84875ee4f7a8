package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may hold a secret, from one end to the other, a page at a time. It reads whole
 * tables, so it is for commands, never for a service.
 */
public final class SecretRows {
  /** Before the first row. */
  public static final Place START = new Place(new UUID(0, 0), new UUID(0, 0), 0, true);

  private final Database database;

  /** Those of a database. */
  public SecretRows(Database database) {
    this.database = database;
  }

  /**
   * How far somebody has come.
   *
   * @param owner the resource of the last row, or what that row is itself
   * @param uuid the last row
   * @param seen how many rows were looked at so far
   * @param more whether there may be more
   */
  public record Place(UUID owner, UUID uuid, long seen, boolean more) {}

  /** Where secrets are. */
  public enum Table {
    /** Fields of resources. */
    RESOURCES(SecretSql.RESOURCES),
    /** Fields of tasks, and what they were started with. */
    TASKS(SecretSql.TASKS),
    /** What signals say. */
    SIGNALS(SecretSql.SIGNALS),
    /** Settings of sinks, which services seal again by themselves. */
    SINKS(SecretSql.SINKS);

    private final String sql;

    Table(String sql) {
      this.sql = sql;
    }
  }

  private record Kept(UUID owner, UUID uuid, @Nullable String attrs, @Nullable String args) {}

  private record Changed(Kept before, @Nullable String attrs, @Nullable String args) {}

  /**
   * Hands out each text of a page that holds secrets.
   *
   * @param page how many rows it looks at
   * @return how far it has come; fails where the database does not answer
   */
  public Future<Place> read(Table table, Place after, int page, Consumer<String> each) {
    return renew(
        table,
        after,
        page,
        text -> {
          each.accept(text);
          return text;
        });
  }

  /**
   * Hands out each text of a page that holds secrets, and writes what comes back, where that is
   * another, nobody has written the row since, and nobody has it locked.
   *
   * @param page how many rows it looks at; fewer where that is more than the database gets done in
   *     time, as rows may be large
   * @return how far it has come; fails where the database does not answer
   */
  public Future<Place> renew(Table table, Place after, int page, UnaryOperator<String> each) {
    return once(table, after, page, each)
        .recover(
            failure ->
                page > 1 ? renew(table, after, page / 2, each) : Future.failedFuture(failure));
  }

  private Future<Place> once(Table table, Place after, int page, UnaryOperator<String> each) {
    return database
        .inTime(
            database
                .engine()
                .preparedQuery(table.sql)
                .execute(Tuple.of(after.owner, after.uuid, page)))
        .compose(
            rows -> {
              List<Changed> changed = new ArrayList<>();
              Place last = after;
              long seen = after.seen + rows.size();
              for (Row row : rows) {
                Kept kept =
                    new Kept(
                        Rows.uuid(row, 0), Rows.uuid(row, 1), row.getString(2), row.getString(3));
                add(changed, kept, each);
                last = new Place(kept.owner, kept.uuid, seen, true);
              }
              Place end = new Place(last.owner, last.uuid, seen, rows.size() == page);
              return write(table, changed).map(written -> end);
            });
  }

  /** Which services are connected to this database, by the names of their connections. */
  public Future<Set<Sealer>> sealers() {
    return database
        .inTime(database.engine().query(SecretSql.CONNECTED).execute())
        .map(
            rows -> {
              Set<Sealer> sealers = new HashSet<>();
              rows.forEach(row -> Sealer.of(Rows.text(row, 0)).ifPresent(sealers::add));
              return sealers;
            });
  }

  private static void add(List<Changed> changed, Kept kept, UnaryOperator<String> each) {
    @Nullable String attrs = kept.attrs == null ? null : each.apply(kept.attrs);
    @Nullable String args = kept.args == null ? null : each.apply(kept.args);
    if ((attrs != null && !attrs.equals(kept.attrs)) || (args != null && !args.equals(kept.args))) {
      changed.add(new Changed(kept, attrs, args));
    }
  }

  private Future<?> write(Table table, List<Changed> changed) {
    if (changed.isEmpty()) {
      return Future.succeededFuture();
    }
    UUID[] owners = changed.stream().map(c -> c.before.owner).toArray(UUID[]::new);
    UUID[] uuids = changed.stream().map(c -> c.before.uuid).toArray(UUID[]::new);
    @Nullable String[] before = changed.stream().map(c -> c.before.attrs).toArray(String[]::new);
    @Nullable String[] after = changed.stream().map(c -> c.attrs).toArray(String[]::new);
    return switch (table) {
      case RESOURCES -> execute(SecretSql.RENEW_RESOURCES, Tuple.of(uuids, before, after));
      case SIGNALS -> execute(SecretSql.RENEW_SIGNALS, Tuple.of(owners, uuids, before, after));
      case TASKS -> {
        @Nullable String[] argsBefore =
            changed.stream().map(c -> c.before.args).toArray(String[]::new);
        @Nullable String[] argsAfter = changed.stream().map(c -> c.args).toArray(String[]::new);
        yield execute(
            SecretSql.RENEW_TASKS, Tuple.of(owners, uuids, before, after, argsBefore, argsAfter));
      }
      case SINKS ->
          throw new IllegalArgumentException("sinks are sealed again by services, by themselves");
    };
  }

  private Future<?> execute(String sql, Tuple arguments) {
    return database.inTime(database.engine().preparedQuery(sql).execute(arguments));
  }
}
