package dev.toygun.testing;

import dev.toygun.store.Abandonment;
import dev.toygun.store.Alarm;
import dev.toygun.store.BreakerChange;
import dev.toygun.store.Breakers;
import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.Loaded;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.Work.Sees;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The holds of a {@link MemoryStore}. */
final class MemoryHolds {
  private static final Comparator<Hold> EARLIER =
      Comparator.comparing(Hold::createdAt).thenComparing(Hold::uuid, SubjectKey.UUID_ORDER);

  private final MemoryRows rows;
  private final MemoryAlarms alarms;
  private final Map<UUID, Instant> released = new LinkedHashMap<>();
  private final List<Hold> settled = new ArrayList<>();

  MemoryHolds(MemoryRows rows, MemoryAlarms alarms) {
    this.rows = rows;
    this.alarms = alarms;
  }

  Hold hold(Hold.Request request, Stamp by, Instant now) {
    UUID root = request.resource();
    ResourceRow row = root == null ? null : rows.resource(root);
    boolean past = request.until() != null && !request.until().isAfter(now);
    if (past || (root != null && (row == null || !row.machine().active()))) {
      throw request.refused();
    }
    Hold hold =
        new Hold(
            request.uuid(),
            request.scope(),
            root,
            request.name(),
            request.reason(),
            by.actor(),
            now,
            now.plusSeconds(2),
            request.until(),
            false,
            null);
    return put(hold);
  }

  Stream<Hold> all() {
    return alarms.holds.values().stream();
  }

  @Nullable Hold find(UUID hold) {
    return alarms.holds.get(hold);
  }

  /** What becomes of the hold of a breaker. */
  void of(BreakerChange change, @Nullable UUID uuid, List<UUID> probes, Instant now) {
    UUID before = change.before().hold();
    if (before != null && !before.equals(uuid)) {
      released.putIfAbsent(before, now);
    }
    if (uuid != null) {
      Breakers.Declared declared = change.declared();
      Hold old = find(uuid);
      Hold.Kept kept =
          declared == null
              ? new Hold.Kept(kept(old).tasks(), probes, kept(old).spread())
              : new Hold.Kept(
                  declared.tasks(), probes, Duration.ofSeconds(declared.definition().openFor()));
      alarms.holds.put(
          uuid,
          new Hold(
              uuid,
              Hold.Scope.BREAKER,
              null,
              change.before().name(),
              change.holdReason(),
              change.actor(),
              old == null ? now : old.createdAt(),
              old == null ? now.plusSeconds(2) : old.effectiveAt(),
              null,
              false,
              kept));
      probes.forEach(probe -> isProbe(probe, uuid, now));
    }
  }

  /** It was kept until now. */
  private void isProbe(UUID probe, UUID hold, Instant now) {
    TaskRow run = Objects.requireNonNull(rows.task(probe));
    Instant since = Objects.requireNonNull(find(hold)).createdAt();
    Instant was = run.machine().updatedAt();
    Duration kept = Duration.between(was.isAfter(since) ? was : since, now);
    rows.change(run.key(), row -> MachineRows.probed(row, kept, now));
  }

  private static Hold.Kept kept(@Nullable Hold hold) {
    return Objects.requireNonNull(Objects.requireNonNull(hold).kept());
  }

  private Hold put(Hold hold) {
    if (alarms.holds.size() >= Hold.MOST) {
      throw Hold.tooMany();
    }
    alarms.holds.put(hold.uuid(), hold);
    return hold;
  }

  List<Hold> release(Set<UUID> which, Instant now) {
    List<Hold> found =
        alarms.holds.values().stream()
            .filter(hold -> which.contains(hold.uuid()) && !hold.abandons())
            .filter(hold -> hold.kept() == null)
            .toList();
    found.forEach(hold -> released.putIfAbsent(hold.uuid(), now));
    return found;
  }

  /** Whether a hold is of the queue of this list. */
  boolean isQueueHeld(ListName list) {
    return alarms.holds.values().stream()
        .anyMatch(hold -> hold.scope() == Hold.Scope.QUEUE && list.queue().equals(hold.name()));
  }

  /** The hold that abandons a resource or one above it; null where there is none. */
  @Nullable Hold abandoning(UUID resource) {
    List<UUID> line = new ArrayList<>(alarms.path(resource));
    line.add(resource);
    return alarms.holds.values().stream()
        .filter(hold -> hold.abandons() && line.contains(hold.resource()))
        .findFirst()
        .orElse(null);
  }

  Hold abandon(Abandonment asked, Stamp by, Instant now) {
    ResourceRow row = rows.resource(asked.resource());
    Hold there = asked.judge(row, row == null ? null : abandoning(row.uuid()));
    if (there != null) {
      return there;
    }
    Hold hold = asked.hold(by, now);
    return put(hold);
  }

