package dev.toygun.store;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Sends what a book of alarms comes to, nothing for what is empty. */
final class AlarmWrites {
  private AlarmWrites() {}

  static void send(PgTransaction to, AlarmChanges changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Alarm> written = changes.written();
    if (!written.isEmpty()) {
      to.send(AlarmSql.WRITE, written(written));
    }
    List<Alarm> created = changes.created();
    if (!created.isEmpty()) {
      to.send(AlarmSql.INSERT, created(created));
    }
    HistoryWrites.moves(to, changes.moves());
    hops(to, changes);
    if (!changes.closed.isEmpty()) {
      Tuple closed = uuids(changes.closed);
      to.send(AlarmSql.FREE, closed);
      to.send(DeliverySql.CLOSED, closed);
    }
    if (!changes.told.isEmpty()) {
      List<SubjectKey> told = List.copyOf(changes.told);
      to.send(
          DeliverySql.OPENED,
          PgArrays.tuple(
              PgArrays.uuids(told, SubjectKey::resource),
              PgArrays.uuids(told, SubjectKey::uuid),
              null));
    }
    if (!changes.woken.isEmpty()) {
      to.send(AlarmSql.WAKE, uuids(changes.woken));
    }
  }

  private static void hops(PgTransaction to, AlarmChanges changes) {
    List<AlarmChanges.Settled> settled = changes.settled;
    if (!settled.isEmpty()) {
      to.send(
          AlarmSql.SETTLE,
          PgArrays.tuple(
              PgArrays.uuids(settled, AlarmChanges.Settled::error),
              PgArrays.numbers(settled, AlarmChanges.Settled::level),
              PgArrays.texts(settled, s -> s.decision().stored()),
              PgArrays.texts(settled, AlarmChanges.Settled::reason)));
    }
    if (!changes.overtaken.isEmpty()) {
      to.send(AlarmSql.OVERTAKE, uuids(changes.overtaken));
    }
    List<Hop> asked = changes.asked;
    if (!asked.isEmpty()) {
      to.send(
          AlarmSql.ASK,
          PgArrays.tuple(
              PgArrays.uuids(asked, Hop::error),
              PgArrays.numbers(asked, Hop::level),
              PgArrays.uuids(asked, Hop::resource),
              PgArrays.uuids(asked, h -> h.panicked().resource()),
              PgArrays.uuids(asked, h -> h.panicked().uuid()),
              PgArrays.bigs(asked, Hop::step),
              PgArrays.numbers(asked, Hop::retries),
              PgArrays.times(asked, Hop::dueAt)));
    }
  }

  private static Tuple uuids(Collection<UUID> uuids) {
    return Tuple.of(uuids.toArray(new UUID[0]));
  }

  private static Tuple created(List<Alarm> rows) {
    return PgArrays.tuple(
        PgArrays.uuids(rows, a -> a.key().resource()),
        PgArrays.uuids(rows, a -> a.key().uuid()),
        PgArrays.uuids(rows, Alarm::subject),
        PgArrays.texts(rows, Alarm::name),
        PgArrays.texts(rows, Alarm::task),
        PgArrays.texts(rows, a -> a.list().queue()),
        PgArrays.texts(rows, a -> a.list().type()),
        PgArrays.numbers(rows, a -> a.list().version()),
        PgArrays.numbers(rows, a -> a.list().priority()),
        PgArrays.texts(rows, a -> a.state().stored()),
        PgArrays.bigs(rows, Alarm::step),
        PgArrays.bigs(rows, Alarm::version),
        PgArrays.texts(rows, a -> a.severity().stored()),
        PgArrays.texts(rows, Alarm::message),
        PgArrays.uuids(rows, Alarm::error),
        PgArrays.flags(rows, Alarm::judged),
        PgArrays.texts(rows, Alarm::runbook),
        PgArrays.numbers(rows, Alarm::escalateS),
        PgArrays.times(rows, Alarm::dueAt),
        PgArrays.uuids(rows, Alarm::under),
        PgArrays.times(rows, Alarm::createdAt),
        PgArrays.times(rows, Alarm::openedAt),
        PgArrays.bigs(rows, Alarm::standsAt),
        PgArrays.times(rows, Alarm::clearAt));
  }

  private static Tuple written(List<Alarm> rows) {
    return PgArrays.tuple(
        PgArrays.uuids(rows, a -> a.key().resource()),
        PgArrays.uuids(rows, a -> a.key().uuid()),
        PgArrays.texts(rows, a -> a.state().stored()),
        PgArrays.bigs(rows, Alarm::step),
        PgArrays.bigs(rows, Alarm::version),
        PgArrays.texts(rows, a -> a.severity().stored()),
        PgArrays.times(rows, Alarm::dueAt),
        PgArrays.times(rows, Alarm::clearAt),
        PgArrays.times(rows, Alarm::snoozedUntil),
        PgArrays.texts(rows, Alarm::acknowledged),
        PgArrays.uuids(rows, Alarm::under),
        PgArrays.texts(
            rows,
            a -> a.repairs().stream().map(Instant::toString).collect(Collectors.joining(","))),
        PgArrays.times(rows, Alarm::openedAt),
        PgArrays.times(rows, Alarm::endedAt),
        PgArrays.texts(rows, Alarm::message));
  }
}
