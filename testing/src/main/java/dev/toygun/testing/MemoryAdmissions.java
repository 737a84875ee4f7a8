package dev.toygun.testing;

import dev.toygun.BuiltIn;
import dev.toygun.store.Admission;
import dev.toygun.store.Admissions;
import dev.toygun.store.Committed;
import dev.toygun.store.Due;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.ResourceRow.Deleting;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import dev.toygun.store.TypeDefinition.RateDefinition;
import dev.toygun.store.TypeDefinition.SharedDefinition;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets runs of tasks with limits in, of a {@link MemoryStore}. */
final class MemoryAdmissions implements Admissions {
  private static final Comparator<TaskRow> OLDEST_FIRST =
      Comparator.comparing((TaskRow run) -> run.machine().createdAt())
          .thenComparing(run -> run.key().uuid(), SubjectKey.UUID_ORDER);

  private final MemoryStore store;
  private final MemoryRows rows;
  private final MemoryDue due;
  private final MemoryBrakes brakes;
  private final MemoryMoves moves;
  private final Map<UUID, Let> let = new HashMap<>();

  private record Line(String type, String task) implements Comparable<Line> {
    static Line of(TaskRow run) {
      return new Line(run.machine().list().type(), run.name());
    }

    @Override
    public int compareTo(Line other) {
      return Comparator.comparing(Line::type).thenComparing(Line::task).compare(this, other);
    }
  }

  /** That a run was let in. */
  private record Let(Line line, Instant at) {}

  MemoryAdmissions(
      MemoryStore store, MemoryRows rows, MemoryDue due, MemoryBrakes brakes, MemoryMoves moves) {
    this.store = store;
    this.rows = rows;
    this.due = due;
    this.brakes = brakes;
    this.moves = moves;
  }

  @Override
  public Future<List<Waiting>> waiting() {
    return store.later(
        () -> {
          List<Waiting> all = new ArrayList<>();
          lines()
              .forEach(
                  (line, runs) ->
                      all.add(
                          new Waiting(
                              line.type(),
                              line.task(),
                              runs.size(),
                              runs.get(0).machine().createdAt(),
                              store.instant())));
          return all;
        });
  }

  @Override
  public Future<List<Committed.Woken>> admit(String owner, Due.Pass claimed, int limit) {
    return store.later(
        () -> {
          List<Committed.Woken> admitted = new ArrayList<>();
          if (due.fence(PASS, owner, claimed.upto(), store.instant())) {
            // Counted before anybody is let in, as the statement does.
            for (TaskRow run : next(limit)) {
              admitted.add(admit(Line.of(run), run));
            }
          }
          return admitted;
        });
  }

  /* Who has room by its own limits; of those that share one the oldest, each by what it says of it. */
  private List<TaskRow> next(int limit) {
    Predicate<TaskRow> free = brakes.free(store.instant());
    List<TaskRow> next = new ArrayList<>();
    lines()
        .forEach(
            (line, runs) ->
                runs.stream()
                    .filter(run -> mayBegin(run) && free.test(run))
                    .limit(Math.min(limit, Math.min(room(line), sharedRoom(line))))
                    .forEach(next::add));
    next.sort(OLDEST_FIRST);
    Map<String, Long> places = new HashMap<>();
    return next.stream()
        .filter(
            run ->
                shared(Line.of(run))
                    .filter(l -> places.merge(l.name(), 1L, Long::sum) > sharedRoom(Line.of(run)))
                    .isEmpty())
        .toList();
  }

  @Override
  public Future<Integer> brake(Supplier<UUID> alarms, Stamp by) {
    return store.later(() -> moves.brake(alarms, by, store.instant()));
  }

  /** When a run began, or was made where it did not have to wait. */
  Instant began(TaskRow run) {
    Let in = let.get(run.key().uuid());
    return in == null ? run.machine().createdAt() : in.at();
  }

  /** Who waits, the oldest first. */
  private Map<Line, List<TaskRow>> lines() {
    Map<Line, List<TaskRow>> lines = new TreeMap<>();
    rows.activeTasks().stream()
        .filter(TaskRow::waitsForItsTurn)
        .sorted(OLDEST_FIRST)
        .forEach(run -> lines.computeIfAbsent(Line.of(run), l -> new ArrayList<>()).add(run));
    return lines;
  }

  private boolean mayBegin(TaskRow run) {
    ResourceRow resource = Objects.requireNonNull(rows.resource(run.key().resource()));
    return resource.machine().active()
        && resource.deleting() != Deleting.ASKED
        && !store.isHeld(run.key());
  }

  private long room(Line line) {
    LimitsDefinition limits = brakes.limits(line.type(), line.task());
    return limits == null
        ? Long.MAX_VALUE
        : room(limits.concurrency(), limits.rate(), line::equals);
  }

  private Optional<SharedDefinition> shared(Line line) {
    return Optional.ofNullable(brakes.limits(line.type(), line.task()))
        .flatMap(limits -> Optional.ofNullable(limits.shared()));
  }

  private long sharedRoom(Line line) {
    return shared(line)
        .map(
            limit ->
                room(
                    limit.concurrency(),
                    limit.rate(),
                    other -> shared(other).filter(l -> l.name().equals(limit.name())).isPresent()))
        .orElse(Long.MAX_VALUE);
  }

  private long room(
      @Nullable Integer concurrency, @Nullable RateDefinition rate, Predicate<Line> counts) {
    long room = concurrency == null ? Long.MAX_VALUE : concurrency - underWay(counts);
    if (rate != null) {
      Instant since = store.instant().minusSeconds(rate.per());
      long begun =
          let.values().stream()
              .filter(one -> counts.test(one.line()) && one.at().isAfter(since))
              .count();
      room = Math.min(room, rate.runs() - begun);
    }
    return Math.max(0, room);
  }

  private long underWay(Predicate<Line> counts) {
    return rows.activeTasks().stream()
        .filter(run -> run.admission() == Admission.ADMITTED && counts.test(Line.of(run)))
        .map(run -> run.machine().state())
        .filter(state -> !state.equals(BuiltIn.PANIC) && !state.equals(BuiltIn.TIMEOUT))
        .count();
  }

  private Committed.Woken admit(Line line, TaskRow run) {
    Instant now = store.instant();
    MachineRow woken = MachineRows.woken(run.machine(), now);
    MachineRow after = MachineRows.with(woken, woken.attrs(), woken.list(), now);
    rows.put(run.with(after).with(Admission.ADMITTED));
    let.put(run.key().uuid(), new Let(line, now));
    return new Committed.Woken(run.key(), after.list());
  }
}
