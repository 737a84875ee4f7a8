package dev.toygun.store;

import dev.toygun.End;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An outcome that moves one task, or lets it stay, as a statement of a whole group takes it.
 *
 * @param place in the group
 * @param first the move out of {@code __new__}, if there is another one after it
 * @param last the move into the written state; null for a stay
 */
record PlainMove(
    int place,
    Outcome outcome,
    Write write,
    @Nullable Transition first,
    @Nullable Transition last) {

  static PlainMove of(int place, Outcome outcome) {
    Write write = outcome.write();
    if (write == null) {
      throw new IllegalArgumentException("a plain outcome writes its row");
    }
    List<Transition> moves = outcome.transitions();
    return new PlainMove(
        place,
        outcome,
        write,
        moves.size() == 2 ? moves.get(0) : null,
        moves.isEmpty() ? null : moves.get(moves.size() - 1));
  }

  /**
   * Whether a statement can carry its moves: one or none, or two of which the first one only leaves
   * {@code __new__}.
   */
  static boolean fits(List<Transition> moves) {
    return switch (moves.size()) {
      case 0, 1 -> true;
      case 2 ->
          moves.get(0).error() == null
              && moves.get(0).changed().isEmpty()
              && moves.get(0).to().equals(moves.get(1).from());
      default -> false;
    };
  }

  /** Whether all of a group were decided by the same worker, of the same build. */
  static boolean isOfOneWorker(List<Outcome> group) {
    Stamp stamp = group.get(0).stamp();
    return group.stream()
        .map(Outcome::stamp)
        .allMatch(s -> s.worker().equals(stamp.worker()) && s.build().equals(stamp.build()));
  }

  SubjectKey key() {
    return outcome.subject();
  }

  Stamp stamp() {
    return outcome.stamp();
  }

  String changed() {
    return PgArrays.names(last == null ? outcome.changed() : last.changed());
  }

  /** Whether it stays, and changed a field. */
  boolean isNoted() {
    return last == null && !outcome.changed().isEmpty();
  }

  @Nullable String firstFrom() {
    return first == null ? null : first.from();
  }

  @Nullable String firstMessage() {
    return first == null ? null : first.message();
  }

  @Nullable String lastFrom() {
    return last == null ? null : last.from();
  }

  @Nullable UUID because() {
    return last == null ? null : last.error();
  }

  @Nullable String message() {
    return last == null ? null : last.message();
  }

  /** How it ended, or will end. */
  @Nullable String end() {
    return stored(write.end() == null && !write.active() ? End.FINISHED : write.end());
  }

  @Nullable Integer bucket() {
    return bucketOf(key(), write.everyS());
  }

  /** The second of its period in which a subject is polled. */
  static @Nullable Integer bucketOf(SubjectKey key, @Nullable Integer everyS) {
    return everyS == null
        ? null
        : Integer.remainderUnsigned((int) key.uuid().getLeastSignificantBits(), everyS);
  }

  static @Nullable String stored(@Nullable End end) {
    return end == null ? null : end.stored();
  }
}
