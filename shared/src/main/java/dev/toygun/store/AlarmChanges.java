package dev.toygun.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** What a book of alarms comes to: for the store to write, in one transaction with the rest. */
public final class AlarmChanges {
  private final Set<AlarmDraft> created = new LinkedHashSet<>();
  private final Set<AlarmDraft> written = new LinkedHashSet<>();
  private final List<GroupChanges.Moved> moves = new ArrayList<>();
  final Set<SubjectKey> told = new LinkedHashSet<>();
  final Set<UUID> closed = new LinkedHashSet<>();
  final List<Hop> asked = new ArrayList<>();
  final List<Settled> settled = new ArrayList<>();
  final Set<UUID> overtaken = new LinkedHashSet<>();
  final SortedSet<UUID> woken = new TreeSet<>(SubjectKey.UUID_ORDER);

  AlarmChanges() {}

  /** A hop that is decided. */
  public record Settled(UUID error, int level, Hop.Decision decision, String reason) {}

  void create(AlarmDraft alarm) {
    created.add(alarm);
  }

  void write(AlarmDraft alarm) {
    if (!created.contains(alarm)) {
      written.add(alarm);
    }
  }

  void move(SubjectKey alarm, Transition move, Stamp by) {
    moves.add(new GroupChanges.Moved(alarm, move, by));
  }

  /** The row as it is from now on: of the next version, if anything of it changes. */
  Alarm row(AlarmDraft alarm) {
    boolean changes = created.contains(alarm) || written.contains(alarm);
    return alarm.row(alarm.loaded + (changes ? 1 : 0));
  }

  /** New rows. */
  public List<Alarm> created() {
    return created.stream().map(this::row).toList();
  }

  /** Rows that are there and change; each has the version that it has from now on. */
  public List<Alarm> written() {
    return written.stream()
        .map(this::row)
        .sorted(java.util.Comparator.comparing(Alarm::key))
        .toList();
  }

  /** The moves of all of them. */
  List<GroupChanges.Moved> moves() {
    return moves;
  }

  /** The moves of all of them, for whoever keeps them elsewhere. */
  public void eachMove(MoveSink to) {
    moves.forEach(moved -> to.moved(moved.key(), moved.move(), moved.stamp()));
  }

  /** Takes moves. */
  @FunctionalInterface
  public interface MoveSink {
    void moved(SubjectKey alarm, Transition move, Stamp by);
  }

  /** Alarms of which every sink that takes their severity is to be told. */
  public Set<SubjectKey> told() {
    return told;
  }

  /** Alarms that closed: who was told of one is told, and what is folded under it is free. */
  public Set<UUID> closed() {
    return closed;
  }

  /** Levels that are asked. */
  public List<Hop> asked() {
    return asked;
  }

  /** Levels that have answered. */
  public List<Settled> settled() {
    return settled;
  }

  /** Errors of which no level need answer any more. */
  public Set<UUID> overtaken() {
    return overtaken;
  }

  /** Resources that are to be ticked. */
  public SortedSet<UUID> woken() {
    return woken;
  }

  /** Whether there is anything to write. */
  public boolean isEmpty() {
    return created.isEmpty() && written.isEmpty() && settled.isEmpty();
  }
}
