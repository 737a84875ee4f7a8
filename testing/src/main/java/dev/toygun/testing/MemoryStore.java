package dev.toygun.testing;

import dev.toygun.store.Abandonment;
import dev.toygun.store.Admissions;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmCommand;
import dev.toygun.store.Bulks;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.Hold;
import dev.toygun.store.Indexes;
import dev.toygun.store.ListName;
import dev.toygun.store.Loaded;
import dev.toygun.store.Old;
import dev.toygun.store.Outcome;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.ScheduleRow;
import dev.toygun.store.Scheduled;
import dev.toygun.store.Stamp;
import dev.toygun.store.Store;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory, for one thread. It keeps the same contract as the one on Postgres. What is
 * asked of it happens a moment later, through {@link Time}, so that whoever shares it interleaves.
 */
public final class MemoryStore extends MemoryLook implements Store {
  private final MemoryHistory history = new MemoryHistory();
  private final Invariants invariants = new Invariants();
  private final MemoryDue due = new MemoryDue(rows);
  private final MemoryTypes types = new MemoryTypes();
  private final MemoryAlarms alarms = new MemoryAlarms(rows, types);
  private final MemoryHolds holds = new MemoryHolds(rows, alarms);
  private final MemorySchedules schedules = new MemorySchedules(rows, types);
  private final MemoryBrakes brakes = new MemoryBrakes(rows, types, alarms);
  private final MemoryMoves moves = new MemoryMoves(rows, alarms, holds, brakes);
  private final MemoryRetention retention =
      new MemoryRetention(rows, types, alarms, holds, history);
  private final MemoryUsages usages = new MemoryUsages(this, rows, types, holds::isQueueHeld);
  private final MemoryAdmissions admissions = new MemoryAdmissions(this, rows, due, brakes, moves);
  private final MemoryBulks bulks = new MemoryBulks(this, rows, types, holds);
  private final MemoryBreakers breakers = new MemoryBreakers(this, types, holds);
  private final MemoryRepairs repairs = new MemoryRepairs(this, types, admissions);

  /** An empty store. */
  public MemoryStore(Time time) {
    super(time);
  }

  @Override
  public Future<Loaded> load(Collection<UUID> resources, Sees sees) {
    List<UUID> asked = List.copyOf(resources);
    return later(
        () ->
            new Loaded(
                instant(),
                asked.stream()
                    .flatMap(uuid -> Optional.ofNullable(rows.family(uuid, sees)).stream())
                    .map(family -> alarms.seenBy(family, sees, instant()))
                    .toList()));
  }

  @Override
  public Future<List<ResourceRow>> resources(Collection<UUID> uuids) {
    List<UUID> asked = List.copyOf(uuids);
    return later(() -> asked.stream().flatMap(u -> resource(u).stream()).toList());
  }

  @Override
  public Future<List<Committed>> commit(List<Outcome> group) {
    List<Outcome> outcomes = List.copyOf(group);
    return later(() -> outcomes.stream().map(this::commit).toList());
  }

  Committed commit(Outcome outcome) {
    return MemoryChain.commit(rows, alarms, history, invariants, outcome, instant());
  }

  @Override
  public Future<Void> publish(List<TypeDefinition> definitions, String build) {
    return later(() -> types.publish(definitions)).mapEmpty();
  }

  @Override
  public MemoryUsages usages() {
    return usages;
  }

  @Override
  public Future<Instant> now() {
    return later(this::instant);
  }

  @Override
  public Future<Optional<Pass>> claim(String pass, String owner, Duration hold) {
    return later(() -> due.claim(pass, owner, hold, instant()));
  }

  @Override
  public Future<Void> advance(String pass, String owner, Instant upto) {
    return later(() -> due.advance(pass, owner, upto)).mapEmpty();
  }

  @Override
  public Future<List<ListName>> lists() {
    return later(due::lists);
  }

  @Override
  public Future<List<DueRow>> due(
      Kind kind, ListName list, @Nullable DueRow after, Duration ahead, int limit) {
    return later(
        () ->
            due.due(kind, list, after, ahead, instant()).stream()
                .filter(row -> !isHeld(row.key()))
                .limit(limit)
                .toList());
  }

  @Override
  public Future<List<Period>> periods(Kind kind) {
    return later(() -> due.periods(kind));
  }

  @Override
  public Future<List<SubjectKey>> polled(
      Kind kind, Period period, int first, int last, @Nullable SubjectKey after, int limit) {
    return later(
        () ->
            due.polled(kind, period, first, last, after, Integer.MAX_VALUE).stream()
                .filter(key -> !isHeld(key))
                .limit(limit)
                .toList());
  }

