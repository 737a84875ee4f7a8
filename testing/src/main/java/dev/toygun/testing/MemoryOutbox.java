package dev.toygun.testing;

import dev.toygun.Severity;
import dev.toygun.store.Outbox;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An outbox in memory, on a time that may be virtual. For one thread. */
public final class MemoryOutbox implements Outbox {
  private final Time time;
  private final Map<UUID, Message> messages = new LinkedHashMap<>();
  private final Map<String, Told> sinks = new TreeMap<>();
  private final Map<UUID, Alarm> alarms = new TreeMap<>();
  private int errors;

  /** An empty one. */
  public MemoryOutbox(Time time) {
    this.time = time;
  }

  private static final class Message {
    private final UUID uuid;
    private final String sink;
    private final UUID alarm;
    private final boolean resolve;
    private final Instant made;
    private String state = "pending";
    private int tries;
    private int triesBefore;
    private boolean underWay;
    private @Nullable Instant due;
    private @Nullable String error;

    Message(UUID uuid, String sink, UUID alarm, boolean resolve, Instant due) {
      this.uuid = uuid;
      this.sink = sink;
      this.alarm = alarm;
      this.resolve = resolve;
      this.made = due;
      this.due = due;
    }

    private boolean begins(Message over) {
      return !resolve
          && alarm.equals(over.alarm)
          && sink.equals(over.sink)
          && state.equals("pending");
    }

    private boolean opens(UUID of, String to, Instant since) {
      return !resolve && alarm.equals(of) && sink.equals(to) && !made.isBefore(since);
    }

    private boolean underWay(Instant now) {
      return underWay && due != null && due.isAfter(now);
    }

    private boolean ends(Message open, Instant now) {
      return resolve
          && alarm.equals(open.alarm)
          && sink.equals(open.sink)
          && (state.equals("sent") || underWay(now));
    }

    private void end(String how, @Nullable String why) {
      state = how;
      due = null;
      underWay = false;
      error = why;
    }
  }

  /** A sink, and whether it was told of what was open before it. */
  private static final class Told {
    private final UUID uuid;
    private final Severity least;
    private final Instant made;
    private @Nullable UUID catchUp = new UUID(0, 0);

    Told(UUID uuid, Severity least, Instant made) {
      this.uuid = uuid;
      this.least = least;
      this.made = made;
    }
  }

  private record Alarm(String state, Severity severity) {}

  /** Makes a sink. */
  public void sink(String name, Severity least) {
    sinks.put(name, new Told(time.uuid(), least, time.now()));
  }

  /** Makes a sink that is told of everything. */
  public void sink(String name) {
    sink(name, Severity.INFO);
  }

  /** Puts an alarm of which nobody was told. */
  public UUID alarm(String state, Severity severity) {
    UUID uuid = time.uuid();
    alarms.put(uuid, new Alarm(state, severity));
    return uuid;
  }

  /** Puts so many errors that sinks are to be told of. */
  public void errors(int many) {
    errors += many;
  }

  /** Of how many errors no sink was told as yet. */
  public int errors() {
    return errors;
  }

  /** Removes a sink; what was to be sent to it has failed. */
  public void remove(String sink) {
    sinks.remove(sink);
    messages.values().stream()
        .filter(message -> message.sink.equals(sink) && message.state.equals("pending"))
        .forEach(message -> message.end("failed", "the sink was removed"));
  }

  /** Writes a message that is due now. */
  public UUID write(String sink, UUID alarm, boolean resolve) {
    Message message = new Message(time.uuid(), sink, alarm, resolve, time.now());
    messages.put(message.uuid, message);
    return message.uuid;
  }

  /** The state of a message, and its last error: {@code failed: no such page}. */
  public String state(UUID delivery) {
    Message message = known(delivery);
    return message.error == null ? message.state : message.state + ": " + message.error;
  }

  private Message known(UUID uuid) {
    Message message = messages.get(uuid);
    if (message == null) {
      throw new IllegalArgumentException("there is no message " + uuid);
    }
    return message;
  }

  @Override
  public Future<List<Claimed>> claim(Collection<String> full, int most, Duration claim) {
    Map<String, Integer> taken = new TreeMap<>();
    return Future.succeededFuture(
        messages.values().stream()
            .filter(message -> sinks.containsKey(message.sink) && !full.contains(message.sink))
            .filter(message -> message.due != null && !message.due.isAfter(time.now()))
            .filter(
                message ->
                    !message.resolve
                        || messages.values().stream().noneMatch(one -> one.begins(message)))
            .filter(message -> taken.merge(message.sink, 1, Integer::sum) <= most)
            .toList()
            .stream()
            .map(message -> claimed(message, claim))
            .toList());
  }

