package dev.toygun.worker;

import dev.toygun.ResourceType;
import dev.toygun.StateDef;
import dev.toygun.codec.Attrs;
import dev.toygun.codec.Codec;
import dev.toygun.crypto.Keyring;
import dev.toygun.store.Family;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Observed;
import dev.toygun.store.ResourceRow;
import dev.toygun.time.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs to charge the time of a tick, where a worker does it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Charging {
  private static final int MANY = 4_096;

  private enum Only {
    IDLE
  }

  private final Vertx vertx = Vertx.vertx();
  private final Charges charges =
      new Charges(
          used -> Future.succeededFuture(), new SystemTime(vertx), new SimpleMeterRegistry());
  private final Subject[] subjects = subjects();
  private int next;

  private static Subject[] subjects() {
    ResourceType<Only> type =
        ResourceType.of("thing", StateDef.state(Only.IDLE).decide(t -> t.stay()).rests());
    Instant now = Instant.ofEpochSecond(1_800_000_000);
    ListName list = new ListName("default", "thing", 1, 5);
    MachineRow machine =
        new MachineRow(
            "idle", 1, 2, 0, 1, 0, null, "{}", list, now, null, null, null, false, true, null, now,
            now, null);
    SecureRandom random = new SecureRandom();
    Keyring keyring = Keyring.parse(Keyring.newKeychain(random::nextBytes), random::nextBytes);
    Attrs none =
        new Codec(keyring, () -> now, "bench").read(List.of(), "thing", new UUID(0, 1), "{}");
    Subject[] subjects = new Subject[MANY];
    for (int i = 0; i < MANY; i++) {
      ResourceRow row =
          new ResourceRow(
              new UUID(i, i * 31L),
              null,
              List.of(),
              "r" + i,
              machine,
              ResourceRow.Deleting.NO,
              Observed.NOTHING);
      Family family =
          new Family(
              row, List.of(), List.of(), List.of(), List.of(), null, List.of(), List.of(),
              List.of());
      subjects[i] =
          new Subject(type, null, family, row.key(), machine, none, none, now, null, new Opened());
    }
    return subjects;
  }

  /** A tick and its commit, of one resource among more than a sample has places for. */
  @Benchmark
  public void chargeOneOfMany() {
    Subject subject = subjects[next++ & (MANY - 1)];
    charges.ticked(subject, 10_000, 0);
    charges.committed(subject, 50_000);
  }

  /** The same, of one that has a place. */
  @Benchmark
  public void chargeOneOfFew() {
    Subject subject = subjects[next++ & 31];
    charges.ticked(subject, 10_000, 0);
    charges.committed(subject, 50_000);
  }

  /** Nothing of it goes on. */
  @TearDown
  public void close() {
    vertx.close();
  }
}
