package dev.toygun.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The store on Postgres. Nothing is asked of the database before it is needed, so it may come up
 * later than this does.
 */
public final class PgStore implements Store {
  private final Database database;
  private final PgLoad load;
  private final PgDue due;
  private final PgRelist relist;
  private final PgCommands commands;
  private final PgTypes types;
  private final PgAlarms alarms;
  private final PgDueAlarms dueAlarms;
  private final PgHolds holds;
  private final PgAbandonments abandonments;
  private final PgRetention retention;
  private final PgSchedules schedules;
  private final PgAdmissions admissions;
  private final PgUsages usages;
  private final PgBulks bulks;
  private final PgBreakers breakers;
  private final PgRepairs repairs;
  private final PgIndexes indexes;

  /** A store on a database, whose connections the caller closes. */
  public PgStore(Vertx vertx, Database database) {
    this.database = database;
    load = new PgLoad(database);
    due = new PgDue(database);
    relist = new PgRelist(database);
    commands = new PgCommands(vertx, database, load);
    types = new PgTypes(database);
    alarms = new PgAlarms(database);
    dueAlarms = new PgDueAlarms(database);
    holds = new PgHolds(database);
    abandonments = new PgAbandonments(database, load);
    retention = new PgRetention(database);
    schedules = new PgSchedules(database, load);
    admissions = new PgAdmissions(database, dueAlarms);
    usages = new PgUsages(database);
    bulks = new PgBulks(database, load);
    breakers = new PgBreakers(database);
    repairs = new PgRepairs(database);
    indexes = new PgIndexes(database);
  }

  /** A store on the database at this URL. */
  public static PgStore connect(Vertx vertx, DatabaseUrl url, DatabaseSettings settings) {
    return new PgStore(vertx, Database.of(vertx, url, settings));
  }

  /** Its connections. */
  public Database database() {
    return database;
  }

  /**
   * Checks that the database is there and has the tables that this build knows.
   *
   * @return fails with a {@link WrongSchema} where it has others, and with the client's error where
   *     there is no database
   */
  public Future<Void> check() {
    return database.check();
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return database.close();
  }

  @Override
  public Future<Loaded> load(Collection<UUID> resources, Sees sees) {
    return load.load(resources, sees);
  }

  @Override
  public Future<List<ResourceRow>> resources(Collection<UUID> uuids) {
    return load.resources(uuids);
  }

  @Override
  public Future<List<Committed>> commit(List<Outcome> group) {
    if (group.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    if (PgMove.carries(group)) {
      return PgMove.commit(database, group);
    }
    return PgEnd.carries(group) ? PgEnd.commit(database, group) : PgGroup.commit(database, group);
  }

  @Override
  public Future<Void> publish(List<TypeDefinition> definitions, String build) {
    return types.publish(definitions, build);
  }

  @Override
  public Future<Void> charge(List<Usage> used) {
    return usages.charge(used);
  }

  @Override
  public Usages usages() {
    return usages;
  }

  @Override
  public Future<Instant> now() {
    return due.now();
  }

  @Override
  public Future<Optional<Pass>> claim(String pass, String owner, Duration time) {
    return due.claim(pass, owner, time);
  }

  @Override
  public Future<Void> advance(String pass, String owner, Instant upto) {
    return due.advance(pass, owner, upto);
  }

  @Override
  public Future<List<ListName>> lists() {
    return due.lists();
  }

  @Override
  public Future<List<DueRow>> due(
      Kind kind, ListName list, @Nullable DueRow after, Duration ahead, int limit) {
    return due.due(kind, list, after, ahead, limit);
  }

  @Override
  public Future<List<Period>> periods(Kind kind) {
    return due.periods(kind);
  }

  @Override
  public Future<List<SubjectKey>> polled(
      Kind kind, Period period, int first, int last, @Nullable SubjectKey after, int limit) {
    return due.polled(kind, period, first, last, after, limit);
  }

  @Override
  public Future<Woken> wakeResting(ListName list, UUID after, int look) {
    return due.wakeResting(list, after, look);
  }

  @Override
  public Future<List<ListName>> homes() {
    return relist.homes();
  }

  @Override
  public Future<Relisted> relist(ListName from, ListName to, UUID after, int look) {
    return relist.relist(from, to, after, look);
  }

  @Override
  public Future<Committed.Done> transact(UUID resource, Function<Family, Outcome> decide) {
    return commands.transact(resource, decide);
  }

  @Override
  public Future<Optional<Begun>> begin(PlainStart start, Cause cause) {
    return commands.begin(start, cause);
  }

  @Override
  public Future<ResourceRow> insert(ChildCreate root, Stamp stamp) {
    return commands.insert(root);
  }

  @Override
  public Future<Integer> stuck(List<Stuck> found, Stamp by) {
    return dueAlarms.stuck(found, by);
  }

  @Override
  public Future<Integer> moveAlarms(Stamp by, int limit) {
    return dueAlarms.move(by, limit);
  }

  @Override
  public Future<Alarm> alarm(
      UUID alarm, OptionalLong version, AlarmCommand command, String reason, Stamp by) {
    return alarms.command(alarm, version, command, reason, by);
  }

  @Override
  public Future<Hold> hold(Hold.Request request, Stamp by) {
    return holds.hold(request, by);
  }

  @Override
  public Future<List<Hold>> release(Set<UUID> which, Stamp by) {
    return holds.release(which, by);
  }

  @Override
  public Future<List<Hold>> holds() {
    return holds.active().onSuccess(active -> due.leaveOutHeld(!active.isEmpty()));
  }

  @Override
  public Admissions admissions() {
    return admissions;
  }

  @Override
  public Bulks bulks() {
    return bulks;
  }

  @Override
  public Indexes indexes() {
    return indexes;
  }

  @Override
  public Repairs repairs() {
    return repairs;
  }

  @Override
  public Future<Set<String>> demoted() {
    return repairs
        .demotions()
        .map(all -> all.stream().map(Demotion::name).collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Breakers breakers() {
    return breakers;
  }

  @Override
  public Future<Void> tried(Map<String, Integer> good) {
    return breakers.tried(good);
  }

  @Override
  public Future<Boolean> settleHolds() {
    return holds.settle();
  }

  @Override
  public Future<Hold> abandon(Abandonment asked, Stamp by) {
    return abandonments.abandon(asked, by);
  }

  @Override
  public Future<Boolean> endAbandoned(Hold hold, Stamp by) {
    return abandonments.end(hold, by);
  }

  @Override
  public Future<List<Old>> ended() {
    return retention.ended();
  }

  @Override
  public Future<Look> look(Old old, @Nullable Seen after, int most) {
    return retention.look(old, after, most);
  }

  @Override
  public Future<Removed> remove(Old old, List<Seen> seen, int rows) {
    return retention.remove(old, seen, rows);
  }

  @Override
  public Future<Removed> removeRest(Settings keep, int rows) {
    return retention.removeRest(keep, rows);
  }

  @Override
  public Future<Boolean> enrolSchedules(int limit) {
    return schedules.enrol(limit);
  }

  @Override
  public Future<Scheduled> startScheduled(int limit, Supplier<UUID> runs, Stamp by) {
    return schedules.start(limit, runs, by);
  }

  @Override
  public Future<@Nullable ResourceRow> row(UUID resource) {
    return load.resources(List.of(resource)).map(rows -> rows.isEmpty() ? null : rows.get(0));
  }

  @Override
  public Future<@Nullable Family> family(UUID resource) {
    return commands.family(resource);
  }

  @Override
  public Future<@Nullable SubjectKey> taskKey(UUID task) {
    return commands.taskKey(task);
  }
}
