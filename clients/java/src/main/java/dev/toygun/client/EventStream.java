package dev.toygun.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Events, one after the other, for one thread; another may close it, which ends it.
 *
 * <p>A stream that breaks is opened again and goes on behind the last event, with pauses that grow,
 * for {@link Options#patience} (5 minutes) at most without an answer. Then {@code hasNext} and
 * {@code next} throw what went wrong, as they do at once where the key is refused.
 */
public final class EventStream implements Iterable<Event>, AutoCloseable {
  private static final Duration SILENCE =
      Duration.ofSeconds(45); // The API says something every 15 s.
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Requests requests;
  private final String target;
  private final Duration patience;
  private volatile String last;
  private volatile @Nullable Lines lines;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Event next;

  EventStream(Requests requests, String target, String last, Duration patience) {
    this.requests = requests;
    this.target = target;
    this.last = last;
    this.patience = patience;
    requests.connection().opened(this);
    try {
      connect();
    } catch (IOException e) {
      close();
      throw broken(e);
    } catch (InterruptedException e) {
      close();
      throw new Interrupted(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * The events, for one loop: {@code hasNext} blocks until there is one, or the stream is closed.
   */
  @Override
  public Iterator<Event> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        if (next == null) {
          next = await();
        }
        return next != null;
      }

      @Override
      public Event next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the stream of events is closed");
        }
        Event event = Objects.requireNonNull(next);
        next = null;
        return event;
      }
    };
  }

  /** The same as a stream, which waits for each event as it is needed. */
  public Stream<Event> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /** Where it is: what to give as {@link Options#lastEventId} to go on from there. */
  public String lastEventId() {
    return last;
  }

  /** Ends it, for whoever reads it too. May be called by any thread, and more than once. */
  @Override
  public void close() {
    closed.countDown();
    requests.connection().left(this);
    leave();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /* The next event; null where it is closed. */
  private @Nullable Event await() {
    long since = requests.time().nanos();
    Duration pause = FIRST_PAUSE;
    try {
      while (!isClosed()) {
        try {
          if (lines == null) {
            connect();
          }
          Event event = next != null ? next : read();
          if (event != null) {
            return event;
          }
          since = requests.time().nanos(); // A sign of life.
          pause = FIRST_PAUSE;
        } catch (IOException | Problem.Unavailable | Problem.RateLimited e) {
          leave();
          if (isClosed()) {
            return null;
          }
          Duration told = e instanceof Problem problem ? problem.retryAfter().orElse(pause) : pause;
          Duration wait = told.compareTo(pause) > 0 ? told : pause;
          if (requests.time().since(since).plus(wait).compareTo(patience) > 0) {
            throw e instanceof Problem problem ? problem : broken(e);
          }
          requests.time().pause(wait, closed);
          Duration longer = pause.multipliedBy(2);
          pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
      }
      return null;
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    }
  }

  private static Problem broken(Exception e) {
    return Problem.Unreachable.of("the stream of events broke: " + e.getMessage());
  }

  private void connect() throws IOException, InterruptedException {
    Map<String, String> headers = new HashMap<>(Map.of("Accept", "text/event-stream"));
    if (!last.isEmpty()) {
      headers.put("Last-Event-ID", last);
    }
    lines = requests.connection().open(target, headers);
    if (isClosed()) {
      leave();
    }
    // What comes first says where the stream is, so that it can be gone on from there.
    next = read();
  }

  private void leave() {
    Lines there = lines;
    lines = null;
    if (there != null) {
      there.close();
    }
  }

  /* The next event; null for a sign of life. */
  private @Nullable Event read() throws IOException, InterruptedException {
    Lines from = lines;
    if (from == null) {
      throw new IOException("it was closed");
    }
    Map<String, String> said = new HashMap<>();
    for (String line = from.next(SILENCE); !line.isEmpty(); line = from.next(SILENCE)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      if (!name.isEmpty()) { // A line without one is a comment.
        String text = value.startsWith(" ") ? value.substring(1) : value;
        said.merge(name, text, (one, two) -> name.equals("data") ? one + "\n" + two : two);
      }
    }
    last = said.getOrDefault("id", last);
    String data = said.get("data");
    if (data == null) {
      return null;
    }
    byte[] text = data.getBytes(StandardCharsets.UTF_8);
    return new Event(said.getOrDefault("event", "message"), last, Json.read(text));
  }
}
