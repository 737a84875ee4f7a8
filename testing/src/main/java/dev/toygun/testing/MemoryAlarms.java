package dev.toygun.testing;

import dev.toygun.Availability;
import dev.toygun.Severity;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmAround;
import dev.toygun.store.AlarmBook;
import dev.toygun.store.AlarmChanges;
import dev.toygun.store.Family;
import dev.toygun.store.Hold;
import dev.toygun.store.Hop;
import dev.toygun.store.Hop.Decision;
import dev.toygun.store.ListName;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Transition;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.Work.Sees;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The alarms of a {@link MemoryStore}, who was asked and who was told. */
public final class MemoryAlarms implements AlarmAround {
  private static final Duration LEVEL = Duration.ofMinutes(1);
  private static final Duration FLAPPING = Duration.ofMinutes(15);

  private final MemoryRows rows;
  private final MemoryTypes types;
  private final Map<UUID, Alarm> alarms = new LinkedHashMap<>();
  private final List<Asked> hops = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Moved> moves = new ArrayList<>();
  final Map<UUID, Hold> holds = new LinkedHashMap<>();
  private Instant now = Instant.EPOCH;

  MemoryAlarms(MemoryRows rows, MemoryTypes types) {
    this.rows = rows;
    this.types = types;
  }

  /** A move of an alarm. */
  public record Moved(SubjectKey alarm, Transition transition, Stamp stamp, Instant at) {}

  /** A level that was asked, and what it answered: null while it has not. */
  public record Asked(Hop hop, @Nullable Decision decision, String reason) {}

  /** A message to whoever is told of alarms. */
  public record Told(SubjectKey alarm, String event, Severity severity, Instant at) {}

  /** Every alarm, closed ones included, in the order in which they came up. */
  public List<Alarm> all() {
    return List.copyOf(alarms.values());
  }

  /** The moves of one. */
  public List<Moved> moves(UUID alarm) {
    return moves.stream().filter(m -> m.alarm().uuid().equals(alarm)).toList();
  }

  /** Who was asked about panics, in the order in which they were. */
  public List<Asked> hops() {
    return List.copyOf(hops);
  }

  /** Who was told of what, in order. */
  public List<Told> told() {
    return List.copyOf(told);
  }

  /** What was told of the alarms of a resource and its tasks: {@code open down error}. */
  List<String> told(UUID resource) {
    return told.stream()
        .filter(t -> t.alarm().resource().equals(resource))
        .map(t -> "%s %s %s".formatted(t.event(), nameOf(t), t.severity().stored()))
        .toList();
  }

  private String nameOf(Told message) {
    return java.util.Objects.requireNonNull(alarms.get(message.alarm().uuid())).name();
  }

