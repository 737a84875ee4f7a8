package dev.toygun.alert;

import dev.toygun.alert.Message.Event;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells somebody that there is no Postgres, in which all other alarms are: from the configuration,
 * straight to the sinks. It says so again every few minutes, under a key that does not change, and
 * when Postgres is back, that it is over. For one thread.
 */
public final class LastResort {
  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final Duration REMIND = Duration.ofMinutes(5);

  private final Time time;
  private final Supplier<Optional<String>> missing;
  private final List<Told> sinks;
  private final JsonObject body;
  private final Sending sending;
  private Time.@Nullable Timer timer;
  private @Nullable Instant since;
  private boolean stopped;

  /** Sends to a sink of the configuration; see {@link Sinks}. */
  @FunctionalInterface
  public interface Sending {
    /** Fails with {@link NotDelivered} where it was not sent. */
    Future<Void> send(LastSink sink, UUID delivery, Event event, JsonObject body);
  }

  /** What a sink may have been told, and when something is to be said to it next. */
  private static final class Told {
    private final LastSink sink;
    private boolean open;
    private boolean underWay;
    private Instant remind = Instant.MIN;
    private Instant retry = Instant.MIN;

    Told(LastSink sink) {
      this.sink = sink;
    }

    private boolean waits(Instant now) {
      return underWay || now.isBefore(retry);
    }
  }

  /**
   * One that does nothing until it is started.
   *
   * @param service whose loss it is, such as {@code worker}
   * @param installation tells this Toygun from others, in the key by which messages belong together
   * @param missing why Postgres is not there; nothing while it is
   */
  public LastResort(
      Time time,
      String service,
      String installation,
      Supplier<Optional<String>> missing,
      List<LastSink> sinks,
      Sending sending) {
    this.time = time;
    this.missing = missing;
    this.sinks = sinks.stream().map(Told::new).toList();
    this.sending = sending;
    this.body =
        new JsonObject()
            .put("name", "no_postgres")
            .put("severity", "critical")
            .put("resource_type", "__system__")
            .put("resource_label", service)
            .put("dedup_key", "toygun/%s/no_postgres/%s".formatted(service, installation));
  }

  /** Begins. */
  public void start() {
    if (!sinks.isEmpty()) {
      look();
    }
  }

  /** Says nothing more. */
  public void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void look() {
    if (stopped) {
      return;
    }
    Instant now = time.now();
    Optional<String> why = missing.get();
    if (why.isEmpty()) {
      since = null;
      sinks.forEach(told -> over(told, now));
    } else if (since == null) {
      since = now;
    } else if (!now.isBefore(since.plus(PATIENCE))) {
      Instant from = since;
      sinks.forEach(told -> open(told, now, from, why.get()));
    }
    timer = time.after(LOOK, this::look);
  }

  private void open(Told told, Instant now, Instant from, String why) {
    if (told.waits(now) || now.isBefore(told.remind)) {
      return;
    }
    String message =
        "there has been no Postgres for %d s: it %s. Nothing moves, and no other alarm can be told."
            .formatted(Duration.between(from, now).toSeconds(), why);
    // It may have got there though no answer came: so from now on it is to be taken back.
    told.open = true;
    send(told, Event.OPEN, body.copy().put("message", message).put("opened_at", text(from)));
  }

  private void over(Told told, Instant now) {
    if (told.open && !told.waits(now)) {
      send(
          told,
          Event.RESOLVE,
          body.copy().put("message", "Postgres is back").put("closed_at", text(now)));
    }
  }

  private void send(Told told, Event event, JsonObject about) {
    told.underWay = true;
    sending
        .send(told.sink, time.uuid(), event, about)
        .onComplete(
            done -> {
              told.underWay = false;
              boolean forGood = done.cause() instanceof NotDelivered known && known.forGood();
              if (done.failed()) {
                told.retry = time.now().plus(RETRY);
                LOG.warn(
                    "the last resort, {}, was not told: {}", told.sink, done.cause().getMessage());
              }
              if (event == Event.RESOLVE && (done.succeeded() || forGood)) {
                told.open = false;
                told.remind = Instant.MIN;
              } else if (event == Event.OPEN && done.succeeded()) {
                told.remind = time.now().plus(REMIND);
              }
            });
  }

  private static String text(Instant at) {
    return Instant.ofEpochMilli(at.toEpochMilli()).toString();
  }
}