  private Claimed claimed(Message message, Duration claim) {
    message.tries++;
    message.underWay = true;
    message.due = time.now().plus(claim);
    Told sink = sinks.get(message.sink);
    return new Claimed(
        message.uuid,
        message.sink,
        message.resolve,
        "{}",
        message.tries,
        message.tries - message.triesBefore,
        sink == null ? message.uuid : sink.uuid,
        "log",
        "{}");
  }

  @Override
  public Future<Void> sent(Claimed delivery) {
    if (ours(delivery)) {
      known(delivery.uuid()).end("sent", null);
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> later(Claimed delivery, Duration wait, String why) {
    if (ours(delivery)) {
      Message message = known(delivery.uuid());
      message.due = time.now().plus(wait);
      message.underWay = false;
      message.error = why;
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> failed(Claimed delivery, String why) {
    if (ours(delivery)) {
      known(delivery.uuid()).end("failed", why);
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> retry(UUID delivery) {
    Message message = messages.get(delivery);
    if (message == null) {
      return Future.failedFuture(Outbox.noDelivery(delivery));
    }
    if (message.state.equals("sent")) {
      return Future.failedFuture(Outbox.sent(delivery, message.sink));
    }
    if (message.underWay) {
      return Future.succeededFuture();
    }
    if (!sinks.containsKey(message.sink)) {
      return Future.failedFuture(Outbox.noSink(delivery, message.sink));
    }
    if (!message.resolve
        && messages.values().stream().anyMatch(one -> one.ends(message, time.now()))) {
      return Future.failedFuture(Outbox.over(delivery, message.sink));
    }
    if (message.state.equals("failed")) {
      message.triesBefore = message.tries;
    }
    message.state = "pending";
    message.due = time.now();
    return Future.succeededFuture();
  }

  @Override
  public Future<Boolean> catchUp(int most) {
    boolean more = false;
    for (Map.Entry<String, Told> sink : sinks.entrySet()) {
      more |= catchUp(sink.getKey(), sink.getValue(), most);
    }
    return Future.succeededFuture(more);
  }

  private boolean catchUp(String name, Told sink, int most) {
    UUID from = sink.catchUp;
    if (from == null) {
      return false;
    }
    List<Map.Entry<UUID, Alarm>> page =
        alarms.entrySet().stream()
            .filter(one -> one.getValue().state.equals("open") && one.getKey().compareTo(from) > 0)
            .limit(most)
            .toList();
    page.stream()
        .filter(one -> one.getValue().severity.compareTo(sink.least) >= 0)
        .map(Map.Entry::getKey)
        .filter(
            uuid -> messages.values().stream().noneMatch(one -> one.opens(uuid, name, sink.made)))
        .forEach(uuid -> write(name, uuid, false));
    boolean full = page.size() == most;
    sink.catchUp = full ? page.get(most - 1).getKey() : null;
    return full;
  }

  @Override
  public Future<Boolean> reportErrors(int most) {
    int looked = Math.min(errors, most);
    errors -= looked;
    return Future.succeededFuture(looked == most);
  }

  @Override
  public Future<Integer> purge(Duration sent, Duration failed, int most) {
    messages.values().stream()
        .filter(message -> message.state.equals("pending") && !sinks.containsKey(message.sink))
        .limit(most)
        .forEach(message -> message.end("failed", "the sink was removed"));
    List<UUID> old = new ArrayList<>();
    old.addAll(older("sent", sent, most));
    old.addAll(older("failed", failed, most));
    old.forEach(messages::remove);
    return Future.succeededFuture(old.size());
  }

  private List<UUID> older(String state, Duration age, int most) {
    return messages.values().stream()
        .filter(message -> message.state.equals(state))
        .filter(message -> message.made.isBefore(time.now().minus(age)))
        .filter(message -> !active(message.alarm))
        .map(message -> message.uuid)
        .limit(most)
        .toList();
  }

  private boolean active(UUID alarm) {
    Alarm known = alarms.get(alarm);
    return known != null && !known.state.equals("closed");
  }

  /** How many messages there are, whatever became of them. */
  public int size() {
    return messages.size();
  }

  private boolean ours(Claimed delivery) {
    Message message = known(delivery.uuid());
    return message.state.equals("pending") && message.tries == delivery.tries();
  }

  @Override
  public Future<Counts> watch(UUID alarm) {
    return Future.succeededFuture(
        new Counts(
            count("pending"),
            count("failed"),
            alarms.values().stream()
                .filter(one -> one.state.equals("open"))
                .collect(Collectors.groupingBy(Alarm::severity, Collectors.counting()))));
  }

  private long count(String state) {
    return messages.values().stream().filter(message -> message.state.equals(state)).count();
  }
}
