package dev.toygun.api;

import dev.toygun.queue.Queue;
import dev.toygun.store.Events;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who follows events over HTTP, up to so many. */
final class EventStreams {
  /** The most that follow one process, and the most of them with one key. */
  static final int MOST = 200;

  static final int MOST_OF_A_KEY = 20;

  private final Events events;
  private final Queue queue;
  private final Time time;
  private final Duration heartbeat;
  private final Set<EventStream> open = new HashSet<>();
  private Queue.@Nullable Listening nudges;

  EventStreams(Events events, Queue queue, Time time, Duration heartbeat) {
    this.heartbeat = heartbeat;
    this.events = events;
    this.queue = queue;
    this.time = time;
  }

  /**
   * Answers with a stream of events, which goes on until the caller leaves or is not let in any
   * more.
   *
   * @param admitted asks whether the caller still may
   */
  Future<Void> follow(Call call, HttpServerRequest request, Supplier<Future<?>> admitted) {
    long ofKey = open.stream().filter(one -> one.actor().equals(call.caller())).count();
    if (open.size() >= MOST || ofKey >= MOST_OF_A_KEY) {
      return Future.failedFuture(tooMany());
    }
    EventStream stream =
        new EventStream(
            events, time, heartbeat, call.caller(), call.maybeUuid("resource"), request, admitted);
    open.add(stream);
    if (nudges == null) {
      nudges = queue.listen(() -> List.copyOf(open).forEach(EventStream::nudged));
    }
    stream.onClose(() -> open.remove(stream));
    request.response().closeHandler(gone -> stream.close());
    request.response().exceptionHandler(gone -> stream.close());
    return stream.begin(request.getHeader("Last-Event-ID"));
  }

  /** How many follow. */
  int size() {
    return open.size();
  }

  /** Ends all of them, so that nobody waits for them. */
  void close() {
    if (nudges != null) {
      nudges.close();
    }
    List.copyOf(open).forEach(EventStream::close);
  }

  private static Problem tooMany() {
    return new Problem(
        429,
        "too_many_streams",
        "up to %d event streams are open at once, %d of them with one key: end one"
            .formatted(MOST, MOST_OF_A_KEY),
        List.of(),
        Map.of("Retry-After", "5"));
  }
}
