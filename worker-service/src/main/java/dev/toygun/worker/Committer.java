package dev.toygun.worker;

import dev.toygun.store.Committed;
import dev.toygun.store.Outcome;
import dev.toygun.store.UnknownOutcome;
import dev.toygun.store.Work;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The group committer: the outcomes of all ticks join groups of a kind, at most two of each under
 * way, each one transaction. A group that the database refuses is halved until the guilty outcome
 * is alone.
 */
final class Committer {
  private final Work store;
  private final Sayings sayings;
  private final Silence silence;
  private final LongSupplier nanos;
  private final Batches<Outcome, Verdict> plain;
  private final Batches<Outcome, Verdict> ends;
  private final Batches<Outcome, Verdict> rich;
  private final DistributionSummary sizes;

  /** What became of an outcome that was sent. */
  sealed interface Verdict {
    /**
     * It was taken, or was not.
     *
     * @param share of the time that its group took, in nanoseconds
     */
    record Answered(Committed committed, long share) implements Verdict {}

    /** The database does not take it. */
    record Guilty(Throwable why) implements Verdict {}

    /** Nobody knows: the row must be read. */
    record Unknown(Throwable why) implements Verdict {}
  }

  /**
   * Commits to this store.
   *
   * @param sayings is told what was said
   * @param silence is told whether commits are answered
   * @param nanos the monotonic clock
   * @param handled is run whenever a group was committed and handled: fewer may wait
   */
  Committer(
      Work store,
      Sayings sayings,
      Silence silence,
      WorkerSettings settings,
      LongSupplier nanos,
      MeterRegistry metrics,
      Runnable handled) {
    this.store = store;
    this.sayings = sayings;
    this.silence = silence;
    this.nanos = nanos;
    this.plain = batches(settings, nanos, handled);
    this.ends = batches(settings, nanos, handled);
    this.rich = batches(settings, nanos, handled);
    this.sizes =
        DistributionSummary.builder("toygun_commit_group_size")
            .description("outcomes in a commit")
            .register(metrics);
  }

  private Batches<Outcome, Verdict> batches(
      WorkerSettings settings, LongSupplier nanos, Runnable handled) {
    return new Batches<>(nanos, settings.group(), settings.groupsUnderWay(), this::send, handled);
  }

  /** Commits the outcome with the next group; the future never fails. */
  Future<Verdict> commit(Outcome outcome) {
    Future<Verdict> verdict =
        (outcome.isPlain() ? plain : outcome.isPlainEnd() ? ends : rich).ask(outcome);
    return outcome.said() == null ? verdict : verdict.onSuccess(v -> said(outcome, v));
  }

  private void said(Outcome outcome, Verdict verdict) {
    if (verdict instanceof Verdict.Answered answered
        && answered.committed() instanceof Committed.Done) {
      sayings.written(outcome);
    }
  }

  /** How many wait to be committed. */
  int waiting() {
    return plain.waiting() + ends.waiting() + rich.waiting();
  }

  private Future<List<Verdict>> send(List<Outcome> group) {
    sizes.record(group.size());
    long left = nanos.getAsLong();
    return store
        .commit(group)
        .transform(
            done ->
                done.succeeded()
                    ? told(group, done.result(), (nanos.getAsLong() - left) / group.size())
                    : refused(group, done.cause()));
  }

  /** Those that the database refuses go again without those that it took. */
  private Future<List<Verdict>> told(List<Outcome> group, List<Committed> answers, long share) {
    silence.ends();
    List<Outcome> rest = new ArrayList<>();
    Throwable why = null;
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof Committed.Unstorable refused) {
        rest.add(group.get(i));
        why = refused.why();
      }
    }
    Future<List<Verdict>> again =
        why == null ? Future.succeededFuture(List.of()) : refused(rest, why);
    return again.map(
        found -> {
          Iterator<Verdict> next = found.iterator();
          return answers.stream()
              .<Verdict>map(
                  answer ->
                      answer instanceof Committed.Unstorable
                          ? next.next()
                          : new Verdict.Answered(answer, share))
              .toList();
        });
  }

  private Future<List<Verdict>> refused(List<Outcome> group, Throwable error) {
    if (error instanceof UnknownOutcome) {
      silence.begins();
      return Future.succeededFuture(
          group.stream().<Verdict>map(outcome -> new Verdict.Unknown(error)).toList());
    }
    silence.ends();
    if (group.size() == 1 && group.get(0).then() != null) {
      // Whose fault it is shows when each comes by itself.
      return send(List.of(group.get(0).then(null).wakingResource()));
    }
    if (group.size() == 1) {
      return Future.succeededFuture(List.of(new Verdict.Guilty(error)));
    }
    int half = group.size() / 2;
    return send(group.subList(0, half))
        .compose(
            first ->
                send(group.subList(half, group.size()))
                    .map(
                        second -> {
                          List<Verdict> both = new ArrayList<>(first);
                          both.addAll(second);
                          return both;
                        }));
  }
}
