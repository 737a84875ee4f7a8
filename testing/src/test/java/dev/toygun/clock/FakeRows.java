package dev.toygun.clock;

import dev.toygun.store.Breakers;
import dev.toygun.store.Bulks;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.Old;
import dev.toygun.store.SubjectKey;
import dev.toygun.testing.MemoryStore;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows in memory, as a clock sees them; each answer takes a millisecond. */
final class FakeRows extends QuietRows {
  private static final Comparator<DueRow> ORDER =
      Comparator.comparing(DueRow::dueAt)
          .thenComparing(row -> row.key().uuid(), SubjectKey.UUID_ORDER);

  private static final NavigableSet<UUID> NONE =
      Collections.unmodifiableNavigableSet(new TreeSet<>(SubjectKey.UUID_ORDER));

  private final Map<String, Owned> passes = new HashMap<>();
  private final Map<Kind, Map<ListName, NavigableSet<DueRow>>> due = new HashMap<>();
  private final Map<SubjectKey, DueRow> byKey = new HashMap<>();
  private final Map<Kind, Map<Period, Set<SubjectKey>>> polling = new HashMap<>();
  private final Map<ListName, NavigableSet<UUID>> waiting = new HashMap<>();
  private final Set<UUID> resting = new HashSet<>();
  final Set<ListName> broken = new HashSet<>();
  final Set<ListName> homes = new HashSet<>();
  final Set<Hold> holds = new HashSet<>();
  Bulks bulks;
  Breakers breakers;

  /** Resources that are older than they are kept, and those that cannot be removed. */
  final NavigableSet<UUID> old = new TreeSet<>(SubjectKey.UUID_ORDER);

  final Set<UUID> stuck = new HashSet<>();

  /** How long they are kept, and how long it takes to look at some, or to remove them. */
  Duration kept = Duration.ofDays(1);

  Duration removing = Duration.ofMillis(1);
  int queries;
  int looks;
  int longestAnswer;

  private record Owned(String owner, Instant until, Instant upto) {}

  FakeRows(Time time) {
    super(time);
    this.bulks = new MemoryStore(time).bulks();
    this.breakers = new MemoryStore(time).breakers();
  }

  /** A row that is due since this moment, or anew. */
  void due(Kind kind, ListName list, SubjectKey key, Instant dueAt) {
    settle(key);
    DueRow row = new DueRow(key, dueAt);
    rows(kind, list).add(row);
    byKey.put(key, row);
  }

  /** A row that has been ticked, and is due no more. */
  void settle(SubjectKey key) {
    DueRow row = byKey.remove(key);
    if (row != null) {
      due.values().forEach(lists -> lists.values().forEach(rows -> rows.remove(row)));
    }
  }

  /** How many resources of a list are due later, or rest. */
  int waits(ListName list) {
    return waiting.getOrDefault(list, NONE).size();
  }

  SubjectKey waits(ListName list, SubjectKey key, boolean rests) {
    waiting.computeIfAbsent(list, name -> new TreeSet<>(SubjectKey.UUID_ORDER)).add(key.uuid());
    if (rests) {
      resting.add(key.uuid());
    }
    return key;
  }

  void polls(Kind kind, ListName list, SubjectKey key, int everyS) {
    polling
        .computeIfAbsent(kind, k -> new HashMap<>())
        .computeIfAbsent(new Period(list, everyS), period -> new HashSet<>())
        .add(key);
  }

  Instant upto(String pass) {
    Owned owned = passes.get(pass);
    return owned == null ? Instant.MIN : owned.upto;
  }

  @Override
  public Future<Instant> now() {
    return soon(time.now());
  }

  @Override
  public Future<Optional<Pass>> claim(String pass, String owner, Duration most) {
    Instant now = time.now();
    Owned old = passes.getOrDefault(pass, new Owned(owner, now, now));
    if (!old.owner.equals(owner) && !old.until.isBefore(now)) {
      return soon(Optional.empty());
    }
    passes.put(pass, new Owned(owner, now.plus(most), old.upto));
    return soon(Optional.of(new Pass(now, old.upto)));
  }

  @Override
  public Future<Void> advance(String pass, String owner, Instant upto) {
    passes.computeIfPresent(
        pass, (name, old) -> old.owner.equals(owner) ? new Owned(owner, old.until, upto) : old);
    return soon(true).mapEmpty();
  }

  @Override
  public Future<List<ListName>> lists() {
    Set<ListName> lists = new HashSet<>(broken);
    due.values().forEach(each -> lists.addAll(each.keySet()));
    polling.values().forEach(each -> each.keySet().forEach(period -> lists.add(period.list())));
    lists.addAll(waiting.keySet());
    return soon(lists.stream().sorted(Comparator.comparing(ListName::toString)).toList());
  }

  @Override
  public Future<List<DueRow>> due(
      Kind kind, ListName list, @Nullable DueRow after, Duration ahead, int limit) {
    queries++;
    if (broken.contains(list)) {
      return Future.failedFuture("the index of " + list + " is corrupt");
    }
    NavigableSet<DueRow> rows = rows(kind, list);
    Instant now = time.now();
    List<DueRow> answer =
        (after == null ? rows : rows.tailSet(after, false))
            .stream()
                .takeWhile(row -> !row.dueAt().isAfter(now.plus(ahead)))
                .limit(limit)
                .map(row -> new DueRow(row.key(), row.dueAt(), row.dueAt().isAfter(now)))
                .toList();
    longestAnswer = Math.max(longestAnswer, answer.size());
    return soon(answer);
  }

