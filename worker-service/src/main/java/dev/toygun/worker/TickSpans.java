package dev.toygun.worker;

import dev.toygun.store.ErrorRow;
import dev.toygun.store.Transition;
import dev.toygun.time.Time;
import dev.toygun.trace.Spans;
import dev.toygun.trace.Spans.Span;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells of ticks that a request led to. What nobody asked for, as a check, has no trace. */
final class TickSpans {
  private final Spans spans;
  private final Time time;
  private final String worker;

  TickSpans(Spans spans, Time time, String worker) {
    this.spans = spans;
    this.time = time;
    this.worker = worker;
  }

  /**
   * A tick has an answer.
   *
   * @param nanos from its begin to its answer
   */
  void ticked(@Nullable String trace, Subject subject, Ticker.Ticked ticked, long nanos) {
    if (trace == null || !spans.collected()) {
      return;
    }
    Instant ended = time.now();
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("toygun.resource.type", subject.type().name());
    attributes.put("toygun.resource.label", subject.family().resource().label());
    attributes.put("toygun.resource", subject.key().resource().toString());
    attributes.put("toygun.subject", subject.key().uuid().toString());
    attributes.put("toygun.state", subject.state());
    attributes.put("toygun.step", Long.toString(subject.row().step()));
    attributes.put("toygun.attempt", Integer.toString(subject.row().tries() + 1));
    attributes.put("toygun.worker", worker);
    @Nullable String error = null;
    if (ticked instanceof Ticker.Ticked.Changes changes) {
      List<Transition> moves = changes.outcome().transitions();
      if (!moves.isEmpty()) {
        attributes.put("toygun.to", moves.get(moves.size() - 1).to());
      }
      ErrorRow failed = changes.outcome().error();
      if (failed != null) {
        attributes.put("toygun.error", failed.uuid().toString());
        error = failed.kind();
      }
    }
    spans.ended(
        new Span(
            trace,
            null,
            Spans.Kind.MESSAGE,
            "tick %s %s".formatted(subject.name(), subject.state()),
            ended.minusNanos(nanos),
            ended,
            attributes,
            error));
  }
}
