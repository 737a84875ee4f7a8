package dev.toygun.store;

import dev.toygun.Severity;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The alarms that a transaction has locked, and what surrounds them. */
final class AlarmRows implements AlarmAround {
  /**
   * How long a handler may take before the panic climbs on: a tick's limit, and some time to come.
   */
  static final Duration LEVEL = Duration.ofMinutes(1);

  final List<Alarm> active = new ArrayList<>();
  final List<Hold> holds = new ArrayList<>();
  final Set<HopKey> undecided = new HashSet<>();
  final Map<UUID, Entry> entries = new HashMap<>();

  private final Map<UUID, List<Line>> lines = new HashMap<>();
  private final Map<UUID, List<Cover>> covers = new HashMap<>();
  private final Map<Closing, Long> closings = new HashMap<>();
  private final Map<SubjectKey, Long> retries = new HashMap<>();

  /** One level's key. */
  record HopKey(UUID error, int level) {}

  static HopKey hopKey(Row row) {
    return new HopKey(Rows.uuid(row, 0), Rows.number(row, 1));
  }

  private record Line(UUID resource, boolean handles, boolean uncertain, List<String> tasks) {}

  private record Cover(UUID alarm, Severity severity, Alarm.State state) {}

  private record Closing(SubjectKey subject, String name) {}

  void line(Row row) {
    lines
        .computeIfAbsent(Rows.uuid(row, 0), key -> new ArrayList<>())
        .add(
            new Line(
                Rows.uuid(row, 1),
                Rows.flag(row, 2),
                Rows.flag(row, 3),
                List.of(Objects.requireNonNull(row.getArrayOfStrings(4)))));
  }

  void cover(Row row) {
    covers
        .computeIfAbsent(Rows.uuid(row, 0), key -> new ArrayList<>())
        .add(
            new Cover(
                Rows.uuid(row, 1),
                Severity.ofStored(Rows.text(row, 2)),
                Alarm.State.ofStored(Rows.text(row, 3))));
  }

  void closing(Row row) {
    closings.put(
        new Closing(new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)), Rows.text(row, 2)),
        Rows.big(row, 3));
  }

  void retry(Row row) {
    retries.put(new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)), Rows.big(row, 2));
  }

  @Override
  public List<AlarmAround.Level> handlers(SubjectKey panicked, @Nullable String task) {
    List<Line> line = lines.getOrDefault(panicked.resource(), List.of());
    List<AlarmAround.Level> handlers = new ArrayList<>();
    for (int i = line.size() - 1; i >= 0; i--) {
      Line at = line.get(i);
      int level = line.size() - i;
      boolean itself = level == 1;
      if (itself && task != null && at.tasks().contains(task)) {
        handlers.add(new AlarmAround.Level(0, at.resource(), LEVEL));
      }
      if (at.handles() && !(itself && panicked.isResource())) {
        handlers.add(new AlarmAround.Level(level, at.resource(), LEVEL));
      }
    }
    return handlers;
  }

  @Override
  public List<UUID> path(UUID resource) {
    List<Line> line = lines.getOrDefault(resource, List.of());
    return line.stream().map(Line::resource).filter(uuid -> !uuid.equals(resource)).toList();
  }

  @Override
  public Optional<UUID> cover(UUID resource, Severity severity) {
    return covers.getOrDefault(resource, List.of()).stream()
        .filter(cover -> cover.state().covers() && cover.severity().compareTo(severity) >= 0)
        .map(Cover::alarm)
        .findFirst();
  }

  @Override
  public boolean isAbout(UUID resource, Severity severity) {
    boolean uncertain =
        lines.getOrDefault(resource, List.of()).stream()
            .anyMatch(line -> line.uncertain() && !line.resource().equals(resource));
    return uncertain
        || covers.getOrDefault(resource, List.of()).stream()
            .anyMatch(
                above -> above.state().isAbout() && above.severity().compareTo(severity) >= 0);
  }

  @Override
  public Optional<Hold> hold(UUID resource, ListName list, @Nullable String task) {
    return Hold.first(holds, path(resource), resource, list, task);
  }

  @Override
  public int closings(SubjectKey subject, String name) {
    return closings.getOrDefault(new Closing(subject, name), 0L).intValue();
  }

  @Override
  public int retries(SubjectKey panicked) {
    return retries.getOrDefault(panicked, 0L).intValue();
  }

  static Alarm alarm(Row row) {
    return new Alarm(
        new SubjectKey(Rows.uuid(row, 0), Rows.uuid(row, 1)),
        Rows.uuid(row, 2),
        Rows.text(row, 3),
        row.getString(4),
        Rows.list(row, 5),
        Alarm.State.ofStored(Rows.text(row, 9)),
        Rows.big(row, 10),
        Rows.big(row, 11),
        Severity.ofStored(Rows.text(row, 12)),
        Rows.text(row, 13),
        row.getUUID(14),
        Rows.flag(row, 15),
        row.getString(16),
        row.getInteger(17),
        Rows.maybeTime(row, 18),
        Rows.maybeTime(row, 19),
        Rows.maybeTime(row, 20),
        row.getString(21),
        row.getUUID(22),
        times(row, 23),
        Rows.time(row, 24),
        Rows.maybeTime(row, 25),
        Rows.maybeTime(row, 26),
        row.getLong(27));
  }

  private static List<Instant> times(Row row, int column) {
    List<Instant> times = new ArrayList<>();
    for (OffsetDateTime time : Objects.requireNonNull(row.getArrayOfOffsetDateTimes(column))) {
      times.add(time.toInstant());
    }
    return times;
  }

  static Hop hop(Row row) {
    return new Hop(
        Rows.uuid(row, 0),
        Rows.number(row, 1),
        Rows.uuid(row, 2),
        new SubjectKey(Rows.uuid(row, 3), Rows.uuid(row, 4)),
        Rows.big(row, 5),
        Rows.number(row, 6),
        Rows.time(row, 7));
  }

  static Hop.Asked asked(Row row) {
    return new Hop.Asked(
        hop(row), Rows.text(row, 8), Rows.text(row, 9), row.getString(10), Rows.error(row, 11));
  }

  static Hold hold(Row row) {
    return new Hold(
        Rows.uuid(row, 0),
        Hold.Scope.valueOf(Rows.text(row, 1).toUpperCase(java.util.Locale.ROOT)),
        row.getUUID(2),
        row.getString(3),
        Rows.text(row, 4),
        Rows.text(row, 5),
        Rows.time(row, 6),
        Rows.time(row, 7),
        Rows.maybeTime(row, 8),
        Rows.flag(row, 9),
        Rows.text(row, 1).equals(Hold.Scope.BREAKER.stored()) ? kept(row) : null);
  }

  private static Hold.Kept kept(Row row) {
    return new Hold.Kept(
        List.of(row.getArrayOfStrings(10)),
        List.of(row.getArrayOfUUIDs(11)),
        Duration.ofSeconds(Rows.number(row, 12)));
  }
}
