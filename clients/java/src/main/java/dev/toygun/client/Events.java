package dev.toygun.client;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens, as it is committed. */
public final class Events {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Requests requests;

  Events(Requests requests) {
    this.requests = requests;
  }

  /**
   * Follows every move, from now on or behind an event; of one resource and its tasks with {@link
   * Options#resource}. The stream is open when this returns: what is read after that misses
   * nothing. Close it.
   *
   * @throws Problem.RateLimited where there are too many streams
   * @throws Problem.Unavailable where the API is away
   */
  public EventStream follow(Option.Follow... options) {
    Map<String, @Nullable Object> given = Given.all(options);
    Call call = new Call(Operation.FOLLOW_EVENTS);
    Object resource = given.get("resource");
    if (resource != null) {
      call.query("resource", resource);
    }
    String last = given.get("Last-Event-ID") instanceof String id ? id : "";
    Duration patience = given.get("patience") instanceof Duration time ? time : PATIENCE;
    return new EventStream(requests, call.target(), last, patience);
  }
}
