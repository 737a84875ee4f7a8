package dev.toygun.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** Holds a load of checks, each once a minute, for a time: how many were made, and how late. */
public final class Hold {
  /** How often each check is made. */
  public static final Duration PERIOD = Duration.ofSeconds(60);

  /** How long it is held before it is measured: a JVM that has just begun is late. */
  private static final Duration SETTLES = Duration.ofSeconds(30);

  private static final Duration IDLE = Duration.ofSeconds(20);

  private Hold() {}

  /** Does nothing for a while. */
  public static ObjectNode idle(Runnable ready) throws InterruptedException {
    Thread.sleep(SETTLES.toMillis() / 3);
    ready.run();
    Thread.sleep(IDLE.toMillis());
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    figures.put("units", IDLE.toSeconds());
    figures.put("seconds", IDLE.toSeconds());
    new Wrongs().tell(figures);
    return figures;
  }

  /** What was counted since it was asked last: {@code executions}, and lags. */
  public interface Ask {
    JsonNode since() throws Exception;
  }

  /**
   * Holds it.
   *
   * @param written counts rows; from a moment before the work begins until one after its end
   * @return {@code units}, {@code seconds}, lags and rows; but not what is wrong
   */
  public static ObjectNode load(
      Work work, Ask counted, Written written, Runnable ready, Wrongs wrongs) throws Exception {
    Thread.sleep(SETTLES.toMillis());
    written.begin();
    ready.run();
    // A second of checks is due at once: none is cut in two.
    Thread.sleep(1500 - System.currentTimeMillis() % 1000);
    counted.since();
    long begun = System.nanoTime();
    Thread.sleep(work.time().toMillis());
    JsonNode since = counted.since();
    long ended = System.nanoTime();
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    long executions = since.path("executions").asLong();
    figures.put("units", executions);
    figures.put("seconds", (ended - begun) / 1e9);
    Lags.pass(since, figures);
    long meant = work.size() * work.time().toSeconds() / PERIOD.toSeconds();
    // Those of one second may have come before or after a moment in which it was counted.
    long differ = Math.abs(executions - meant);
    if (differ > 2L * (1 + work.size() / PERIOD.toSeconds())) {
      wrongs.unless("checks", meant, executions);
    }
    figures.put("checks_meant", meant);
    return figures;
  }
}