  /** Ends a page of what is abandoned; the hold is over where nothing is left. */
  boolean end(Hold hold, Stamp by, Function<Outcome, Committed> commit, Instant now) {
    List<Family> leaves = leaves(Abandonment.root(hold));
    if (leaves.isEmpty()) {
      alarms.holds.remove(hold.uuid());
    }
    List<Committed> answers =
        Abandonment.page(hold, new Loaded(now, leaves), by).stream().map(commit).toList();
    return answers.stream().anyMatch(answer -> answer instanceof Committed.Done);
  }

  private List<Family> leaves(UUID root) {
    return rows.resources().stream()
        .filter(r -> r.machine().active() && (r.uuid().equals(root) || r.path().contains(root)))
        .filter(r -> rows.activeChildren(r.uuid()).findAny().isEmpty())
        .limit(Abandonment.PAGE)
        .map(r -> Objects.requireNonNull(rows.family(r.uuid(), Sees.ITSELF)))
        .toList();
  }

  /** Moves on what one hold held that is over; false where there is none. */
  boolean settle(Instant now) {
    for (Hold hold : List.copyOf(alarms.holds.values())) {
      Instant end = end(hold);
      if (!end.isAfter(now)) {
        alarms.holds.remove(hold.uuid());
        settled.add(hold);
        if (hold.kept() != null) {
          letGo(hold, hold.kept().spread(), now);
        }
        rows.active()
            .filter(e -> hold.kept() == null && holds(hold, e.getKey(), e.getValue()))
            .filter(e -> MachineRows.hasItsTime(e.getValue()))
            .toList()
            .forEach(
                e -> {
                  Duration held = held(hold, e.getKey(), e.getValue());
                  rows.change(e.getKey(), row -> MachineRows.released(row, held, now));
                });
        alarms.askAgain(hold, now);
        alarms.free(List.of(hold.uuid()), now);
        return true;
      }
    }
    return false;
  }

  /** What a breaker kept: each at another moment of that time. */
  private void letGo(Hold hold, Duration spread, Instant now) {
    rows.active()
        .filter(e -> keeps(hold, e.getKey()))
        .filter(e -> e.getValue().deadlineAt() != null || isDue(e.getValue(), now))
        .toList()
        .forEach(
            e -> {
              MachineRow was = e.getValue();
              Duration untouched = Duration.between(was.updatedAt(), end(hold));
              Duration held = held(hold, e.getKey(), was);
              Duration kept = untouched.compareTo(held) < 0 ? untouched : held;
              long share = Math.floorMod(e.getKey().uuid().hashCode(), 1_000);
              rows.change(
                  e.getKey(),
                  row ->
                      MachineRows.letGo(
                          row,
                          (kept.isNegative() ? Duration.ZERO : kept).plus(spread),
                          now,
                          now.plus(spread.multipliedBy(share).dividedBy(1_000))));
            });
  }

  private static boolean isDue(MachineRow row, Instant now) {
    return row.dueAt() != null && !row.dueAt().isAfter(now);
  }

  private Instant end(Hold hold) {
    Instant until = hold.until() == null ? Instant.MAX : hold.until();
    return released.getOrDefault(hold.uuid(), until);
  }

  /** For how long it held a machine that no hold which was put before it held as well. */
  private Duration held(Hold hold, SubjectKey key, MachineRow row) {
    Instant end = end(hold);
    Instant since =
        Stream.concat(settled.stream(), alarms.holds.values().stream())
            .filter(h -> EARLIER.compare(h, hold) < 0 && holds(h, key, row))
            .map(this::end)
            .reduce(hold.createdAt(), (a, b) -> a.isAfter(b) ? a : b);
    return since.isBefore(end) ? Duration.between(since, end) : Duration.ZERO;
  }

  private boolean holds(Hold hold, SubjectKey key, MachineRow row) {
    List<UUID> line = new ArrayList<>(alarms.path(key.resource()));
    line.add(key.resource());
    TaskRow task = key.isResource() ? null : rows.task(key.uuid());
    return hold.holds(line, row.list(), task == null ? null : task.name());
  }

  /** Whether a machine is on hold. */
  boolean holds(SubjectKey key) {
    return all().anyMatch(hold -> keeps(hold, key));
  }

  private boolean keeps(Hold hold, SubjectKey key) {
    ResourceRow resource = Objects.requireNonNull(rows.resource(key.resource()));
    return hold.keeps(resource, key.isResource() ? null : rows.task(key.uuid()));
  }

  /** An alarm that was quiet under something that is over: it is judged again. */
  static Alarm freed(Alarm a, Instant at) {
    return new Alarm(
        a.key(),
        a.subject(),
        a.name(),
        a.task(),
        a.list(),
        a.state(),
        a.step(),
        a.version() + 1,
        a.severity(),
        a.message(),
        a.error(),
        a.judged(),
        a.runbook(),
        a.escalateS(),
        at.plusSeconds(30),
        at.plusSeconds(30),
        a.snoozedUntil(),
        a.acknowledged(),
        null,
        a.repairs(),
        a.createdAt(),
        a.openedAt(),
        a.endedAt(),
        a.standsAt());
  }
}
