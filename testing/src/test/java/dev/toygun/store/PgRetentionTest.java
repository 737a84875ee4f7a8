package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.End;
import dev.toygun.store.Retention.Removed;
import dev.toygun.store.Retention.Seen;
import dev.toygun.store.Retention.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is old of what lives, and of what is nobody's. */
class PgRetentionTest {
  private static final Old HISTORY = new Old.History(Duration.ofDays(400));

  private final PostgresFixture postgres = new PostgresFixture(2);

  private Removed thin(UUID resource) {
    Seen seen = new Seen(SubjectKey.ofResource(resource), Instant.EPOCH);
    return postgres.get(postgres.store().remove(HISTORY, List.of(seen), 2_000));
  }

  private long count(String table, String where) {
    return Rows.big(
        postgres.rows("SELECT count(*) FROM %s WHERE %s".formatted(table, where)).get(0), 0);
  }

  /** Of each kind some that are 500 days old, and one that is a day old. */
  private void fill(UUID uuid) {
    postgres.execute(
        """
        insert into changes (resource_uuid, subject_uuid, version, fields, at, cause, actor, worker, build)
        select ':r', ':r', 100 + n, '{n}', now() - make_interval(days => case when n <= 3 then 500 else 1 end), 'clock', 'system', 'w', 'b'
          from generate_series(1, 4) as n;
        insert into log (resource_uuid, subject_uuid, step, level, message, at)
        select ':r', ':r', n, 'info', 'x', now() - make_interval(days => case when n <= 3 then 500 else 1 end)
          from generate_series(1, 4) as n;
        insert into errors (uuid, resource_uuid, subject_uuid, kind, message, state, step, try, worker, build, at)
        select ('00000000-0000-7000-e000-00000000000' || n)::uuid, ':r', ':r', 'Broken', 'x', 'a', 1, 1, 'w', 'b',
               now() - make_interval(days => case when n <= 4 then 500 else 1 end)
          from generate_series(1, 5) as n;
        update resources set error = '00000000-0000-7000-e000-000000000001' where uuid = ':r';
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, active, error, ended_at)
        select ':r', ':r', ('00000000-0000-7000-a000-00000000000' || n)::uuid, 'down', 'box', 1, 'closed', false,
               case when n = 3 then '00000000-0000-7000-e000-000000000002'::uuid end,
               now() - make_interval(days => case when n <= 2 then 500 else 1 end)
          from generate_series(1, 3) as n;
        insert into transitions (resource_uuid, subject_uuid, step, at, from_state, to_state, cause, actor, worker, build)
        select ':r', ('00000000-0000-7000-a000-00000000000' || n)::uuid, 1, now() - interval '500 days', 'a', 'b', 'alarm', 'system', '', ''
          from generate_series(1, 3) as n;
        insert into hops (error_uuid, level, resource_uuid, panicked_resource, panicked_uuid, step, at, decision, due_at)
        values ('00000000-0000-7000-e000-000000000003', 1, ':r', ':r', ':r', 1, now() - interval '500 days', null, now()),
               ('00000000-0000-7000-e000-000000000004', 1, ':r', ':r', ':r', 1, now() - interval '500 days', 'retry', null);
        insert into signals (resource_uuid, subject_uuid, uuid, type, sender, sent_at, state, ended_at)
        select ':r', ':r', gen_random_uuid(), 'poke', 'x', now() - interval '600 days',
               case when n = 4 then 'waiting' else 'consumed' end,
               case when n < 4 then now() - make_interval(days => case when n <= 2 then 500 else 1 end) end
          from generate_series(1, 4) as n;
        insert into observations (resource_uuid, at, version, availability)
        select ':r', now() - make_interval(days => n), 1, 'online' from unnest(array[600, 500, 450, 1]) as n;
        insert into audit (at, actor, action, allowed)
        select now() - make_interval(days => n), 'key:ops', 'start', true from unnest(array[500, 450, 1]) as n;
        insert into holds (uuid, scope, reason, actor, created_at, effective_at, released_at, settled_at)
        select gen_random_uuid(), 'all', 'x', 'key:ops', now() - make_interval(days => n), now(), now(),
               now() - make_interval(days => n) from unnest(array[500, 1]) as n;
        """
            .replace(":r", uuid.toString()));
  }

