package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import dev.toygun.BuiltIn;
import dev.toygun.ResourceType;
import dev.toygun.queue.Leases;
import dev.toygun.queue.Tickets;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.Operations;
import dev.toygun.store.Outcome;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Work;
import dev.toygun.trace.Spans.Span;
import dev.toygun.worker.WorkerSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A line of the log about a subject leads back to the request that began it. */
class TracedLinesTest extends WorkerRig {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.toygun.worker");
  private final Level usual = logger.getLevel();
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final UUID uuid = time.uuid();

  enum State {
    KEPT
  }

  private static ResourceType<State> type() {
    return ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay()).rests());
  }

  @BeforeEach
  void listen() {
    logger.setLevel(Level.WARN);
    logger.setAdditive(false);
    said.start();
    logger.addAppender(said);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(said);
    logger.setAdditive(true);
    logger.setLevel(usual);
  }

  /** A thing that a request has made, which a worker finds on such rows. */
  private void worksOn(Work rows) {
    worker(
            WorkerSettings.of("worker-1", "test"),
            List.of(type()),
            rows,
            queue,
            leases,
            new InlineSteps(store.invariants()))
        .start();
    operations()
        .create(
            null,
            new ChildCreate(uuid, "one", "{}", LIST, BuiltIn.NEW),
            new By(Cause.API, "key:test", "", TRACE));
  }

  private Operations operations() {
    return new Operations(
        store,
        (woken, cause, trace) -> queue.push(Tickets.of(woken, cause, time.now(), trace)),
        time,
        "test",
        "test");
  }

  /** Rows that cannot be written, in this way. */
  private Work unwritable(String how) {
    return new Rows() {
      @Override
      public Future<List<Committed>> commit(List<Outcome> group) {
        return switch (how) {
          case "a fault" -> throw new StackOverflowError("planted");
          case "refused" -> Future.failedFuture(new IllegalArgumentException("planted"));
          case "the lease is lost" -> {
            SubjectKey thing = SubjectKey.ofResource(uuid);
            leases.expire("worker-1");
            leases.take("worker-2", Map.of(uuid, new Leases.Want(Set.of(thing), false)));
            yield Promise.<List<Committed>>promise().future();
          }
          default -> throw new AssertionError(how);
        };
      }
    };
  }

  @Test
  void aTickIsASpanOfTheTraceThatLedToIt() {
    worksOn(new Rows());
    time.advance(ofSeconds(5));
    assertThat(spans).isNotEmpty().allMatch(span -> span.trace().equals(TRACE));
    Span first = spans.get(0);
    assertThat(first.name()).isEqualTo("tick thing kept");
    assertThat(first.attributes())
        .containsEntry("toygun.resource", uuid.toString())
        .containsEntry("toygun.resource.label", "one")
        .containsEntry("toygun.to", "kept")
        .containsEntry("toygun.worker", "worker-1");
    assertThat(first.error()).isNull();
    int asked = spans.size();
    operations().tick(SubjectKey.ofResource(uuid), By.operator("key:test"));
    time.advance(ofSeconds(5));
    assertThat(spans).as("nobody asked for this one").hasSize(asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a fault", "refused", "the lease is lost"})
  void whatIsSaidOfASubjectNamesItsTrace(String how) {
    worksOn(unwritable(how));
    time.advance(ofSeconds(5));
    List<ILoggingEvent> about =
        said.list.stream()
            .filter(line -> line.getFormattedMessage().contains(uuid.toString()))
            .toList();
    assertThat(about).as("%s", said.list).isNotEmpty();
    assertThat(about).allMatch(line -> String.valueOf(line.getKeyValuePairs()).contains(TRACE));
  }

  @Test
  void theTraceIsInTheLineWhicheverWayItIsWritten() throws Exception {
    worksOn(unwritable("a fault"));
    time.advance(ofSeconds(5));
    assertThat(encoded("json")).contains("\"trace\":\"" + TRACE + "\"");
    assertThat(encoded("text")).contains("trace=" + TRACE);
  }

  private String encoded(String format) throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    String config =
        """
        <configuration>
          <include resource="dev/toygun/service/log-%s.xml"/>
          <root level="INFO"><appender-ref ref="lines"/></root>
        </configuration>
        """
            .formatted(format);
    configurator.doConfigure(new ByteArrayInputStream(config.getBytes(UTF_8)));
    ConsoleAppender<ILoggingEvent> lines =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("lines");
    return new String(lines.getEncoder().encode(said.list.get(0)), UTF_8);
  }
}
