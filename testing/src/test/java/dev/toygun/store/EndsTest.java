package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.End;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An end for which nobody waits is one statement, and comes to what a judged one does. */
class EndsTest {
  private static final String ROWS =
      """
      SELECT (to_jsonb(t) - '{uuid,resource_uuid,type,bucket,created_at,updated_at,ended_at}'::text[])
             || jsonb_build_object('ended', t.ended_at = t.updated_at)
        FROM tasks t WHERE resource_uuid = $1
       UNION ALL
      SELECT to_jsonb(r) - '{uuid,type,label,bucket,created_at,updated_at}'::text[]
             || jsonb_build_object('bucketed', r.bucket IS NOT NULL)
        FROM resources r WHERE uuid = $1
       UNION ALL
      SELECT to_jsonb(m) - '{resource_uuid,subject_uuid,at,tick,seq,xid}'::text[]
        FROM (SELECT * FROM transitions WHERE resource_uuid = $1 ORDER BY xid, seq) AS m
       UNION ALL
      SELECT to_jsonb(d) - '{uuid,type}'::text[]
        FROM resource_dues d WHERE uuid = $1
      """;

  private static List<String> written(PostgresFixture postgres, ResourceRow resource) {
    return postgres.rows(ROWS, resource.uuid()).stream()
        .map(row -> String.valueOf(row.getValue(0)))
        .toList();
  }

  /** The end of a task, and what its resource is drawn to do after it. */
  private static Outcome end(
      PostgresFixture postgres, SubjectKey task, Consumer<OutcomeDraft> after) {
    return end(postgres, task, before -> {}, after);
  }

  private static Outcome end(
      PostgresFixture postgres,
      SubjectKey task,
      Consumer<OutcomeDraft> before,
      Consumer<OutcomeDraft> after) {
    Instant now = postgres.now();
    Family family = postgres.family(task.resource());
    OutcomeDraft end = OutcomeDraft.of(family, task, postgres.tick(), now);
    if (end.step() == 0) {
      end.enter("first", null, false);
    }
    before.accept(end);
    end.ends(End.FINISHED, false);
    Outcome outcome = end.build().orElseThrow();
    Family left = Forecast.own(family, outcome, now);
    OutcomeDraft settle =
        OutcomeDraft.of(left, SubjectKey.ofResource(task.resource()), postgres.tick(), now);
    after.accept(settle);
    return outcome.then(settle.build().orElseThrow());
  }

  private static Outcome end(PostgresFixture postgres, SubjectKey task) {
    return end(postgres, task, settle -> settle.dueAt(null));
  }

  /** What the statement itself says; null for what it leaves to a judgement. */
  private static List<@Nullable Committed> statement(
      PostgresFixture postgres, Outcome... outcomes) {
    List<Outcome> group = List.of(outcomes);
    assertThat(PgEnd.carries(group)).isTrue();
    return Arrays.asList(postgres.get(PgEnd.end(postgres.store().database(), group)));
  }

  private static SubjectKey task(PostgresFixture postgres, ResourceRow resource, boolean isNew) {
    postgres.settle(resource);
    if (!isNew) {
      return postgres.running(resource, "task", false);
    }
    TaskStart start = postgres.start(resource, "task");
    postgres.done(resource.key(), d -> d.start(start));
    return new SubjectKey(resource.uuid(), start.uuid());
  }