  @Test
  void whatIsOldOfWhatLivesGoesAndWhatIsNamedOrWaitsStays() {
    try (postgres) {
      ResourceRow root = postgres.root();
      postgres.settle(root);
      int moves = postgres.moves(root.key()).size();
      fill(root.uuid());
      Removed removed = thin(root.uuid());
      assertThat(removed.more()).isFalse();
      assertThat(removed.rows())
          .containsEntry("changes", 3)
          .containsEntry("log", 3)
          .containsEntry("errors", 1)
          .containsEntry("alarms", 2)
          .containsEntry("transitions", 2)
          .containsEntry("hops", 1)
          .containsEntry("signals", 2)
          .containsEntry("observations", 2);
      assertThat(postgres.moves(root.key())).hasSize(moves);
      assertThat(count("errors", "uuid in (select error from resources)")).isOne();
      assertThat(count("errors", "uuid in (select error from alarms)")).isOne();
      assertThat(count("errors", "uuid in (select error_uuid from hops)")).isOne();
      assertThat(count("signals", "state = 'waiting'")).isOne();
      assertThat(count("observations", "at < now() - interval '400 days'"))
          .as("what it was when the time that is kept began")
          .isOne();
      assertThat(thin(root.uuid()).rows().values()).as("once").containsOnly(0);
    }
  }

  @Test
  void whatNobodyOwnsGoesByItsAge() {
    try (postgres) {
      fill(postgres.root().uuid());
      assertThat(postgres.get(postgres.store().removeRest(Settings.STANDARD, 1)).more()).isTrue();
      Removed rest = postgres.get(postgres.store().removeRest(Settings.STANDARD, 2_000));
      assertThat(rest.more()).isFalse();
      assertThat(count("audit", "true")).isOne();
      assertThat(count("holds", "true")).isOne();
    }
  }

  @Test
  void whatWasUsedIsKnownForADay() {
    try (postgres) {
      postgres.execute(
          """
          insert into usage
          select date_trunc('minute', now()) - h * interval '1 hour', 'type', '', ':r', 1, 1, 1, 1
            from (values (1), (23), (25), (48)) as v (h)
          """
              .replace(":r", postgres.root().uuid().toString()));
      assertThat(postgres.get(postgres.store().usages().remove(1)).more()).isTrue();
      assertThat(postgres.get(postgres.store().usages().remove(1_000)).rows())
          .containsEntry("usage", 1);
      assertThat(count("usage", "true")).isEqualTo(2);
    }
  }

  @Test
  void aHistoryThatIsLongIsThinnedOutPieceByPiece() {
    try (postgres) {
      ResourceRow root = postgres.root();
      postgres.settle(root);
      postgres.execute(
          """
          delete from transitions where resource_uuid = ':r';
          insert into transitions (resource_uuid, subject_uuid, step, at, from_state, to_state, cause, actor, worker, build, tick, error)
          select ':r', ':r', n, now() - make_interval(days => 1000 - n), 's' || n %% 2,
                 case when n = 77 then '__panic__' else 's' || (n + 1) %% 2 end, 'clock', 'system', 'w', 'b', gen_random_uuid(), null
            from generate_series(1, 1000) as n;
          """
              .replace("%%", "%")
              .replace(":r", root.uuid().toString()));
      int pieces = 1;
      while (thin(root.uuid()).more()) {
        pieces++;
      }
      assertThat(pieces).isEqualTo(600 / ThinningSql.WINDOW + 1);
      List<Long> steps = postgres.moves(root.key()).stream().map(moved -> moved.step()).toList();
      assertThat(steps).hasSize(2 + 400).startsWith(1L, 77L, 601L).endsWith(1000L);
    }
  }

  @Test
  void aTransactionTakesSoManyRowsOfATableWhoeverTheyAre() {
    try (postgres) {
      ResourceRow root = postgres.root();
      for (int i = 0; i < 4; i++) {
        postgres.ended(root, "task", End.FINISHED);
      }
      Old old = new Old.Runs(root.type(), "task", 1, Duration.ZERO);
      List<Seen> over = postgres.get(postgres.store().look(old, null, 100)).over();
      Removed first = postgres.get(postgres.store().remove(old, over, 4));
      assertThat(first.rows()).containsEntry("transitions", 4).doesNotContainKey("tasks");
      assertThat(first.more()).isTrue();
    }
  }

  @Test
  void theAlarmsOfTheSystemHaveAHistoryThatEnds() {
    try (postgres) {
      List<Seen> seen = postgres.get(postgres.store().look(HISTORY, null, 100)).over();
      assertThat(seen).extracting(s -> s.key().uuid()).containsOnlyOnce(SystemWatch.SYSTEM);
    }
  }
}
