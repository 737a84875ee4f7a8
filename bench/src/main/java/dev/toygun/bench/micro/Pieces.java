package dev.toygun.bench.micro;

import dev.toygun.Field;
import dev.toygun.codec.Attrs;
import dev.toygun.codec.Codec;
import dev.toygun.crypto.Envelope;
import dev.toygun.crypto.Keyring;
import dev.toygun.crypto.Opening;
import dev.toygun.store.Cause;
import dev.toygun.store.Family;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Observed;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How long each piece takes, on average. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Pieces {
  /** What the subjects of a full ticket take. */
  private static final int TICKET_BYTES = 64 * 37;

  private static final Field<String> NAME = Field.text("name");
  private static final Field<Long> TRIES = Field.integer("tries");
  private static final Field<Boolean> READY = Field.bool("ready");
  private static final List<Field<?>> FIELDS = List.of(NAME, TRIES, READY);
  private static final Duration TTL = Duration.ofHours(1);
  private static final ListName LIST = new ListName("default", "bench", 1, 5);

  private final Instant now = Instant.ofEpochSecond(1_800_000_000);
  private final UUID row = new UUID(1, 2);
  private final Keyring keyring = keyring();
  private final Codec codec = new Codec(keyring, () -> now, "bench");
  private final Envelope envelope = new Envelope(keyring, 64 * 1024);
  private final byte[] body = body();
  private final String sealed = envelope.seal(LIST.toString(), body, now, TTL);
  private final String stored =
      codec
          .read(FIELDS, "bench", row, "{}")
          .with(NAME, "a name of usual length")
          .with(TRIES, 3L)
          .with(READY, true)
          .toJson();
  private final Family family = family();
  private final SubjectKey task = family.tasks().get(0).key();
  private final Stamp stamp =
      new Stamp(Cause.CLOCK, "clock", "worker", "build", row, null, Stamp.Delays.NONE);

  private static Keyring keyring() {
    SecureRandom random = new SecureRandom();
    return Keyring.parse(Keyring.newKeychain(random::nextBytes), random::nextBytes);
  }

  private static byte[] body() {
    byte[] bytes = new byte[TICKET_BYTES];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private Family family() {
    MachineRow machine =
        new MachineRow(
            "ONE", 1, 2, 0, 1, 0, null, stored, LIST, now, null, null, null, false, true, null, now,
            now, null);
    ResourceRow resource =
        new ResourceRow(
            row, null, List.of(), "r", machine, ResourceRow.Deleting.NO, Observed.NOTHING);
    TaskRow run =
        new TaskRow(
            new SubjectKey(row, new UUID(1, 3)),
            "walk",
            1,
            machine,
            null,
            "{}",
            "key:bench",
            Cause.API,
            0,
            null);
    return new Family(
        resource,
        List.of(run),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of());
  }

  /** Three fields, out of the text that is stored. */
  @Benchmark
  public long readFields() {
    Attrs attrs = codec.read(FIELDS, "bench", row, stored);
    return attrs.find(NAME).orElseThrow().length()
        + attrs.find(TRIES).orElseThrow()
        + (attrs.find(READY).orElseThrow() ? 1 : 0);
  }

  /** Those that no step looks at. */
  @Benchmark
  public String passFieldsOn() {
    return codec.read(FIELDS, "bench", row, stored).toJson();
  }

  /** One of three is changed. */
  @Benchmark
  public String changeAField() {
    return codec.read(FIELDS, "bench", row, stored).with(TRIES, 4L).toJson();
  }

  /** A ticket of 64 subjects. */
  @Benchmark
  public String sealATicket() {
    return envelope.seal(LIST.toString(), body, now, TTL);
  }

  /** The same. */
  @Benchmark
  public Opening openATicket() {
    return envelope.open(LIST.toString(), sealed, now);
  }

  /** A plain move, as it is handed to the store. */
  @Benchmark
  public Outcome drawAMove() {
    OutcomeDraft draft = OutcomeDraft.of(family, task, stamp, now);
    draft.enter("TWO", null, false);
    draft.dueAt(now);
    return draft.build().orElseThrow();
  }
}
