package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Accounts for everything that is active: whatever waits says why. A machine that no class explains
 * is left over, and whoever finds one has found a fault of Toygun, or of somebody's hand in its
 * tables.
 *
 * <p>This is the first of two steps, what Postgres says, page by page. Machines that are {@link
 * Reason#LATE} are to be looked up in the leases and in their lists.
 */
public final class Liveness implements Accounts {
  /** Why a machine waits; the first that fits. */
  public enum Reason {
    /** Its time is to come, and is not that at which it times out. */
    DUE_LATER,
    /** Its time came less than a minute ago. */
    DUE,
    /** It is at rest between two polls; it may time out meanwhile. */
    POLLING,
    /** A person holds it, or stopped the task that it would have. */
    HELD,
    /** It has panicked, and its alarm is not closed. */
    PANICKED,
    /** For a time-out, a signal, or something active that is looked at for itself. */
    WAITING,
    /** In a state in which nothing is to happen. */
    RESTING,
    /** Its time came more than a minute ago, and its alarm {@code stuck} is not closed. */
    STUCK,
    /** Its time came more than a minute ago. */
    LATE,
    /** Nothing explains it, or its row says what no row of Toygun says. */
    LEFT_OVER
  }

  /** Before the first parent, type and label, and the first resource and name of a task. */
  private static final Place START = new Place(new UUID(0, 0), "", "", new UUID(0, 0), "");

  private static final int AT_A_TIME = 5_000;

  /** Of what is left over, and of what is late in a list: one list hides nothing of another. */
  private static final int NAMED = 100;

  private static final int MOST_LATE = 5_000;

  private final Database database;
  private final Duration timeout;
  private final int page;

  /** Accounts for what is in a database. */
  public Liveness(Database database) {
    this(database, AT_A_TIME);
  }

  Liveness(Database database, int page) {
    this.page = page;
    this.database = database;
    this.timeout = database.timeout();
  }

  /** How far the pages have come: what they come after. */
  private record Place(UUID parent, String type, String label, UUID resource, String task) {
    Place after(Row row) {
      UUID nextParent = row.getUUID("after_parent");
      UUID nextResource = row.getUUID("after_resource");
      return new Place(
          nextParent == null ? parent : nextParent,
          nextParent == null ? type : row.getString("after_type"),
          nextParent == null ? label : row.getString("after_label"),
          nextResource == null ? resource : nextResource,
          nextResource == null ? task : row.getString("after_name"));
    }
  }

  @Override
  public Future<Account> account() {
    return from(START, new Account(new TreeMap<>(), new ArrayList<>(), new ArrayList<>()));
  }

  private Future<Account> from(Place place, Account sofar) {
    return database
        .engine()
        .preparedQuery(LivenessSql.PAGE)
        .execute(
            Tuple.of(place.parent, place.type, place.label, place.resource, place.task)
                .addInteger(page))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .compose(
            rows -> {
              Place next = place;
              for (Row row : rows) {
                next = next.after(row);
                add(row, sofar);
              }
              return rows.size() == 0 ? Future.succeededFuture(sofar) : from(next, sofar);
            });
  }

  private static void add(Row row, Account sofar) {
    Reason reason = Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT));
    if (row.getUUID("uuid") == null) {
      sofar.counts().merge(reason, row.getLong("n"), Long::sum);
      return;
    }
    Waiting machine = waiting(row);
    if (reason == Reason.LEFT_OVER && sofar.leftOver().size() < NAMED) {
      sofar.leftOver().add(machine);
    }
    if (reason == Reason.LATE
        && sofar.late().size() < MOST_LATE
        && sofar.late(machine.list()) < NAMED) {
      sofar.late().add(machine);
    }
  }

  private static Waiting waiting(Row row) {
    OffsetDateTime due = row.getOffsetDateTime("due_at");
    return new Waiting(
        new SubjectKey(row.getUUID("resource_uuid"), row.getUUID("uuid")),
        row.getLong("version"),
        new ListName(
            row.getString("queue"),
            row.getString("type"),
            row.getInteger("schema_version"),
            ListName.DEFAULT_PRIORITY),
        due == null ? null : due.toInstant(),
        row.getOffsetDateTime("seen_at").toInstant());
  }
}
