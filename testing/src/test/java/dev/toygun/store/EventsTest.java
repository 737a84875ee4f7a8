package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Severity;
import dev.toygun.store.Events.Event;
import dev.toygun.store.Events.Page;
import dev.toygun.store.Events.Position;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read by who follows events: everything, once, in one order. */
class EventsTest {
  private final PostgresFixture postgres = new PostgresFixture();
  private final Events events = new Events(postgres.store().database());

  @AfterEach
  void close() {
    postgres.close();
  }

  private Position now() {
    return postgres.get(events.now());
  }

  private Page after(Position position) {
    return after(position, null, 100);
  }

  private Page after(Position position, @Nullable UUID resource, int limit) {
    return Objects.requireNonNull(postgres.get(events.after(position, resource, limit)));
  }

  private void moves(SubjectKey subject) {
    postgres.done(subject, d -> d.enter("again", null, false));
  }

  private static List<String> tasks(Page page) {
    return page.events().stream().map(event -> String.valueOf(event.task())).toList();
  }

  private Connection somebody() throws SQLException {
    DatabaseUrl url = postgres.url();
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  @Test
  void aMoveIsReadOnceWithWhatItIsOf() {
    ResourceRow root = postgres.root();
    SubjectKey task = postgres.running(root, "work", false);
    Position from = now();
    moves(task);
    Page page = after(from);
    assertThat(page.events()).hasSize(1);
    Event event = page.events().get(0);
    assertThat(event.subject()).isEqualTo(task);
    assertThat(event.task()).isEqualTo("work");
    assertThat(event.run()).isEqualTo(1);
    assertThat(event.place().label()).isEqualTo(root.label());
    assertThat(event.place().type()).isEqualTo(root.type());
    assertThat(event.moved().transition().to()).isEqualTo("again");
    assertThat(page.more()).isFalse();
    assertThat(after(page.end()).events()).isEmpty();
    moves(root.key());
    assertThat(after(page.end()).events()).singleElement().matches(e -> e.task() == null);
  }

  @Test
  void aMoveOfAnAlarmIsReadAsOne() {
    ResourceRow root = postgres.root();
    AlarmWrite.Rules rules =
        new AlarmWrite.Rules(Severity.WARNING, true, false, Duration.ZERO, null, null);
    Position from = now();
    postgres.done(
        root.key(),
        d -> d.alarm(AlarmWrite.raise(root.key(), "down", postgres.uuid(), "no answer", rules)));
    assertThat(after(from).events())
        .filteredOn(event -> event.alarm() != null)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.alarm()).isEqualTo(new Events.Alarmed("down", "warning", null));
              assertThat(event.subject().resource()).isEqualTo(root.uuid());
              assertThat(event.task()).isNull();
              assertThat(event.moved().transition().to()).isEqualTo("open");
            });
  }

  /** The trap: what is committed late has the lower number, and a reader of numbers is past it. */
  @Test
  void whatIsCommittedLateIsNotSkipped() throws SQLException {
    ResourceRow root = postgres.root();
    SubjectKey slow = postgres.running(root, "slow", false);
    SubjectKey quick = postgres.running(root, "quick", false);
    Position from = now();
    try (Connection other = somebody();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          """
          insert into transitions
            (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker, build)
          values ('%s', '%s', 99, 'a', 'b', 'clock', 'system', 'w', 'b')
          """
              .formatted(slow.resource(), slow.uuid()));
      moves(quick);
      Page early = after(from);
      assertThat(early.events()).as("one before it is not decided yet").isEmpty();
      other.commit();
      Page late = after(early.end());
      assertThat(tasks(late)).containsExactly("slow", "quick");
      assertThat(after(late.end()).events()).isEmpty();
    }
  }

  @Test
  void onePagesEndIsTheNextOnesBeginningWhoeversMovesAreWanted() {
    ResourceRow root = postgres.root();
    SubjectKey mine = postgres.running(root, "mine", false);
    SubjectKey others = postgres.running(postgres.root(), "others", false);
    Position at = now();
    for (int i = 0; i < 7; i++) {
      moves(others);
      moves(others);
      moves(mine);
    }
    int seen = 0;
    int pages = 0;
    for (Page page = after(at, root.uuid(), 4); ; page = after(at, root.uuid(), 4)) {
      assertThat(tasks(page)).containsOnly("mine").hasSizeLessThanOrEqualTo(2);
      seen += page.events().size();
      pages++;
      at = page.end();
      if (!page.more()) {
        break;
      }
    }
    assertThat(seen).isEqualTo(7);
    assertThat(pages).isEqualTo(6);
  }

  @Test
  void aPositionOfAnotherServerOrOfTheFutureIsNone() {
    Position now = now();
    assertThat(postgres.get(events.after(new Position("other", now.xid(), 0), null, 10))).isNull();
    String later = Long.toString(Long.parseLong(now.xid()) + 1_000_000);
    assertThat(postgres.get(events.after(new Position(now.epoch(), later, 0), null, 10))).isNull();
  }

  @Test
  void whereAnEventIsGoneNobodyGoesOn() {
    SubjectKey task = postgres.running(postgres.root(), "work", false);
    Position from = now();
    moves(task);
    Position last = after(from).end();
    assertThat(postgres.get(events.isThere(last))).isTrue();
    assertThat(postgres.get(events.isThere(from))).isTrue();
    postgres.execute("delete from transitions");
    assertThat(postgres.get(events.isThere(last))).isFalse();
  }

  /** The trap: what a copy brought along has the numbers of transactions of the server before. */
  @Test
  void whatWasRestoredIsNoNews() {
    SubjectKey task = postgres.running(postgres.root(), "work", false);
    moves(task);
    Position from = now();
    postgres.execute(
        """
        insert into transitions
          (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker, build, at, xid)
        values ('%s', '%s', 99, 'a', 'b', 'clock', 'system', 'w', 'b', now() - interval '1 year',
                (pg_current_xact_id()::text::bigint + 3)::text::xid8)
        """
            .formatted(task.resource(), task.uuid()));
    for (int i = 0; i < 5; i++) {
      moves(task);
    }
    assertThat(after(from).events())
        .hasSize(5)
        .allMatch(event -> event.moved().transition().to().equals("again"));
  }

  @Test
  void whoHasReadNothingForADayBeginsAnew() {
    SubjectKey task = postgres.running(postgres.root(), "work", false);
    Position from = now();
    moves(task);
    Position last = after(from).end();
    postgres.execute("update transitions set at = at - interval '25 h'");
    assertThat(postgres.get(events.isThere(last))).isFalse();
  }

  @Test
  void aPageIsReadOffTheIndexHoweverMuchHasHappened() throws SQLException {
    postgres.execute(
        """
        insert into transitions
          (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker, build)
        select gen_random_uuid(), gen_random_uuid(), 1, 'a', 'b', 'clock', 'system', 'w', 'b'
          from generate_series(1, 50000)
        """);
    postgres.execute("analyze transitions");
    try (Connection other = somebody();
        Statement statement = other.createStatement()) {
      statement.execute("prepare one as " + Events.AFTER);
      StringBuilder plan = new StringBuilder();
      try (ResultSet lines = statement.executeQuery("explain execute one ('700', 5, 200, null)")) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      assertThat(plan.toString()).contains("xid_seq_idx").doesNotContain("Seq Scan", "Hash");
    }
  }
}
