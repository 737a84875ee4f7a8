package dev.toygun.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.toygun.alert.Message.Event;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Keyring;
import dev.toygun.testing.servers.Receiver;
import dev.toygun.time.SystemTime;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;

/** Sends to sinks on loopback, with a time-out that a test can wait for. */
abstract class SinkTrial {
  static final String SECRET = "canary-0123456789";
  static final List<Network> LOOPBACK = List.of(Network.of("127.0.0.0/8"), Network.of("::1"));
  static final UUID DELIVERY = new UUID(7, 8);

  final Vertx vertx = Vertx.vertx();
  final Time time = new SystemTime(vertx);
  final Receiver receiver = new Receiver();
  final Sinks sinks = sinks(LOOPBACK);

  @AfterEach
  void close() {
    receiver.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  Sinks sinks(List<Network> allowed) {
    Keyring keyring = Keyring.parse(Keyring.newKeychain(time::random), time::random);
    return new Sinks(vertx, time, new FieldSeal(keyring), allowed, Duration.ofSeconds(3));
  }

  JsonObject webhook() {
    return new JsonObject().put("url", receiver.url("/hook?a=b")).put("secret", SECRET);
  }

  void sent(SinkKind kind, JsonObject settings, Event event) {
    join(send(sinks, kind, settings, event));
  }

  static Future<Void> send(Sinks from, SinkKind kind, JsonObject settings, Event event) {
    assertThat(SinkSettings.wrongs(kind, settings)).isEmpty();
    return from.send(
        kind, settings, DELIVERY, event, event == Event.OPEN ? Bodies.open() : Bodies.closed());
  }

  static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  NotDelivered notSent(SinkKind kind, JsonObject settings) {
    return failure(send(sinks, kind, settings, Event.OPEN));
  }

  static NotDelivered failure(Future<Void> sending) {
    Throwable thrown = catchThrowable(() -> join(sending));
    assertThat(thrown)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NotDelivered.class);
    NotDelivered failure = (NotDelivered) Objects.requireNonNull(thrown.getCause());
    assertThat(failure)
        .hasMessageNotContaining(SECRET)
        .hasMessageNotContaining(MailServer.PASSWORD);
    return failure;
  }
}
