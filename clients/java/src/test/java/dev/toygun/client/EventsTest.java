package dev.toygun.client;

import static dev.toygun.client.Peer.NOTHING;
import static dev.toygun.client.Peer.said;
import static dev.toygun.client.Peer.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream of events that breaks, and one that is closed. */
class EventsTest {
  private static final Peer.Said QUIET = said(503, "{\"code\": \"unavailable\"}");

  private final VirtualTime time = new VirtualTime();

  @Test
  void aStreamGoesOnBehindTheLastEvent() throws IOException {
    try (Peer peer =
            Peer.answering(
                stream("retry: 1000", "id: e.1.1"),
                NOTHING,
                QUIET,
                stream(
                    "event: moved",
                    "id: e.2.2",
                    "data: {\"move\":",
                    "data: {\"to\":\"quiet\"}}",
                    "",
                    ": still here",
                    "id: e.3.3"),
                stream("event: reset", "id: e.9.9", "data: {\"detail\":\"read anew\"}"),
                said(401, "{\"code\": \"unauthenticated\"}"));
        Toygun toygun = peer.client(time)) {
      EventStream events = toygun.events().follow(Options.resource(EveryCall.R));
      assertThat(peer.asked).hasSize(1);
      assertThat(events.lastEventId()).isEqualTo("e.1.1");
      Iterator<Event> next = events.iterator();
      Event moved = next.next();
      assertThat(moved.kind()).isEqualTo("moved");
      assertThat(moved.id()).isEqualTo("e.2.2");
      assertThat(moved.move().orElseThrow().to()).isEqualTo("quiet");
      Event reset = next.next();
      assertThat(reset.isReset()).isTrue();
      assertThat(reset.move()).isEmpty();
      assertThatThrownBy(next::next).isInstanceOf(Problem.Unauthenticated.class);
      assertThat(peer.asked)
          .extracting(one -> Objects.toString(one.header("Last-Event-ID"), ""))
          .containsExactly("", "e.1.1", "e.1.1", "e.1.1", "e.3.3", "e.9.9");
    }
  }

  @Test
  void aStreamGivesUp() throws IOException {
    try (Peer peer =
            Peer.answering(
                asked -> asked.header("Last-Event-ID") == null ? stream("id: e.1.1") : QUIET);
        Toygun toygun = peer.client(time)) {
      Iterator<Event> events = toygun.events().follow().iterator();
      assertThatThrownBy(events::next).isInstanceOf(Problem.Unavailable.class);
      assertThat(time.passed()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
      assertThat(time.pauses.get(0)).isEqualTo(Duration.ofSeconds(1));
      assertThat(time.pauses)
          .allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(30)));
    }
  }

  @Test
  void aStreamThatIsRefusedIsToldAtOnce() throws IOException {
    try (Peer peer = Peer.answering(said(429, "{\"code\": \"too_many_streams\"}"));
        Toygun toygun = peer.client(time)) {
      assertThatThrownBy(() -> toygun.events().follow()).isInstanceOf(Problem.RateLimited.class);
      assertThat(peer.asked).hasSize(1);
    }
  }

  @Test
  void whoReadsHearsThatTheClientIsClosed() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (Peer peer = Peer.answering(asked -> Peer.silentUntil(over, "id: e.1.1"))) {
      Toygun toygun = peer.client().build();
      Iterator<Event> events = toygun.events().follow().iterator();
      CompletableFuture<Boolean> more = CompletableFuture.supplyAsync(events::hasNext);
      toygun.close();
      assertThat(more.get(30, TimeUnit.SECONDS)).isFalse();
      over.countDown();
    }
  }

  @Test
  void aWaitEndsWhenTheTimeIsOverThoughTheApiIsAway() throws IOException {
    try (Peer peer = Peer.answering(asked -> QUIET);
        Toygun toygun = peer.client().tries(1).build()) {
      assertThatThrownBy(
              () ->
                  toygun
                      .resources()
                      .wait(EveryCall.R, Options.ended(), Options.timeout(Duration.ofMillis(50))))
          .isInstanceOf(WaitedTooLong.class)
          .hasMessageContaining("nobody knows how it is");
      assertThat(peer.asked).hasSizeGreaterThan(1);
    }
  }

  @Test
  @Timeout(60)
  void aMoveEndsWaitingThoughNobodyLooksByHimself() throws IOException {
    CountDownLatch looked = new CountDownLatch(2);
    Peer.Said moved = stream("id: e.1.2", "event: moved", "data: {}");
    try (Peer peer =
            Peer.answering(
                asked -> {
                  if (!asked.target().startsWith("/v1/events")) {
                    String state = looked.getCount() == 0 ? "full" : "filling";
                    looked.countDown();
                    return said(200, resource(state));
                  }
                  // It is looked at once it is followed; only then, behind that, it moves.
                  return asked.header("Last-Event-ID") == null
                      ? Peer.silentUntil(looked, "id: e.1.1")
                      : moved;
                });
        Toygun toygun = peer.client(time)) {
      Resource full = toygun.resources().wait(EveryCall.R, Options.state("full"));
      assertThat(full.state()).isEqualTo("full");
      assertThat(peer.asked)
          .extracting(Peer.Asked::target)
          .contains("/v1/events?resource=" + EveryCall.R.uuid());
    }
  }

  private static String resource(String state) {
    return """
        {"type": "tank", "label": "x", "availability": "online", "uuid": "%s", "active": true,
         "state": "%s"}"""
        .formatted(EveryCall.R.uuid(), state);
  }
}
