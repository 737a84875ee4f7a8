package dev.toygun.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.queue.Ticket;
import dev.toygun.store.Due.Kind;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClockVerticleTest {
  @Test
  void aClockRunsOnAnEventLoopUntilItIsUndeployed() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      SystemTime time = new SystemTime(vertx);
      SimpleMeterRegistry metrics = new SimpleMeterRegistry();
      FakeRows rows = new FakeRows(time);
      InProcessQueue queue = new InProcessQueue(time, metrics);
      SubjectKey key = SubjectKey.ofResource(time.uuid());
      rows.due(Kind.RESOURCE, ClockRig.WEB, key, time.now());
      ClockVerticle verticle =
          new ClockVerticle(
              ClockSettings.STANDARD,
              "clock",
              new ClockVerticle.Parts(time, rows, queue, new InProcessLeases(time), metrics));
      String id =
          vertx
              .deployVerticle(verticle)
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      queue
          .awaitAny(List.of(ClockRig.WEB), Duration.ofSeconds(10))
          .toCompletionStage()
          .toCompletableFuture()
          .get(11, TimeUnit.SECONDS);
      List<Ticket> tickets = queue.pop(List.of(ClockRig.WEB), 5).result();
      assertThat(tickets).hasSize(1);
      assertThat(tickets.get(0).subjects()).containsExactly(key);
      vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertThat(rows.upto("due")).isBefore(time.now());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