  /** The active alarm of a resource by this name; there must be one. */
  Alarm active(UUID resource, String name) {
    return alarms.values().stream()
        .filter(a -> a.active() && a.key().resource().equals(resource) && a.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no alarm " + name));
  }

  /** Whether an alarm of this subject and name is not closed. */
  public boolean isActive(SubjectKey subject, String name) {
    return alarms.values().stream()
        .anyMatch(a -> a.active() && a.subject().equals(subject.uuid()) && a.name().equals(name));
  }

  /** The family with the alarms and panics that its code sees. */
  Family seenBy(Family family, Sees sees, Instant at) {
    UUID uuid = family.resource().uuid();
    return new Family(
        family.resource(),
        family.tasks(),
        family.signals(),
        family.errors(),
        family.children(),
        family.parent(),
        sees.alarms() ? seen(uuid, at) : List.of(),
        sees.panics() ? panics(uuid) : List.of(),
        family.triggers());
  }

  private List<Alarm> seen(UUID resource, Instant at) {
    Instant since = at.minus(Duration.ofDays(1));
    return alarms.values().stream()
        .filter(a -> a.key().resource().equals(resource))
        .filter(a -> a.endedAt() == null || a.endedAt().isAfter(since))
        .toList();
  }

  private List<Hop.Asked> panics(UUID resource) {
    List<Hop.Asked> asked = new ArrayList<>();
    for (Asked a : hops) {
      Hop hop = a.hop();
      ResourceRow below = rows.resource(hop.panicked().resource());
      if (a.decision() == null && hop.resource().equals(resource) && below != null) {
        asked.add(
            new Hop.Asked(
                hop,
                below.type(),
                below.label(),
                nameOf(hop),
                java.util.Objects.requireNonNull(rows.errors.get(hop.error()))));
      }
    }
    return asked;
  }

  private @Nullable String nameOf(Hop hop) {
    var task = hop.panicked().isResource() ? null : rows.task(hop.panicked().uuid());
    return task == null ? null : task.name();
  }

  /** Whether a level has yet to answer. */
  boolean waits(Hop hop) {
    return hops.stream()
        .anyMatch(
            a ->
                a.decision() == null
                    && a.hop().error().equals(hop.error())
                    && a.hop().level() == hop.level());
  }

  List<Hop> dueHops(Instant at) {
    return hops.stream()
        .filter(a -> a.decision() == null && !a.hop().dueAt().isAfter(at))
        .map(Asked::hop)
        .filter(hop -> holds.values().stream().noneMatch(hold -> isHeld(hop.resource(), hold)))
        .toList();
  }

  private boolean isHeld(UUID resource, Hold hold) {
    ResourceRow row = rows.resource(resource);
    List<UUID> line = new ArrayList<>(path(resource));
    line.add(resource);
    return row != null && hold.holds(line, row.machine().list(), null);
  }

  /** Whom a panic waits for has as long to answer as if it had been asked now. */
  void askAgain(Hold over, Instant at) {
    hops.replaceAll(
        a ->
            a.decision() == null && isHeld(a.hop().resource(), over)
                ? new Asked(a.hop().until(at.plus(LEVEL)), null, a.reason())
                : a);
  }

  List<UUID> dueAlarms(Instant at) {
    return alarms.values().stream()
        .filter(a -> a.dueAt() != null && !a.dueAt().isAfter(at))
        .map(a -> a.key().uuid())
        .toList();
  }

  /** Removes alarms with their moves, and who was asked about panics of these. */
  void remove(Predicate<Alarm> which, Predicate<SubjectKey> panicked) {
    alarms.values().removeIf(which);
    moves.removeIf(m -> !alarms.containsKey(m.alarm().uuid()));
    hops.removeIf(a -> panicked.test(a.hop().panicked()));
  }

  @Nullable Alarm find(UUID alarm) {
    return alarms.get(alarm);
  }

  /** A book on all active alarms of these resources. */
  AlarmBook book(Instant at, List<UUID> resources) {
    now = at;
    return new AlarmBook(
        at,
        this,
        alarms.values().stream()
            .filter(a -> a.active() && resources.contains(a.key().resource()))
            .toList());
  }

  /** Writes what a book comes to, and wakes who has to look. */
  void apply(AlarmChanges changes) {
    changes.created().forEach(a -> alarms.put(a.key().uuid(), a));
    changes.written().forEach(a -> alarms.put(a.key().uuid(), a));
    changes.eachMove((alarm, move, by) -> moves.add(new Moved(alarm, move, by, now)));
    for (AlarmChanges.Settled settled : changes.settled()) {
      hops.replaceAll(
          a ->
              a.decision() == null
                      && a.hop().error().equals(settled.error())
                      && a.hop().level() == settled.level()
                  ? new Asked(a.hop(), settled.decision(), settled.reason())
                  : a);
    }
    hops.replaceAll(
        a ->
            a.decision() == null && changes.overtaken().contains(a.hop().error())
                ? new Asked(a.hop(), Hop.Decision.OVERTAKEN, "")
                : a);
    changes.asked().forEach(hop -> hops.add(new Asked(hop, null, "")));
    changes.closed().forEach(this::resolve);
    free(changes.closed(), now);
    for (SubjectKey key : changes.told()) {
      Alarm alarm = alarms.get(key.uuid());
      if (alarm != null) {
        told.add(new Told(key, "open", alarm.severity(), now));
      }
    }
    changes
        .woken()
        .forEach(
            uuid -> rows.change(SubjectKey.ofResource(uuid), row -> MachineRows.woken(row, now)));
  }

  private void resolve(UUID alarm) {
    told.stream()
        .filter(t -> t.alarm().uuid().equals(alarm) && t.event().equals("open"))
        .findFirst()
        .ifPresent(t -> told.add(new Told(t.alarm(), "resolve", t.severity(), now)));
  }

  /** What was quiet under these is judged again. */
  void free(java.util.Collection<UUID> over, Instant at) {
    alarms.replaceAll(
        (uuid, a) -> a.under() != null && over.contains(a.under()) ? MemoryHolds.freed(a, at) : a);
  }

  @Override
  public List<AlarmAround.Level> handlers(SubjectKey panicked, @Nullable String task) {
    List<AlarmAround.Level> handlers = new ArrayList<>();
    List<UUID> line = new ArrayList<>(path(panicked.resource()));
    line.add(panicked.resource());
    for (int level = 1; level <= line.size(); level++) {
      UUID uuid = line.get(line.size() - level);
      ResourceRow row = rows.resource(uuid);
      TypeDefinition type = row == null ? null : definition(row);
      if (row == null || type == null || !row.machine().active()) {
        continue;
      }
      boolean itself = level == 1;
      boolean byTask =
          itself
              && task != null
              && type.task(task).map(TypeDefinition.TaskDefinition::handlesPanics).orElse(false);
      if (byTask) {
        handlers.add(new AlarmAround.Level(0, uuid, LEVEL));
      }
      if (type.handlesPanics() && !(itself && panicked.isResource())) {
        handlers.add(new AlarmAround.Level(level, uuid, LEVEL));
      }
    }
    return handlers;
  }

  private @Nullable TypeDefinition definition(ResourceRow row) {
    return types.find(row.type(), row.machine().list().version());
  }

  @Override
  public List<UUID> path(UUID resource) {
    ResourceRow row = rows.resource(resource);
    return row == null ? List.of() : row.path();
  }

  @Override
  public Optional<UUID> cover(UUID resource, Severity severity) {
    List<UUID> path = path(resource);
    return alarms.values().stream()
        .filter(a -> a.state().covers() && path.contains(a.key().resource()))
        .filter(a -> a.severity().compareTo(severity) >= 0)
        .map(a -> a.key().uuid())
        .findFirst();
  }

  @Override
  public boolean isAbout(UUID resource, Severity severity) {
    List<UUID> path = path(resource);
    boolean uncertain =
        path.stream()
            .map(rows::resource)
            .anyMatch(above -> above != null && above.availability() == Availability.UNCERTAIN);
    return uncertain
        || alarms.values().stream()
            .filter(a -> a.state().isAbout() && path.contains(a.key().resource()))
            .anyMatch(a -> a.severity().compareTo(severity) >= 0);
  }

  @Override
  public Optional<Hold> hold(UUID resource, ListName list, @Nullable String task) {
    List<UUID> line = new ArrayList<>(path(resource));
    line.add(resource);
    return holds.values().stream().filter(hold -> hold.holds(line, list, task)).findFirst();
  }

  @Override
  public int closings(SubjectKey subject, String name) {
    Instant since = now.minus(FLAPPING);
    return (int)
        alarms.values().stream()
            .filter(a -> a.subject().equals(subject.uuid()) && a.name().equals(name))
            .filter(a -> a.openedAt() != null)
            .filter(a -> a.endedAt() != null && a.endedAt().isAfter(since))
            .count();
  }

  @Override
  public int retries(SubjectKey panicked) {
    long entered = rows.machine(panicked).map(dev.toygun.store.MachineRow::entered).orElse(0L);
    return (int)
        hops.stream()
            .filter(a -> a.hop().panicked().equals(panicked) && a.hop().step() >= entered)
            .filter(a -> a.decision() == Hop.Decision.RETRY)
            .count();
  }
}
