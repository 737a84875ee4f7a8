package dev.toygun.cli;

import static dev.toygun.client.Options.closed;
import static dev.toygun.client.Options.ended;
import static dev.toygun.client.Options.field;
import static dev.toygun.client.Options.filter;
import static dev.toygun.client.Options.ifMatch;
import static dev.toygun.client.Options.label;
import static dev.toygun.client.Options.lastEventId;
import static dev.toygun.client.Options.orderBy;
import static dev.toygun.client.Options.pageSize;
import static dev.toygun.client.Options.reason;
import static dev.toygun.client.Options.resource;
import static dev.toygun.client.Options.result;
import static dev.toygun.client.Options.state;
import static dev.toygun.client.Options.subject;
import static dev.toygun.client.Options.timeout;
import static dev.toygun.client.Options.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toygun.client.Alarm;
import dev.toygun.client.Bulk;
import dev.toygun.client.BulkItem;
import dev.toygun.client.Ended;
import dev.toygun.client.Event;
import dev.toygun.client.EventStream;
import dev.toygun.client.Hold;
import dev.toygun.client.MadeKey;
import dev.toygun.client.Move;
import dev.toygun.client.Problem;
import dev.toygun.client.Resource;
import dev.toygun.client.Task;
import dev.toygun.client.TaskError;
import dev.toygun.client.Toygun;
import dev.toygun.client.Type;
import dev.toygun.client.WaitedTooLong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The Java client against a real Toygun, with the example types. */
@TestInstance(Lifecycle.PER_CLASS)
class ClientTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Command command;
  private final Toygun toygun;

  ClientTest(@TempDir Path temporary) throws Exception {
    command = new Command(temporary);
    toygun = as(command.standalone.apiKey());
  }

  @AfterAll
  void close() throws IOException {
    toygun.close();
    command.close();
  }

  private Toygun as(String key) {
    return Toygun.builder().url(command.standalone.url()).key(key).build();
  }

  @Test
  void aResourceIsMadeChangedFollowedAndTakenDown() {
    Resource echo =
        toygun.resources().create("echo", Map.of("text", "Hello."), label("one"), reason("to see"));
    assertThat(echo.createdAt())
        .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(300));
    echo = toygun.resources().wait(echo, state("quiet"), timeout(LONG));
    assertThat(echo.field("said").asText()).isEqualTo("Hello.");
    assertThat(toygun.resources().find("echo", "one").uuid()).isEqualTo(echo.uuid());
    assertThat(toygun.resources().history(echo).stream().map(Move::to))
        .containsExactly("speaking", "quiet");
    assertThat(toygun.resources().history(echo, orderBy("step desc")).stream().map(Move::to))
        .containsExactly("quiet", "speaking");
    assertThat(toygun.resources().tree(echo)).hasSize(1);
    assertThat(toygun.resources().explain(echo).summary()).isNotEmpty();
    assertThat(toygun.resources().availability(echo).availability()).isEqualTo("unknown");
    assertThat(toygun.resources().counts("echo").get("quiet")).isNotNegative();
    assertThat(toygun.resources().plan(echo).resources()).isEqualTo(1);
    Task run = toygun.tasks().list(echo).iterator().next();
    assertThat(toygun.tasks().wait(run).status()).isEqualTo("finished");
    toygun.resources().delete(echo, reason("done"));
    Resource gone = toygun.resources().wait(echo, ended(), timeout(LONG));
    assertThat(gone.endedAt()).isPresent();
    Ended never =
        catchThrowableOfType(
            Ended.class, () -> toygun.resources().wait(gone, state("quiet"), timeout(LONG)));
    assertThat(((Resource) never.last()).uuid()).isEqualTo(echo.uuid());
    assertThatThrownBy(() -> toygun.resources().find("echo", "one"))
        .isInstanceOf(Problem.NotFound.class);
  }

  @Test
  void whatItsReadmeShowsRuns() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Hello.class.getName());
    builder.environment().put("TOYGUN_URL", command.standalone.url());
    builder.environment().put("TOYGUN_API_KEY", command.standalone.apiKey());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines())
        .hasSize(4)
        .startsWith("Hello.")
        .endsWith("fill is on its way")
        .anySatisfy(line -> assertThat(line).endsWith(" speaking -> quiet"));
  }

  @Test
  void typesAndHealthAreTold() {
    toygun.health();
    assertThat(toygun.ready().ready()).isTrue();
    assertThat(toygun.types().list().stream().map(Type::name)).contains("echo", "tank", "website");
    assertThat(toygun.types().get("echo").first()).isEqualTo("speaking");
    assertThat(toygun.contract().path("openapi").asText()).startsWith("3.");
    assertThat(toygun.workers().list()).hasSize(1);
  }

  @Test
  void aListIsReadPageAfterPage() {
    String text = UUID.randomUUID().toString();
    List<UUID> made =
        IntStream.range(0, 5)
            .mapToObj(i -> toygun.resources().create("echo", Map.of("text", text)).uuid())
            .toList();
    assertThat(
            toygun
                .resources()
                .list("echo", field("text", text), orderBy("created_at"), pageSize(2))
                .stream()
                .map(Resource::uuid))
        .isEqualTo(made);
  }

  @Test
  void aChangeIsRefusedIfSomebodyElseHasChangedIt() {
    Resource tank = toygun.resources().create("tank", Map.of("level", 50), label("changed"));
    Resource known =
        toygun.resources().wait(tank, now -> now.json().path("due_at").isNull(), timeout(LONG));
    Resource changed = toygun.resources().update(known, Map.of("level", 60), ifMatch(known));
    assertThat(changed.field("level").asInt()).isEqualTo(60);
    Problem stale =
        catchThrowableOfType(
            Problem.PreconditionFailed.class,
            () -> toygun.resources().update(known, Map.of("level", 61), ifMatch(known)));
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.code()).isEqualTo("stale");
    Problem wrong =
        catchThrowableOfType(
            Problem.BadRequest.class,
            () -> toygun.resources().update(known, Map.of("level", "high", "colour", "red")));
    assertThat(wrong.errors())
        .extracting(Problem.Violation::pointer)
        .containsExactlyInAnyOrder("/fields/level", "/fields/colour");
    assertThat(wrong.traceId()).isNotEmpty();
  }

  @Test
  void aChangeThatIsOnlyCheckedChangesNothing() {
    Toygun dry = toygun.dry();
    Resource checked = dry.resources().create("echo", Map.of("text", "x"), label("dry"));
    assertThat(checked.json().path("valid").asBoolean()).isTrue();
    assertThatThrownBy(checked::uuid).hasMessageContaining("only checked");
    assertThatThrownBy(() -> dry.resources().create("echo", Map.of("colour", "red")))
        .isInstanceOf(Problem.BadRequest.class);
    assertThat(toygun.resources().list("echo", label("dry"), ended())).isEmpty();
  }

  @Test
  void aChangeWithANameIsCarriedOutOnce() {
    String name = UUID.randomUUID().toString();
    Resource first = toygun.once(name).resources().create("echo", Map.of("text", "x"));
    Resource again = toygun.once(name).resources().create("echo", Map.of("text", "x"));
    assertThat(again.uuid()).isEqualTo(first.uuid());
    Problem reused =
        catchThrowableOfType(
            Problem.BadRequest.class,
            () -> toygun.once(name).resources().create("echo", Map.of("text", "y")));
    assertThat(reused.code()).isEqualTo("idempotency_key_reused");
  }

  @Test
  void aTaskIsStartedOnce() {
    Resource tank = toygun.resources().create("tank", Map.of("level", 50), label("tasks"));
    Task run = toygun.tasks().start(tank, "fill", reason("to see"));
    assertThat(run.alreadyRunning()).isFalse();
    Task again = toygun.tasks().start(tank, "fill");
    assertThat(again.uuid()).isEqualTo(run.uuid());
    assertThat(again.alreadyRunning()).isTrue();
    Resource now = toygun.resources().get(tank);
    assertThat(now.task("fill").map(Task::uuid)).contains(run.uuid());
    assertThat(now.task("empty")).isEmpty();
    toygun.tasks().stop(run, reason("enough"));
    assertThat(toygun.tasks().wait(run, timeout(LONG)).status()).isEqualTo("stopped");
    assertThat(toygun.tasks().history(run).iterator().next().from()).isEqualTo("__new__");
    assertThatThrownBy(() -> toygun.tasks().stop(run)).isInstanceOf(Problem.Conflict.class);
    assertThatThrownBy(() -> toygun.tasks().start(tank, "empty"))
        .isInstanceOf(Problem.NotFound.class);
  }

  @Test
  void waitingHasAnEnd() {
    Resource tank = toygun.resources().create("tank", Map.of("level", 50), label("waits"));
    toygun.resources().wait(tank, state("kept"), timeout(LONG));
    WaitedTooLong late =
        catchThrowableOfType(
            WaitedTooLong.class,
            () -> toygun.resources().wait(tank, ended(), timeout(Duration.ofMillis(300))));
    assertThat(late).hasMessageContaining("after 0.3 s").hasMessageContaining("is kept");
    assertThat(late.last()).isPresent();
  }

  @Test
  void eventsAreFollowedAndGoneOnFrom() throws Exception {
    try (EventStream events = toygun.events().follow()) {
      Resource tank = toygun.resources().create("tank", Map.of("level", 50), label("followed"));
      Event mine = events.stream().filter(event -> isOf(tank, event)).findFirst().orElseThrow();
      assertThat(mine.kind()).isEqualTo("moved");
      assertThat(mine.move().orElseThrow().to()).isEqualTo("kept");
      Task run = toygun.tasks().start(tank, "fill");
      EventStream missed = toygun.events().follow(resource(tank), lastEventId(mine.id()));
      Iterator<Event> next = missed.iterator();
      assertThat(next.next().task().orElseThrow().uuid()).isEqualTo(run.uuid());
      CompletableFuture<Void> read =
          CompletableFuture.runAsync(() -> next.forEachRemaining(event -> {}));
      missed.close(); // By another thread.
      read.get(30, TimeUnit.SECONDS);
      toygun.tasks().stop(run);
    }
    try (EventStream lost = toygun.events().follow(lastEventId("nobody.1.1"))) {
      assertThat(lost.iterator().next().isReset()).isTrue();
    }
  }

  private static boolean isOf(Resource resource, Event event) {
    return event.resource().orElseThrow().uuid().equals(resource.uuid());
  }

  @Test
  void holdsAndBulkRuns() {
    Resource tank = toygun.resources().create("tank", label("held"));
    Instant then = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MICROS);
    Hold hold = toygun.resources().hold(tank, "to see", until(then));
    assertThat(hold.until()).contains(then);
    assertThat(toygun.holds().list()).extracting(Hold::uuid).contains(hold.uuid());
    assertThat(toygun.resources().release(tank)).extracting(Hold::uuid).containsOnly(hold.uuid());
    String only = "label=held";
    assertThat(toygun.dry().bulk().create("tank", "delete", filter(only)).count()).isEqualTo(1);
    Bulk bulk = toygun.bulk().create("tank", "delete", filter(only), reason("to see"));
    Awaitility.await()
        .atMost(LONG)
        .until(() -> toygun.bulk().get(bulk).state(), List.of("done", "halted")::contains);
    assertThat(toygun.bulk().items(bulk, result("done")).stream().map(BulkItem::resource))
        .containsExactly(tank.uuid());
  }

  @Test
  void errorsAndAlarmsAreTold() {
    Resource site = toygun.resources().create("website", Map.of("address", "ftp://nobody"));
    Resource broken =
        toygun
            .resources()
            .wait(
                site,
                now -> now.task("monitor").orElseThrow().status().equals("panicked"),
                timeout(LONG));
    TaskError error = toygun.errors().list(resource(broken)).iterator().next();
    assertThat(error.kind()).isEqualTo("BadAddress");
    assertThat(toygun.errors().get(error).json().path("stack").asText()).isNotEmpty();
    Alarm alarm = toygun.alarms().list(resource(broken)).iterator().next();
    assertThat(alarm.name()).isEqualTo("panic");
    assertThat(toygun.alarms().counts().get("error")).isPositive();
    assertThat(toygun.alarms().ack(alarm, reason("mine")).state()).isEqualTo("acknowledged");
    assertThatThrownBy(() -> toygun.alarms().close(alarm)).isInstanceOf(Problem.Conflict.class);
    toygun.resources().abandon(broken, "it was only a test");
    toygun.resources().wait(broken, ended(), timeout(LONG));
    Awaitility.await()
        .atMost(LONG)
        .until(() -> toygun.alarms().list(resource(broken), closed()).iterator().hasNext());
  }

  @Test
  void whatIsSecretIsGivenOutByItsOwnMethod() {
    Resource site =
        toygun
            .resources()
            .create("website", Map.of("address", "http://127.0.0.1:9/", "token", "t0ken"));
    assertThat(site.field("token").asText()).isEqualTo("••••");
    MadeKey made = toygun.keys().create("java", "secret-reader");
    assertThat(made.toString()).doesNotContain(made.key());
    try (Toygun reader = as(made.key())) {
      assertThat(reader.resources().reveal(site, "token", "to see").asText()).isEqualTo("t0ken");
      assertThatThrownBy(() -> toygun.resources().reveal(site, "token", "to see"))
          .isInstanceOf(Problem.Denied.class);
      assertThat(toygun.audit().list(subject(site)).iterator().next().outcome())
          .isEqualTo("denied");
      assertThat(toygun.keys().revoke(made).revokedAt()).isPresent();
    }
    try (Toygun nobody = as("nobodys-key")) {
      assertThatThrownBy(() -> nobody.types().get("echo"))
          .isInstanceOf(Problem.Unauthenticated.class);
    }
    toygun.resources().delete(site);
  }
}
