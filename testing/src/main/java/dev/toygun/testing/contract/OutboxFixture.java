package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Severity;
import dev.toygun.store.Outbox;
import dev.toygun.store.Outbox.Claimed;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** An outbox that is tried, and what is around it. */
public interface OutboxFixture {
  /** How long a claim of these tests lasts. */
  Duration CLAIM = Duration.ofSeconds(60);

  /** The outbox. */
  Outbox outbox();

  /** Waits for it. */
  <T> T get(Future<T> future);

  /** Makes a sink that is told of everything. */
  default void sink(String name) {
    sink(name, Severity.INFO);
  }

  /** Makes a sink that is told of alarms this severe, or more. */
  void sink(String name, Severity least);

  /** Puts an alarm of which nobody was told. */
  UUID alarm(String state, Severity severity);

  /** How many messages there are, whatever became of them. */
  int size();

  /** Removes a sink. */
  void remove(String sink);

  /** Writes a message that is due now. */
  UUID write(String sink, UUID alarm, boolean resolve);

  /** Lets time go by. */
  void pass(Duration time);

  /** The state of a message, and its last error: {@code failed: no such page}. */
  String state(UUID delivery);

  /** Claims so many of each sink. */
  default List<Claimed> claim(int most) {
    return get(outbox().claim(List.of(), most, CLAIM));
  }

  /** Which they are; none twice. */
  static Set<UUID> uuids(List<Claimed> claimed) {
    Set<UUID> uuids = new HashSet<>();
    claimed.forEach(one -> assertThat(uuids.add(one.uuid())).isTrue());
    return uuids;
  }
}
