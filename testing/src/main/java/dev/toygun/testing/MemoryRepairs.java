package dev.toygun.testing;

import dev.toygun.End;
import dev.toygun.store.Admission;
import dev.toygun.store.Alarm;
import dev.toygun.store.Cause;
import dev.toygun.store.Demotion;
import dev.toygun.store.DemotionChange;
import dev.toygun.store.RepairBook;
import dev.toygun.store.RepairRow;
import dev.toygun.store.Repairs;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.AlarmDefinition;
import dev.toygun.store.TypeDefinition.EfficacyDefinition;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How well repairs work, of a {@link MemoryStore}. */
public final class MemoryRepairs implements Repairs {
  private static final Comparator<Noted> LATEST_FIRST =
      Comparator.comparing((Noted noted) -> noted.row().endedAt()).reversed();

  private final MemoryStore store;
  private final MemoryTypes types;
  private final MemoryAdmissions admissions;
  private final Map<List<UUID>, Noted> repairs = new LinkedHashMap<>();
  private final Map<String, Demotion> demotions = new TreeMap<>();
  private final MemorySystemAlarms alarms = new MemorySystemAlarms();

  /** A row, and whose it is. */
  private record Noted(String type, String alarm, String task, RepairRow row) {
    boolean isOf(Line line) {
      return type.equals(line.type()) && alarm.equals(line.alarm()) && task.equals(line.task());
    }

    Noted with(RepairRow other) {
      return new Noted(type, alarm, task, other);
    }
  }

  MemoryRepairs(MemoryStore store, MemoryTypes types, MemoryAdmissions admissions) {
    this.store = store;
    this.types = types;
    this.admissions = admissions;
  }

  /** The alarms that told of demotions. */
  public MemorySystemAlarms alarms() {
    return alarms;
  }

