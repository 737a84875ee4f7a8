package dev.toygun.alert;

import dev.toygun.alert.Message.Event;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Opening;
import dev.toygun.store.Outbox;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends to sinks of every kind. Safe to share. */
public final class Sinks {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Time time;
  private final Duration timeout;
  private final Addresses addresses;
  private final SinkSettings settings;
  private final Post post;

  /**
   * Sends from here.
   *
   * @param allowed networks inside that sinks may reach
   */
  public Sinks(Vertx vertx, Time time, FieldSeal seal, List<Network> allowed) {
    this(vertx, time, seal, allowed, TIMEOUT);
  }

  Sinks(Vertx vertx, Time time, FieldSeal seal, List<Network> allowed, Duration timeout) {
    this.vertx = vertx;
    this.time = time;
    this.timeout = timeout;
    this.addresses = new Addresses(vertx, allowed);
    this.settings = new SinkSettings(seal);
    this.post = new Post(vertx, addresses, timeout);
  }

  /**
   * A sink as it is stored.
   *
   * @param settings with its secrets sealed
   */
  public record Stored(UUID uuid, SinkKind kind, JsonObject settings) {}

  /** How its settings are kept. */
  public SinkSettings settings() {
    return settings;
  }

  /** Sends what was claimed; fails with {@link NotDelivered}. */
  public Future<Void> send(Outbox.Claimed delivery) {
    SinkKind kind = SinkKind.ofStored(delivery.kind()).orElse(null);
    if (kind == null) {
      return Future.failedFuture(
          NotDelivered.ever("this build knows no sink of kind " + delivery.kind()));
    }
    try {
      Stored sink = new Stored(delivery.sinkUuid(), kind, new JsonObject(delivery.settings()));
      return send(
          sink,
          delivery.uuid(),
          delivery.resolve() ? Event.RESOLVE : Event.OPEN,
          new JsonObject(delivery.body()));
    } catch (DecodeException e) {
      return Future.failedFuture(NotDelivered.ever("what is stored cannot be read"));
    }
  }

  /** Sends to a sink of the configuration; fails with {@link NotDelivered}. */
  public Future<Void> send(LastSink sink, UUID delivery, Event event, JsonObject body) {
    return send(sink.kind(), sink.settings(), delivery, event, body);
  }

  /**
   * Sends what was written down.
   *
   * @param body the variables
   * @return fails with {@link NotDelivered}
   */
  public Future<Void> send(Stored sink, UUID delivery, Event event, JsonObject body) {
    JsonObject plain;
    try {
      plain = settings.open(sink.uuid(), sink.kind(), sink.settings());
    } catch (FieldSeal.CannotOpen e) {
      String why = String.valueOf(e.getMessage());
      // While keys are replaced, another service may have the key, and this one after its next
      // start.
      return Future.failedFuture(
          e.reason() == Opening.Reason.UNKNOWN_KEY
              ? NotDelivered.now(why)
              : NotDelivered.ever(why));
    }
    return send(sink.kind(), plain, delivery, event, body);
  }

  /** The same, with settings that are open already. */
  Future<Void> send(SinkKind kind, JsonObject plain, UUID delivery, Event event, JsonObject body) {
    try {
      JsonObject whole = SinkSettings.whole(kind, plain);
      return sink(kind, whole)
          .send(Wording.of(delivery, event, body, whole))
          .recover(error -> Future.failedFuture(explained(error).without(kind, plain)));
    } catch (RuntimeException e) {
      return Future.failedFuture(explained(e));
    }
  }

  private static NotDelivered explained(Throwable error) {
    return error instanceof NotDelivered known
        ? known
        : NotDelivered.now(
            "it cannot be sent: " + Texts.line(error.getClass().getSimpleName(), 100));
  }

  private Sink sink(SinkKind kind, JsonObject whole) {
    return switch (kind) {
      case WEBHOOK -> new Webhook(post, time, whole);
      case SLACK -> new Slack(post, whole);
      case PAGERDUTY -> new PagerDuty(post, whole);
      case EMAIL -> new Email(vertx, addresses, timeout, whole);
      case LOG -> new Log();
      case SENTRY -> new Sentry(post, time, whole);
    };
  }

  /**
   * Posts JSON to where somebody else has said that it takes it, as a sink would.
   *
   * @return fails with {@link NotDelivered}
   */
  public Future<Void> post(String url, JsonObject body) {
    return post.send(url, null, body.toBuffer(), Map.of());
  }

  /**
   * Looks whether a sink may be where these settings say it is.
   *
   * @param plain settings that have nothing wrong with them otherwise
   * @return what is wrong; null for nothing
   */
  public Future<SinkSettings.@Nullable Wrong> reachable(SinkKind kind, JsonObject plain) {
    JsonObject whole = SinkSettings.whole(kind, plain);
    @Nullable String url =
        kind == SinkKind.SENTRY ? Dsn.parse(whole.getString("dsn")).url() : whole.getString("url");
    @Nullable String host = url == null ? whole.getString("host") : URI.create(url).getHost();
    if (host == null) {
      return Future.succeededFuture(null);
    }
    String name = kind == SinkKind.SENTRY ? "dsn" : url == null ? "host" : "url";
    boolean open =
        url == null ? "none".equals(whole.getString("security")) : url.startsWith("http:");
    return addresses
        .find(host)
        .map(
            found ->
                open && !found.trusted()
                    ? new SinkSettings.Wrong(
                        name, "unencrypted is only for networks of TOYGUN_SINK_NETWORKS")
                    : null)
        .otherwise(error -> new SinkSettings.Wrong(name, String.valueOf(error.getMessage())));
  }

  /** Gives its connections back. */
  public Future<Void> close() {
    return post.close();
  }
}
