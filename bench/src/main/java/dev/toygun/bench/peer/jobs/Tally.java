package dev.toygun.bench.peer.jobs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.Lags;
import dev.toygun.bench.Latencies;
import dev.toygun.bench.Work;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What the jobs of an engine have done since it was asked to do them. */
final class Tally {
  private static final Duration MOST = Duration.ofMinutes(10);

  private final LongAdder executions = new LongAdder();
  private final Lags lags = new Lags();
  private volatile CountDownLatch left = new CountDownLatch(0);
  private volatile Latencies latencies = new Latencies(0);

  /** Counts from zero: so many jobs have to end. */
  void begin(int jobs) {
    left = new CountDownLatch(jobs);
    latencies = new Latencies(0);
    executions.reset();
  }

  /** From here on the moments of steps are kept. */
  Latencies time(int jobs) {
    latencies = new Latencies(jobs);
    return latencies;
  }

  /** A step of a job is run. */
  void ran(int job, int step) {
    executions.increment();
    if (step == 0 || step == Work.STEPS - 1) {
      latencies.ran(job, step, System.nanoTime());
    }
  }

  /** A check is made, so much later than it was due. */
  void checked(long lateMs) {
    executions.increment();
    lags.add(lateMs);
  }

  /** Checks since this was asked last, and their lags. */
  ObjectNode since() {
    ObjectNode since = JsonNodeFactory.instance.objectNode();
    since.put("executions", executions.sumThenReset());
    lags.tell(since);
    return since;
  }

  /** A job has ended, and that is kept. */
  void ended() {
    left.countDown();
  }

  long executions() {
    return executions.sum();
  }

  /** Waits until all have ended. */
  void await() throws InterruptedException {
    if (!left.await(MOST.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "%,d jobs not done within %d min".formatted(left.getCount(), MOST.toMinutes()));
    }
  }
}
