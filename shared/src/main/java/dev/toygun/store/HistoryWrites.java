package dev.toygun.store;

import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Sends a group's history, nothing for what is empty. */
final class HistoryWrites {
  private HistoryWrites() {}

  static void send(PgTransaction to, GroupChanges changes) {
    moves(to, changes.moves);
    if (!changes.changes.isEmpty()) {
      to.send(HistorySql.CHANGES, changes(changes.changes));
    }
    if (!changes.said.isEmpty()) {
      to.send(HistorySql.SAID, said(changes.said));
    }
    if (!changes.errors.isEmpty()) {
      to.send(HistorySql.ERRORS, errors(changes.errors));
    }
    if (!changes.turns.isEmpty()) {
      List<GroupChanges.Turn> turns = List.copyOf(changes.turns.values());
      to.send(
          HistorySql.OBSERVATIONS,
          PgArrays.tuple(
              PgArrays.uuids(turns, GroupChanges.Turn::resource),
              PgArrays.bigs(turns, GroupChanges.Turn::version),
              PgArrays.texts(turns, t -> t.availability().stored())));
    }
    if (!changes.signals.isEmpty()) {
      to.send(HistorySql.SIGNALS, signals(changes.signals));
    }
    if (!changes.consumed.isEmpty()) {
      to.send(
          HistorySql.CONSUME,
          PgArrays.tuple(
              PgArrays.uuids(changes.consumed, GroupChanges.Consumed::resource),
              PgArrays.uuids(changes.consumed, GroupChanges.Consumed::signal)));
    }
    if (!changes.ended.isEmpty()) {
      to.send(
          HistorySql.LEAVE_SIGNALS,
          PgArrays.tuple(
              PgArrays.uuids(changes.ended, SubjectKey::resource),
              PgArrays.uuids(changes.ended, SubjectKey::uuid)));
    }
  }

  /** The moves of machines, alarms among them. */
  static void moves(PgTransaction to, List<GroupChanges.Moved> moves) {
    if (!moves.isEmpty()) {
      to.send(HistorySql.MOVES, tuple(moves));
    }
  }

  private static Tuple tuple(List<GroupChanges.Moved> rows) {
    return PgArrays.tuple(
        PgArrays.uuids(rows, m -> m.key().resource()),
        PgArrays.uuids(rows, m -> m.key().uuid()),
        PgArrays.bigs(rows, m -> m.move().step()),
        PgArrays.texts(rows, m -> m.move().from()),
        PgArrays.texts(rows, m -> m.move().to()),
        PgArrays.texts(rows, m -> m.stamp().cause().stored()),
        PgArrays.texts(rows, m -> m.stamp().actor()),
        PgArrays.texts(rows, m -> m.move().message()),
        PgArrays.uuids(rows, m -> m.move().error()),
        PgArrays.texts(rows, m -> PgArrays.names(m.move().changed())),
        PgArrays.texts(rows, m -> m.stamp().worker()),
        PgArrays.texts(rows, m -> m.stamp().build()),
        PgArrays.uuids(rows, m -> m.stamp().tick()),
        PgArrays.texts(rows, m -> m.stamp().trace()),
        PgArrays.bigs(rows, m -> m.stamp().delays().queued()),
        PgArrays.bigs(rows, m -> m.stamp().delays().popped()),
        PgArrays.bigs(rows, m -> m.stamp().delays().leased()),
        PgArrays.bigs(rows, m -> m.stamp().delays().done()));
  }

  private static Tuple changes(List<GroupChanges.Changed> rows) {
    return PgArrays.tuple(
        PgArrays.uuids(rows, c -> c.key().resource()),
        PgArrays.uuids(rows, c -> c.key().uuid()),
        PgArrays.bigs(rows, GroupChanges.Changed::version),
        PgArrays.texts(rows, c -> PgArrays.names(c.fields())),
        PgArrays.texts(rows, c -> c.stamp().cause().stored()),
        PgArrays.texts(rows, c -> c.stamp().actor()),
        PgArrays.texts(rows, c -> c.stamp().worker()),
        PgArrays.texts(rows, c -> c.stamp().build()),
        PgArrays.uuids(rows, c -> c.stamp().tick()),
        PgArrays.texts(rows, c -> c.stamp().trace()));
  }

  private static Tuple said(List<GroupChanges.Said> rows) {
    return PgArrays.tuple(
        PgArrays.uuids(rows, s -> s.key().resource()),
        PgArrays.uuids(rows, s -> s.key().uuid()),
        PgArrays.bigs(rows, s -> s.what().step()),
        PgArrays.texts(rows, s -> s.what().text()),
        PgArrays.texts(rows, s -> s.stamp().cause().stored()),
        PgArrays.texts(rows, s -> s.stamp().actor()),
        PgArrays.texts(rows, s -> s.stamp().worker()),
        PgArrays.texts(rows, s -> s.stamp().trace()),
        PgArrays.uuids(rows, s -> s.stamp().tick()));
  }

  private static Tuple errors(List<ErrorRow> rows) {
    return PgArrays.tuple(
        PgArrays.uuids(rows, ErrorRow::uuid),
        PgArrays.uuids(rows, e -> e.subject().resource()),
        PgArrays.uuids(rows, e -> e.subject().uuid()),
        PgArrays.texts(rows, ErrorRow::kind),
        PgArrays.texts(rows, ErrorRow::message),
        PgArrays.texts(rows, ErrorRow::attrs),
        PgArrays.texts(rows, ErrorRow::stack),
        PgArrays.texts(rows, ErrorRow::stackHash),
        PgArrays.texts(rows, ErrorRow::state),
        PgArrays.bigs(rows, ErrorRow::step),
        PgArrays.numbers(rows, ErrorRow::attempt),
        PgArrays.texts(rows, ErrorRow::worker),
        PgArrays.texts(rows, ErrorRow::build),
        PgArrays.times(rows, ErrorRow::at),
        PgArrays.texts(rows, ErrorRow::breaker));
  }

  private static Tuple signals(List<SignalRow> rows) {
    return PgArrays.tuple(
        PgArrays.uuids(rows, SignalRow::uuid),
        PgArrays.uuids(rows, s -> s.subject().resource()),
        PgArrays.uuids(rows, s -> s.subject().uuid()),
        PgArrays.texts(rows, SignalRow::type),
        PgArrays.texts(rows, SignalRow::attrs),
        PgArrays.texts(rows, SignalRow::from),
        PgArrays.times(rows, SignalRow::sentAt));
  }
}