  @Override
  public Future<Woken> wakeResting(ListName list, UUID after, int look) {
    return later(() -> due.wakeResting(list, after, look, time.now()));
  }

  @Override
  public Future<List<ListName>> homes() {
    return later(() -> types.all().stream().map(TypeDefinition::list).toList());
  }

  @Override
  public Future<Relisted> relist(ListName from, ListName to, UUID after, int look) {
    return later(
        () -> due.relist(from, to, after, look, holds::isQueueHeld, usages.quotas()::sinks));
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
    return new MemoryIndexes();
  }

  @Override
  public MemoryRepairs repairs() {
    return repairs;
  }

  @Override
  public MemoryBreakers breakers() {
    return breakers;
  }

  @Override
  public Future<List<Hold>> holds() {
    return later(() -> List.copyOf(alarms.holds.values()));
  }

  @Override
  public Future<Hold> hold(Hold.Request request, Stamp by) {
    return later(() -> holds.hold(request, by, instant()));
  }

  @Override
  public Future<List<Hold>> release(Set<UUID> which, Stamp by) {
    return later(() -> holds.release(which, instant()));
  }

  @Override
  public Future<Boolean> settleHolds() {
    return later(
        () -> {
          boolean settled = holds.settle(instant());
          if (settled) {
            schedules.owed(instant());
          }
          return settled;
        });
  }

  @Override
  public Future<Hold> abandon(Abandonment asked, Stamp by) {
    return later(() -> holds.abandon(asked, by, instant()));
  }

  @Override
  public Future<Boolean> endAbandoned(Hold hold, Stamp by) {
    return later(() -> holds.end(hold, by, this::commit, instant()));
  }

  @Override
  public Future<Boolean> enrolSchedules(int limit) {
    return Future.succeededFuture(false);
  }

  @Override
  public Future<Scheduled> startScheduled(int limit, Supplier<UUID> runs, Stamp by) {
    return later(
        () -> schedules.start(limit, alarms.holds.values(), runs, by, this::commit, instant()));
  }

  /** How far the tasks of a resource have come with their schedules. */
  public List<ScheduleRow> schedules(UUID resource) {
    return schedules.of(resource);
  }

  /** Whether a machine is on hold. */
  boolean isHeld(SubjectKey key) {
    return holds.holds(key);
  }

  @Override
  public Future<Integer> stuck(List<Stuck> found, Stamp by) {
    return later(() -> moves.stuck(found, by, instant()));
  }

  @Override
  public Future<Integer> moveAlarms(Stamp by, int limit) {
    return later(() -> moves.moveDue(by, instant()));
  }

  @Override
  public Future<Alarm> alarm(
      UUID alarm, OptionalLong version, AlarmCommand command, String reason, Stamp by) {
    return later(() -> moves.command(alarm, version, command, reason, by, instant()));
  }

  @Override
  public Future<List<Old>> ended() {
    return later(retention::ended);
  }

  @Override
  public Future<Look> look(Old old, @Nullable Seen after, int most) {
    return later(() -> retention.look(old, after, most, instant()));
  }

  @Override
  public Future<Removed> remove(Old old, List<Seen> seen, int most) {
    return later(() -> retention.remove(old, seen, most, instant()));
  }

  @Override
  public Future<Removed> removeRest(Settings keep, int most) {
    return Future.succeededFuture(Removed.NOTHING);
  }

  @Override
  public Future<Committed.Done> transact(UUID resource, Function<Family, Outcome> decide) {
    return later(
        () -> {
          Family family = rows.family(resource, Sees.ITSELF);
          if (family == null) {
            throw new Refusal(Refusal.Code.NOT_FOUND, "there is no resource " + resource);
          }
          Abandonment.refuse(holds.abandoning(resource));
          return MemoryChain.done(commit(decide.apply(family)));
        });
  }

  @Override
  public Future<ResourceRow> insert(ChildCreate root, Stamp stamp) {
    return later(() -> MemoryAdditions.insert(rows, root, instant()));
  }

  @Override
  public Future<@Nullable Family> family(UUID resource) {
    return laterMaybe(() -> rows.family(resource, Sees.ITSELF));
  }

  @Override
  public Future<@Nullable SubjectKey> taskKey(UUID task) {
    return laterMaybe(
        () -> {
          TaskRow row = rows.task(task);
          return row == null ? null : row.key();
        });
  }

  /** Alarms, who was asked about panics, and who was told. */
  public MemoryAlarms alarms() {
    return alarms;
  }

  /** Transitions, changes and errors. */
  public MemoryHistory history() {
    return history;
  }

  /** The definitions that workers published. */
  public List<TypeDefinition> published() {
    return types.all();
  }

  Invariants invariants() {
    return invariants;
  }

  MemoryRows rows() {
    return rows;
  }
}