  @Override
  public Future<List<Period>> periods(Kind kind) {
    return soon(List.copyOf(polling.getOrDefault(kind, Map.of()).keySet()));
  }

  @Override
  public Future<List<SubjectKey>> polled(
      Kind kind, Period period, int first, int last, @Nullable SubjectKey after, int limit) {
    Comparator<SubjectKey> order =
        Comparator.<SubjectKey>comparingInt(key -> bucket(key, period.everyS()))
            .thenComparing(SubjectKey::uuid, SubjectKey.UUID_ORDER);
    queries++;
    if (broken.contains(period.list())) {
      return Future.failedFuture("the index of " + period.list() + " is corrupt");
    }
    List<SubjectKey> answer =
        polling.getOrDefault(kind, Map.of()).getOrDefault(period, Set.of()).stream()
            .filter(
                key -> {
                  int bucket = bucket(key, period.everyS());
                  return bucket >= first && bucket <= last;
                })
            .filter(key -> after == null || order.compare(key, after) > 0)
            .sorted(order)
            .limit(limit)
            .toList();
    longestAnswer = Math.max(longestAnswer, answer.size());
    return soon(answer);
  }

  @Override
  public Breakers breakers() {
    return breakers;
  }

  @Override
  public Bulks bulks() {
    return bulks;
  }

  @Override
  public Future<List<ListName>> homes() {
    return soon(List.copyOf(homes));
  }

  @Override
  public Future<Relisted> relist(ListName from, ListName to, UUID after, int look) {
    looks++;
    NavigableSet<UUID> there = waiting.getOrDefault(from, NONE);
    List<UUID> seen = there.tailSet(after, false).stream().limit(look).toList();
    seen.forEach(
        uuid -> {
          there.remove(uuid);
          waits(to, SubjectKey.ofResource(uuid), resting.contains(uuid));
        });
    if (there.isEmpty()) {
      waiting.remove(from);
    }
    UUID upto = seen.isEmpty() ? after : seen.get(seen.size() - 1);
    return soon(new Relisted(seen.size(), upto, seen.size() < look));
  }

  @Override
  public Future<List<Hold>> holds() {
    return soon(List.copyOf(holds));
  }

  @Override
  public Future<List<Old>> ended() {
    return soon(old.isEmpty() ? List.of() : List.of(new Old.Resources("website", kept)));
  }

  @Override
  public Future<Look> look(Old kind, @Nullable Seen after, int most) {
    if (!(kind instanceof Old.Resources)) {
      return soon(new Look(List.of(), null));
    }
    NavigableSet<UUID> left = after == null ? old : old.tailSet(after.key().uuid(), false);
    List<Seen> seen =
        left.stream()
            .limit(most)
            .map(uuid -> new Seen(SubjectKey.ofResource(uuid), Instant.EPOCH))
            .toList();
    longestAnswer = Math.max(longestAnswer, seen.size());
    return in(removing, new Look(seen, seen.size() < most ? null : seen.get(seen.size() - 1)));
  }

  @Override
  public Future<Removed> remove(Old kind, List<Seen> seen, int most) {
    if (seen.stream().anyMatch(one -> stuck.contains(one.key().uuid()))) {
      return Future.failedFuture("a row is broken");
    }
    int gone = (int) seen.stream().filter(one -> old.remove(one.key().uuid())).count();
    return in(removing, new Removed(Map.of("resources", gone), false));
  }

  @Override
  public Future<Woken> wakeResting(ListName list, UUID after, int look) {
    looks++;
    if (broken.contains(list)) {
      return Future.failedFuture("the index of " + list + " is corrupt");
    }
    NavigableSet<UUID> behind = waiting.getOrDefault(list, NONE).tailSet(after, false);
    List<UUID> seen = behind.stream().limit(look).toList();
    longestAnswer = Math.max(longestAnswer, seen.size());
    List<UUID> woken = seen.stream().filter(resting::remove).toList();
    woken.forEach(uuid -> due(Kind.RESOURCE, list, SubjectKey.ofResource(uuid), time.now()));
    return soon(
        new Woken(woken, seen.isEmpty() ? after : seen.get(seen.size() - 1), seen.size() < look));
  }

  static int bucket(SubjectKey key, int everyS) {
    return (int) ((key.uuid().getLeastSignificantBits() & 0xFFFFFFFFL) % everyS);
  }

  private NavigableSet<DueRow> rows(Kind kind, ListName list) {
    return due.computeIfAbsent(kind, k -> new HashMap<>())
        .computeIfAbsent(list, name -> new TreeSet<>(ORDER));
  }

  private <T> Future<T> soon(T answer) {
    return in(Duration.ofMillis(1), answer);
  }

  private <T> Future<T> in(Duration delay, T answer) {
    Promise<T> promise = Promise.promise();
    time.after(delay, () -> promise.complete(answer));
    return promise.future();
  }
}