  Future<Set<String>> demoted() {
    return demotions()
        .map(all -> all.stream().map(Demotion::name).collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Future<List<Line>> declared() {
    return store.later(
        () ->
            types.all().stream()
                .map(TypeDefinition::name)
                .distinct()
                .sorted()
                .flatMap(name -> types.newest(name).stream())
                .flatMap(MemoryRepairs::lines)
                .toList());
  }

  private static Stream<Line> lines(TypeDefinition type) {
    return type.alarms().stream()
        .sorted(Comparator.comparing(AlarmDefinition::name))
        .flatMap(
            alarm ->
                alarm.tasks().stream()
                    .sorted()
                    .filter(task -> type.task(task).isPresent())
                    .map(
                        task ->
                            new Line(
                                type.name(),
                                alarm.name(),
                                task,
                                task.equals(alarm.repair()),
                                least(type, task))));
  }

  private static @Nullable EfficacyDefinition least(TypeDefinition type, String task) {
    LimitsDefinition limits = type.task(task).orElseThrow().limits();
    return limits == null ? null : limits.demoteBelow();
  }

  @Override
  public Future<Instant> note(List<Line> lines, Instant from, int most) {
    return store.later(
        () -> {
          List<TaskRow> ended =
              store.rows().endedTasks().stream()
                  .filter(run -> lines.stream().anyMatch(line -> isOf(run, line)))
                  .filter(run -> !endedAt(run).isBefore(from))
                  .sorted(Comparator.comparing(MemoryRepairs::endedAt))
                  .limit(most)
                  .toList();
          for (TaskRow run : ended) {
            lines.stream().filter(line -> isOf(run, line)).forEach(line -> note(run, line));
          }
          return ended.size() < most ? store.instant() : endedAt(ended.get(most - 1));
        });
  }

  private static boolean isOf(TaskRow run, Line line) {
    return run.name().equals(line.task()) && run.machine().list().type().equals(line.type());
  }

  private void note(TaskRow run, Line line) {
    Instant began = admissions.began(run);
    if (!hasBegun(run)) {
      return;
    }
    of(run.key().resource(), line.alarm())
        .filter(alarm -> !opened(alarm).isAfter(endedAt(run)))
        .filter(alarm -> alarm.endedAt() == null || !alarm.endedAt().isBefore(began))
        .forEach(
            alarm ->
                repairs.putIfAbsent(
                    List.of(run.key().uuid(), alarm.key().uuid()),
                    new Noted(
                        line.type(),
                        line.alarm(),
                        line.task(),
                        new RepairRow(
                            run.key(),
                            alarm.key().uuid(),
                            run.cause() != Cause.API && run.cause() != Cause.OPERATOR,
                            run.outcome() == End.ABORTED,
                            began,
                            endedAt(run),
                            null,
                            null,
                            store.instant()))));
  }

  private static boolean hasBegun(TaskRow run) {
    return run.admission() == null || run.admission() == Admission.ADMITTED;
  }

  private static Instant endedAt(TaskRow run) {
    return Objects.requireNonNull(run.machine().endedAt());
  }

  private static Instant opened(Alarm alarm) {
    return Objects.requireNonNull(alarm.openedAt());
  }

  /** A resource's own alarms of this name that were open. */
  private Stream<Alarm> of(UUID resource, String name) {
    return store.alarms().all().stream()
        .filter(alarm -> alarm.subject().equals(resource) && alarm.name().equals(name))
        .filter(alarm -> alarm.openedAt() != null);
  }

  @Override
  public Future<Integer> judge(List<Line> lines, int most) {
    return store.later(
        () -> {
          List<Map.Entry<List<UUID>, Noted>> due =
              repairs.entrySet().stream().filter(e -> isDue(e.getValue())).limit(most).toList();
          for (Map.Entry<List<UUID>, Noted> one : due) {
            Noted noted = one.getValue();
            RepairBook.judge(noted.row(), seen(noted, lines))
                .ifPresentOrElse(
                    row -> repairs.put(one.getKey(), noted.with(row)),
                    () -> repairs.remove(one.getKey()));
          }
          return due.size();
        });
  }

  private boolean isDue(Noted noted) {
    return noted.row().dueAt() != null && !noted.row().dueAt().isAfter(store.instant());
  }

  private Seen seen(Noted noted, List<Line> lines) {
    Instant now = store.instant();
    RepairRow row = noted.row();
    UUID resource = row.run().resource();
    Alarm alarm =
        of(resource, noted.alarm())
            .filter(one -> one.key().uuid().equals(row.alarm()))
            .findFirst()
            .orElse(null);
    boolean isOpen = alarm != null && alarm.state() == Alarm.State.OPEN;
    boolean isClear = alarm != null && isOpen && alarm.clearAt() != null;
    Instant next =
        store.rows().tasks(resource).stream()
            .filter(run -> lines.stream().anyMatch(line -> isOf(run, line) && names(noted, line)))
            .filter(MemoryRepairs::hasBegun)
            .map(admissions::began)
            .filter(began -> began.isAfter(row.beganAt()))
            .min(Comparator.naturalOrder())
            .orElse(null);
    Instant again =
        of(resource, noted.alarm())
            .map(MemoryRepairs::opened)
            .filter(at -> row.clearedAt() != null && at.isAfter(row.clearedAt()))
            .min(Comparator.naturalOrder())
            .orElse(isOpen && !isClear ? now : null);
    ResourceRow subject = store.rows().resource(resource);
    return new Seen(
        now,
        alarm != null && alarm.endedAt() != null ? alarm.endedAt() : isClear ? now : null,
        next,
        again,
        subject == null
            || !subject.machine().active()
            || subject.deleting() != ResourceRow.Deleting.NO);
  }

  private static boolean names(Noted noted, Line line) {
    return noted.type().equals(line.type()) && noted.alarm().equals(line.alarm());
  }

  @Override
  public Future<Integer> forget(int most) {
    return store.later(
        () -> {
          Instant old = store.instant().minus(RepairBook.KEEP);
          int before = repairs.size();
          repairs.values().removeIf(noted -> noted.row().endedAt().isBefore(old));
          return before - repairs.size();
        });
  }

  @Override
  public Future<List<Figures>> figures(List<Line> lines) {
    return store.later(() -> lines.stream().map(this::figures).toList());
  }

  private Figures figures(Line line) {
    Instant since = store.instant().minus(RepairBook.KEEP);
    List<RepairRow> rows =
        repairs.values().stream()
            .filter(noted -> noted.isOf(line) && noted.row().endedAt().isAfter(since))
            .sorted(LATEST_FIRST)
            .limit(RepairBook.COUNTED)
            .map(Noted::row)
            .toList();
    List<Duration> times = new ArrayList<>();
    for (RepairRow row : rows) {
      if (row.clearedAt() != null) {
        times.add(Duration.between(row.beganAt(), row.clearedAt()));
      }
    }
    times.sort(Comparator.naturalOrder());
    return new Figures(
        line,
        rows.stream().filter(RepairRow::automatic).count(),
        rows.stream().filter(row -> !row.automatic()).count(),
        times.size(),
        rows.stream().filter(row -> row.isJudged() && row.clearedAt() == null).count(),
        rows.stream().filter(row -> row.relapsedAt() != null).count(),
        times.isEmpty() ? null : times.get((times.size() - 1) / 2));
  }

  @Override
  public Future<List<Demotion>> demotions() {
    return store.later(() -> demotions.values().stream().filter(Demotion::demoted).toList());
  }

  @Override
  public Future<List<Standing>> standing(List<Line> lines) {
    return store.later(
        () -> {
          Map<String, Standing> tasks = new TreeMap<>();
          lines.forEach(
              line ->
                  tasks.computeIfAbsent(
                      Demotion.name(line.type(), line.task()), name -> standing(line, name)));
          return tasks.values().stream()
              .filter(it -> it.demoteBelow() != null || it.demotion().demoted())
              .toList();
        });
  }

  private Standing standing(Line line, String name) {
    Demotion demotion = demotions.getOrDefault(name, Demotion.never(line.type(), line.task()));
    EfficacyDefinition least = line.demoteBelow();
    Map<UUID, List<RepairRow>> runs = new LinkedHashMap<>();
    repairs.values().stream()
        .filter(noted -> noted.type().equals(line.type()) && noted.task().equals(line.task()))
        .sorted(LATEST_FIRST)
        .map(Noted::row)
        .filter(row -> row.automatic() && row.beganAt().isAfter(demotion.since()))
        .forEach(row -> runs.computeIfAbsent(row.run().uuid(), k -> new ArrayList<>()).add(row));
    List<List<RepairRow>> latest =
        runs.values().stream()
            .filter(rows -> rows.stream().allMatch(RepairRow::isJudged))
            .limit(least == null ? 0 : least.runs())
            .toList();
    long worked = latest.stream().filter(r -> r.stream().anyMatch(RepairRow::worked)).count();
    return new Standing(demotion, least, latest.size(), worked);
  }

  @Override
  public Future<Optional<Demotion>> change(DemotionChange change, UUID alarm) {
    return store.later(
        () -> {
          Demotion before = change.before();
          Demotion stands =
              demotions.getOrDefault(before.name(), Demotion.never(before.type(), before.task()));
          if (stands.version() != before.version()) {
            return Optional.<Demotion>empty();
          }
          Instant now = store.instant();
          Demotion after =
              new Demotion(
                  before.type(),
                  before.task(),
                  change.demoted(),
                  before.version() + 1,
                  now,
                  change.actor(),
                  change.reason());
          demotions.put(after.name(), after);
          if (change.demoted()) {
            alarms.open(change.alarmName(), DemotionChange.SEVERITY, change.alarmMessage(), now);
          } else {
            alarms.close(change.alarmName(), now);
          }
          return Optional.of(after);
        });
  }
}
