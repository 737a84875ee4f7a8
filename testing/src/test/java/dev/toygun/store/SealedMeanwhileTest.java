package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.End;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Secrets are sealed again beside whoever is in the middle of a step, and change no version: what
 * the step has read before must not come back with what it writes.
 */
class SealedMeanwhileTest {
  private final PostgresFixture postgres = new PostgresFixture();
  private final ResourceRow resource = settled();
  private final SubjectKey run = postgres.running(resource, "task", false);

  private ResourceRow settled() {
    ResourceRow root = postgres.root();
    postgres.settle(root);
    return root;
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  private void sealAgain() {
    postgres.execute("update tasks set attrs = '{\"token\": \"again\"}'");
    postgres.execute("update resources set attrs = '{\"token\": \"again\"}'");
  }

  private void holds(String table, UUID uuid) {
    String sql = "select attrs::text from %s where uuid = '%s'".formatted(table, uuid);
    assertThat(postgres.rows(sql).get(0).getString(0)).isEqualTo("{\"token\": \"again\"}");
  }

  private Outcome drawn(Family family, SubjectKey key, Consumer<OutcomeDraft> what) {
    OutcomeDraft draft = OutcomeDraft.of(family, key, postgres.tick(), postgres.now());
    what.accept(draft);
    return draft.build().orElseThrow();
  }

  private void commits(SubjectKey key, Consumer<OutcomeDraft> what) {
    Outcome outcome = drawn(postgres.family(key.resource()), key, what);
    sealAgain();
    assertThat(postgres.get(postgres.store().commit(List.of(outcome))).get(0))
        .isInstanceOf(Committed.Done.class);
  }

  @Test
  void aPlainMoveAndAStayWriteNoFieldThatTheyDoNotChange() {
    commits(run, draft -> draft.enter("next", null, false));
    holds("tasks", run.uuid());
    commits(run, draft -> draft.tries(3));
    holds("tasks", run.uuid());
  }

  @Test
  void aMoveThatIsJudgedDoesNotEither() {
    commits(
        run,
        draft -> {
          draft.enter("next", null, false);
          draft.start(postgres.start(resource, "other"));
        });
    holds("tasks", run.uuid());
    commits(resource.key(), draft -> draft.tries(2));
    holds("resources", resource.uuid());
  }

  @Test
  void aPlainEndWritesNeitherThoseOfTheRunNorThoseOfItsResource() {
    Family family = postgres.family(resource.uuid());
    Outcome end = drawn(family, run, draft -> draft.ends(End.FINISHED, false));
    Family left = Forecast.own(family, end, postgres.now());
    Outcome settle = drawn(left, resource.key(), draft -> draft.dueAt(null));
    List<Outcome> group = List.of(end.then(settle));
    assertThat(PgEnd.carries(group)).isTrue();
    sealAgain();
    assertThat(postgres.get(PgEnd.end(postgres.store().database(), group))[0])
        .isInstanceOf(Committed.Done.class);
    holds("tasks", run.uuid());
    holds("resources", resource.uuid());
  }
}
