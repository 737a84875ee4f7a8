package dev.toygun.bench.toygun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Hold;
import dev.toygun.bench.Lags;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the steps count, in the worker's process: told to whoever connects to a port of loopback,
 * and counted from zero after that.
 */
final class Tally {
  /** The setting that says on which port. */
  static final String PORT = "TOYGUN_BENCH_TALLY";

  /** What to ask for: what was counted; and that, and that checks fail from now on. */
  static final String TELLS = "tells";

  static final String BREAKS = "breaks";

  /** More single moments than these are not kept: only few tasks are timed one by one. */
  private static final int MOMENTS = 10_000;

  private static final int LAST = 9;
  private static final int TIMEOUT_MS = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

  private final LongAdder executions = new LongAdder();
  private final LongAdder hauls = new LongAdder();
  private final ConcurrentLinkedQueue<Moment> moments = new ConcurrentLinkedQueue<>();
  private final LongAdder kept = new LongAdder();
  private final Lags lags = new Lags();
  private volatile boolean broken;

  /** When a step of a task was run; in nanoseconds of the clock that all processes share. */
  private record Moment(UUID task, int step, long nanos) {}

  /** A step of the heavy type is run: counted by itself, so that others can be checked. */
  void hauled() {
    hauls.increment();
  }

  /** A step is run. */
  void step(UUID task, int step) {
    executions.increment();
    if ((step == 0 || step == LAST) && kept.intValue() < MOMENTS) {
      kept.increment();
      moments.add(new Moment(task, step, System.nanoTime()));
    }
  }

  /*
   * The clock polls a subject in one second of its period: the one that the last bytes of its uuid
   * say. The lag is the time since the beginning of that second.
   */
  /** Whether the check of a task fails now. */
  boolean fails(UUID task) {
    return broken && Breakdown.breaks(task);
  }

  /** A check is made. */
  void check(UUID task) {
    executions.increment();
    long period = Hold.PERIOD.toMillis();
    long second =
        Integer.remainderUnsigned((int) task.getLeastSignificantBits(), (int) (period / 1000));
    lags.add(Math.floorMod(Instant.now().toEpochMilli() - second * 1000, period));
  }

  /** Answers whoever connects and asks. */
  void serve(Vertx vertx, int port) {
    vertx
        .createNetServer()
        .connectHandler(
            socket ->
                socket.handler(
                    asked -> {
                      broken |= asked.toString().equals(BREAKS);
                      socket.end(Buffer.buffer(told()));
                    }))
        .listen(port, "127.0.0.1")
        .onFailure(e -> LOG.error("the tally cannot be told on port {}: {}", port, e.toString()));
  }

  private byte[] told() {
    ObjectNode told = JSON.createObjectNode();
    told.put("executions", executions.sumThenReset());
    told.put("hauls", hauls.sumThenReset());
    ArrayNode all = told.putArray("moments");
    kept.reset();
    for (Moment moment = moments.poll(); moment != null; moment = moments.poll()) {
      all.addArray().add(moment.task().toString()).add(moment.step()).add(moment.nanos());
    }
    lags.tell(told);
    try {
      return JSON.writeValueAsBytes(told);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks the worker that tells on this port. */
  static JsonNode ask(int port) throws IOException {
    return ask(port, TELLS);
  }

  /** Asks it for this. */
  static JsonNode ask(int port, String what) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(what.getBytes(StandardCharsets.UTF_8));
      return JSON.readTree(socket.getInputStream().readAllBytes());
    }
  }
}
