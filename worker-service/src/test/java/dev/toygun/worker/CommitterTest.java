package dev.toygun.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Cause;
import dev.toygun.store.ChildDelete;
import dev.toygun.store.Committed;
import dev.toygun.store.Hold;
import dev.toygun.store.Loaded;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.Usage;
import dev.toygun.store.Work;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommitterTest {
  private static final Committed FENCED = new Committed.Fenced();
  private final RuntimeException refusal = new IllegalStateException("refused");

  private final List<List<Outcome>> sent = new ArrayList<>();
  private final List<Promise<List<Committed>>> answers = new ArrayList<>();
  private final Committer committer =
      new Committer(
          new Store(),
          new Sayings(() -> 0),
          new Silence((time, action) -> {}, () -> {}),
          WorkerSettings.of("w", "b"),
          () -> 0,
          new SimpleMeterRegistry(),
          () -> {});

  private final class Store implements Work {
    @Override
    public Future<List<Committed>> commit(List<Outcome> group) {
      sent.add(group);
      answers.add(Promise.promise());
      return answers.get(answers.size() - 1).future();
    }

    @Override
    public Future<Loaded> load(Collection<UUID> resources, Sees sees) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<ResourceRow>> resources(Collection<UUID> uuids) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Hold>> holds() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Set<String>> demoted() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> charge(List<Usage> used) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> tried(Map<String, Integer> good) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> publish(List<TypeDefinition> definitions, String build) {
      throw new UnsupportedOperationException();
    }
  }

  private static Outcome outcome(int n) {
    Stamp stamp =
        new Stamp(Cause.CLOCK, "system", "w", "b", new UUID(0, n), null, Stamp.Delays.NONE);
    return new Outcome(
        SubjectKey.ofResource(new UUID(1, n)),
        n,
        0,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        ChildDelete.NONE,
        null,
        Set.of(),
        stamp,
        null);
  }

  @Test
  void whatIsRefusedBesideOthersGoesAgainWithoutThem() {
    committer.commit(outcome(1)); // The others leave together once it is back.
    Outcome bad = outcome(2);
    Outcome done = outcome(3);
    Outcome innocent = outcome(4);
    List<Future<Committer.Verdict>> verdicts = new ArrayList<>();
    List.of(bad, done, innocent).forEach(outcome -> verdicts.add(committer.commit(outcome)));
    answers.get(0).complete(List.of(FENCED));
    assertThat(sent.get(1)).containsExactly(bad, done, innocent);

    Committed refused = new Committed.Unstorable(refusal);
    answers.get(1).complete(List.of(refused, FENCED, refused));
    assertThat(sent.get(2)).containsExactly(bad);
    answers.get(2).fail(refusal);
    assertThat(sent.get(3)).containsExactly(innocent);
    answers.get(3).complete(List.of(new Committed.Busy()));

    assertThat(verdicts)
        .extracting(Future::result)
        .containsExactly(
            new Committer.Verdict.Guilty(refusal),
            new Committer.Verdict.Answered(FENCED, 0),
            new Committer.Verdict.Answered(new Committed.Busy(), 0));
    assertThat(sent).hasSize(4);
  }
}