  @Test
  void itWritesAndAnswersWhatAJudgedOneDoes() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Instant then = postgres.now().plus(Duration.ofHours(1));
      List<Consumer<OutcomeDraft>> settles =
          List.of(
              settle -> settle.dueAt(null),
              settle -> settle.dueAt(then),
              settle -> settle.dueAt(Instant.EPOCH),
              settle -> settle.polls(60),
              settle -> {
                settle.waits(true);
                settle.tries(2);
                settle.dueAt(then);
              });
      for (boolean isNew : new boolean[] {false, true}) {
        for (Consumer<OutcomeDraft> settle : settles) {
          ResourceRow plain = postgres.root();
          ResourceRow judged = postgres.root();
          Outcome one = end(postgres, task(postgres, plain, isNew), settle);
          Outcome other = end(postgres, task(postgres, judged, isNew), settle);

          Committed.Done done = (Committed.Done) statement(postgres, one).get(0);
          Committed.Done verdict =
              (Committed.Done)
                  postgres.get(PgGroup.commit(postgres.store().database(), List.of(other))).get(0);

          assertThat(written(postgres, plain)).isEqualTo(written(postgres, judged));
          assertThat(postgres.moves(one.subject())).hasSize(2);
          assertThat(done).isNotNull();
          assertThat(postgres.woken(done))
              .isEqualTo(verdict.woken().isEmpty() ? List.of() : List.of(plain.key()));
          assertThat(
                  new Committed.Done(
                      done.version(),
                      done.wakes(),
                      done.dueAt(),
                      List.of(),
                      done.begun(),
                      done.then()))
              .isEqualTo(
                  new Committed.Done(
                      verdict.version(),
                      verdict.wakes(),
                      verdict.dueAt(),
                      List.of(),
                      verdict.begun(),
                      verdict.then()));
        }
      }
    }
  }

  @Test
  void whatStandsInTheWayIsLeftToAJudgement() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      SubjectKey waited = task(postgres, postgres.root(), false);
      SubjectKey waiter = postgres.running(postgres.resource(waited.resource()), "waiter", true);
      Outcome awaited = end(postgres, waited);
      assertThat(statement(postgres, awaited)).containsOnlyNulls();
      assertThat(postgres.woken(postgres.done(awaited))).contains(waiter);

      Outcome told = end(postgres, task(postgres, postgres.root(), false));
      postgres.execute(
          "insert into signals (resource_uuid, subject_uuid, uuid, type, sender) values"
              + " ('%s', '%s', '%s', 'hello', 'test')"
                  .formatted(told.subject().resource(), told.subject().uuid(), postgres.uuid()));
      assertThat(statement(postgres, told)).containsOnlyNulls();
      postgres.done(told);
      assertThat(Rows.text(postgres.rows("SELECT state FROM signals").get(0), 0))
          .isEqualTo("unread");
    }
  }

  @Test
  void theManySignalsOfOneKeepNoneOfAnotherWaitingThatEndsWithIt() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Outcome many = end(postgres, task(postgres, postgres.root(), false));
      Outcome one = end(postgres, task(postgres, postgres.root(), false));
      signals(postgres, many.subject(), 10_001);
      signals(postgres, one.subject(), 1);
      postgres.get(postgres.store().commit(List.of(many, one)));
      String unread = "SELECT count(*) FROM signals WHERE state = 'unread' AND subject_uuid = $1";
      assertThat(postgres.rows(unread, one.subject().uuid()).get(0).getLong(0)).isOne();
      assertThat(postgres.rows(unread, many.subject().uuid()).get(0).getLong(0)).isEqualTo(10_000);
    }
  }

  private static void signals(PostgresFixture postgres, SubjectKey to, int many) {
    postgres.execute(
        "insert into signals (resource_uuid, subject_uuid, uuid, type, sender)"
            + " select '%s', '%s', gen_random_uuid(), 'hello', 'test' from generate_series(1, %d)"
                .formatted(to.resource(), to.uuid(), many));
  }

  @Test
  void whereSomebodyElseCameBetweenItIsLeftToAJudgement() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Outcome woken = end(postgres, task(postgres, postgres.root(), false));
      wake(postgres, "resources", woken.subject().resource());
      Outcome nudged = end(postgres, task(postgres, postgres.root(), false));
      wake(postgres, "tasks", nudged.subject().uuid());
      Outcome written = end(postgres, task(postgres, postgres.root(), false));
      postgres.done(written.subject(), d -> d.attrs("{\"n\":2}", List.of("n")));
      Outcome turned = end(postgres, task(postgres, postgres.root(), false));
      postgres.execute(
          "update resources set availability = 'online' where uuid = '%s'"
              .formatted(turned.subject().resource()));

      assertThat(statement(postgres, woken, nudged, written, turned))
          .hasSize(4)
          .containsOnlyNulls();
      List<Committed> judged = postgres.commit(woken, nudged, written);
      assertThat(judged.get(0)).isInstanceOf(Committed.Done.class);
      assertThat(postgres.resource(woken.subject().resource()).machine().dueAt()).isNotNull();
      assertThat(judged.get(1)).isInstanceOf(Committed.Done.class);
      assertThat(judged.get(2)).isEqualTo(new Committed.Fenced());
      assertThat(postgres.task(written.subject()).machine().active()).isTrue();
    }
  }

  private static void wake(PostgresFixture postgres, String table, UUID uuid) {
    postgres.execute(
        "update %s set wakes = wakes + 1, due_at = now() where uuid = '%s'".formatted(table, uuid));
  }

  @Test
  void whatSomebodyElseHasLockedKeepsNobodyElseWaiting() throws SQLException {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Outcome locked = end(postgres, task(postgres, postgres.root(), false));
      Outcome free = end(postgres, task(postgres, postgres.root(), false));
      try (OtherClient other = new OtherClient(postgres)) {
        other.execute(
            "select from resources where uuid = '%s' for update"
                .formatted(locked.subject().resource()));
        List<Committed> answers = postgres.commit(locked, free);
        assertThat(answers.get(0)).isEqualTo(new Committed.Busy());
        assertThat(answers.get(1)).isInstanceOf(Committed.Done.class);
        other.rollback();
      }
      assertThat(statement(postgres, locked)).doesNotContainNull();
    }
  }

  @Test
  void aSignalThatComesWhileItWaitsIsNotLeftWaitingForEver() throws Exception {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Outcome end = end(postgres, task(postgres, postgres.root(), false));
      try (OtherClient other = new OtherClient(postgres)) {
        other.execute(
            """
            update tasks set wakes = wakes + 1, due_at = now() where uuid = '%2$s';
            insert into signals (resource_uuid, subject_uuid, uuid, type, sender)
            values ('%1$s', '%2$s', '%3$s', 'hello', 'test')
            """
                .formatted(end.subject().resource(), end.subject().uuid(), postgres.uuid()));
        Future<List<Committed>> committed = postgres.store().commit(List.of(end));
        other.awaitBlocked();
        other.commit();
        assertThat(postgres.get(committed).get(0)).isInstanceOf(Committed.Done.class);
      }
      assertThat(postgres.task(end.subject()).machine().active()).isFalse();
      List<Row> signals = postgres.rows("SELECT state FROM signals");
      assertThat(signals).extracting(row -> Rows.text(row, 0)).containsExactly("unread");
    }
  }

  @Test
  void whatIsWrittenWhileItWaitsIsSeenWhereItsTurnComes() throws Exception {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Outcome first = end(postgres, task(postgres, postgres.root(), false));
      Outcome woken = end(postgres, task(postgres, postgres.root(), false));
      SubjectKey task = task(postgres, postgres.root(), false);
      Outcome moved = end(postgres, task, settle -> settle.dueAt(Instant.EPOCH));
      try (OtherClient other = new OtherClient(postgres)) {
        other.execute(
            "select from tasks where uuid = '%s' for update".formatted(first.subject().uuid()));
        Future<@Nullable Committed[]> ended =
            PgEnd.end(postgres.store().database(), List.of(first, woken, moved));
        other.awaitBlocked();
        wake(postgres, "resources", woken.subject().resource());
        postgres.execute(
            "update resources set priority = 3 where uuid = '%s'".formatted(task.resource()));
        other.rollback();
        @Nullable Committed[] answers = postgres.get(ended);
        assertThat(answers[0]).isInstanceOf(Committed.Done.class);
        assertThat(answers[1]).isNull();
        assertThat(((Committed.Done) answers[2]).woken())
            .extracting(one -> one.list().priority())
            .containsExactly(3);
      }
      assertThat(postgres.task(woken.subject()).machine().active()).isTrue();
      assertThat(postgres.resource(woken.subject().resource()).machine().dueAt()).isNotNull();
      assertThat(postgres.task(task).machine().active()).isFalse();
    }
  }

  @Test
  void whatTheDatabaseRefusesOfTheRestDoesNotHideWhatWasWritten() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      Outcome good = end(postgres, task(postgres, postgres.root(), false));
      SubjectKey waited = task(postgres, postgres.root(), false);
      postgres.running(postgres.resource(waited.resource()), "waiter", true);
      Outcome bad =
          end(
              postgres,
              waited,
              end -> end.attrs("{\"n\":\"\\u0000\"}", List.of("n")),
              settle -> settle.dueAt(null));

      List<Committed> answers = postgres.commit(bad, good);
      assertThat(answers.get(0)).isInstanceOf(Committed.Unstorable.class);
      assertThat(answers.get(1)).isInstanceOf(Committed.Done.class);
      assertThat(postgres.task(waited).machine().active()).isTrue();
      assertThatThrownBy(() -> postgres.commit(bad)).hasStackTraceContaining("22P05");
    }
  }

  @Test
  void onlyWhatTouchesNothingElseIsCarried() {
    try (PostgresFixture postgres = new PostgresFixture()) {
      SubjectKey task = task(postgres, postgres.root(), false);
      Outcome plain = end(postgres, task);
      List<Outcome> others = new ArrayList<>();
      others.add(plain.then(null));
      others.add(end(postgres, task, settle -> settle.enter("second", null, false)));
      others.add(end(postgres, task, settle -> settle.attrs("{\"n\":1}", List.of("n"))));
      others.add(postgres.outcome(task, d -> d.enter("second", null, false)));
      assertThat(PgEnd.carries(List.of(plain))).isTrue();
      for (Outcome other : others) {
        assertThat(PgEnd.carries(List.of(other))).isFalse();
      }
      assertThat(PgEnd.carries(List.of(plain, plain))).as("one resource twice").isFalse();

      SubjectKey fresh = task(postgres, postgres.root(), true);
      Outcome two = end(postgres, fresh);
      Outcome three =
          postgres
              .outcome(
                  fresh,
                  d -> {
                    d.enter("first", null, false);
                    d.enter("second", null, false);
                    d.ends(End.FINISHED, false);
                  })
              .then(two.then());
      assertThat(two.isPlainEnd()).isTrue();
      assertThat(three.isPlainEnd()).as("it would take its whole group along").isFalse();
    }
  }
}
