package dev.toygun.api;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.testing.servers.PostgresServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Events, followed over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventStreamTest {
  private static final String EVENTS = "/v1/events";
  private ApiRig rig;
  private Http http;

  @BeforeAll
  void start() {
    ApiSettings impatient =
        new ApiSettings(
            "127.0.0.1",
            0,
            0,
            ofSeconds(30),
            1_000,
            1_000,
            ofMillis(300),
            Optional.empty(),
            Optional.empty());
    rig = new ApiRig(PostgresServer.shared().database(), impatient).withType();
    http = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  /** Makes a server whose task was stopped: one move, of the task. */
  private String movesOf(String label) {
    String at =
        http.post("/v1/resources/server", ResourcesTest.server(label))
            .expect(201)
            .header("Location");
    String task = http.post(at + "/tasks/monitor").expect(202).uuid();
    http.post("/v1/tasks/" + task + ":stop", new JsonObject().put("reason", label)).expect(202);
    return at;
  }

  private static String uuid(String at) {
    return at.substring(at.lastIndexOf('/') + 1);
  }

  @Test
  void aMoveIsToldAsItIsCommitted() {
    try (Followed followed = http.follow(EVENTS)) {
      followed.next(""); // where it begins
      String at = movesOf("told");
      Followed.Said said = followed.next("moved");
      JsonObject event = said.body();
      assertThat(http.wrong("followEvents", event)).isEmpty();
      assertThat(event.getJsonObject("resource").getString("uuid")).isEqualTo(uuid(at));
      assertThat(event.getJsonObject("resource").getString("label")).isEqualTo("told");
      assertThat(event.getJsonObject("task").getString("name")).isEqualTo("monitor");
      assertThat(event.getJsonObject("move").getString("to")).isEqualTo("__exit__");
      assertThat(event.getJsonObject("move").getString("message")).isEqualTo("told");
    }
  }

  @Test
  void aMoveOfAnAlarmIsToldByAnotherName() {
    String at =
        http.post("/v1/resources/server", ResourcesTest.server("alarmed"))
            .expect(201)
            .header("Location");
    String alarm = java.util.UUID.randomUUID().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, opened_at)
        values ('%s', '%s', '%s', 'down', 'server', 1, 'open', 1, true, 'error', now())
        """
            .formatted(uuid(at), uuid(at), alarm));
    try (Followed followed = http.follow(EVENTS + "?resource=" + uuid(at))) {
      followed.next(""); // where it begins
      http.post("/v1/alarms/" + alarm + ":ack", new JsonObject().put("reason", "on it"))
          .expect(200);
      JsonObject event = followed.next("alarm").body();
      assertThat(http.wrong("followEvents", event)).isEmpty();
      assertThat(event.getJsonObject("resource").getString("label")).isEqualTo("alarmed");
      assertThat(event.getJsonObject("alarm"))
          .isEqualTo(
              new JsonObject()
                  .put("uuid", alarm)
                  .put("name", "down")
                  .put("severity", "error")
                  .putNull("task"));
      assertThat(event.getJsonObject("move").getString("to")).isEqualTo("acknowledged");
    }
  }

  @Test
  void whoComesBackMissesNothingAndHearsNothingTwice() {
    String id;
    try (Followed followed = http.follow(EVENTS)) {
      followed.next("");
      movesOf("first");
      id = followed.next("moved").id();
    }
    movesOf("meanwhile");
    try (Followed again = http.follow(EVENTS, "Last-Event-ID", id)) {
      movesOf("then");
      assertThat(List.of(message(again.next("moved")), message(again.next("moved"))))
          .containsExactly("meanwhile", "then");
    }
  }

  private static String message(Followed.Said said) {
    return said.body().getJsonObject("move").getString("message");
  }

  @Test
  void oneResourceIsFollowedAlone() {
    String wanted =
        http.post("/v1/resources/server", ResourcesTest.server("wanted"))
            .expect(201)
            .header("Location");
    try (Followed followed = http.follow(EVENTS + "?resource=" + uuid(wanted))) {
      followed.next("");
      movesOf("unwanted");
      String task = http.post(wanted + "/tasks/monitor").expect(202).uuid();
      http.post("/v1/tasks/" + task + ":stop", new JsonObject().put("reason", "it")).expect(202);
      assertThat(message(followed.next("moved"))).isEqualTo("it");
    }
  }

  @Test
  void whoseIdIsNotKnownHereIsToldToReadAnew() {
    for (String id : List.of("nonsense", "17-00000001.5.3", "'; drop table tasks; --")) {
      try (Followed followed = http.follow(EVENTS, "Last-Event-ID", id)) {
        Followed.Said reset = followed.next("reset");
        assertThat(reset.body().getString("detail")).contains("read anew");
        movesOf("after " + id.length());
        assertThat(followed.next("moved").id()).isNotEqualTo(reset.id());
      }
    }
  }

  @Test
  void whereNothingHappensThereIsASignOfLife() {
    try (Followed followed = http.follow(EVENTS)) {
      String begun = followed.next("").id();
      assertThat(followed.next("").id()).as("an id, to go on from").hasSameSizeAs(begun);
    }
  }

  @Test
  void whoMayNotIsNotLetIn() {
    http.as(null).get(EVENTS).problem(401, "unauthenticated");
    http.get(EVENTS, "Accept", "application/json").problem(406, "not_acceptable");
    http.get(EVENTS + "?colour=red").problem(400, "bad_parameter", "colour");
    http.get(EVENTS + "?resource=me").problem(400, "bad_parameter", "resource");
    http.post(EVENTS).problem(405, "method_not_allowed");
  }

  @Test
  void aStreamEndsWithTheKeyThatItWasOpenedWith() {
    Http admin = rig.as(Role.ADMIN);
    JsonObject made =
        admin
            .post("/v1/keys", new JsonObject().put("name", "leaver").put("role", "viewer"))
            .expect(201)
            .body();
    try (Followed followed = http.as(made.getString("key")).follow(EVENTS)) {
      followed.next("");
      admin.post("/v1/keys/" + made.getString("uuid") + ":revoke").expect(200);
      assertThat(followed.ends()).isTrue();
    }
  }

  @Test
  void othersGuessesDoNotKeepAStreamOpenWhoseKeyIsRevoked() throws InterruptedException {
    ApiSettings impatient =
        new ApiSettings(
            "127.0.0.1",
            0,
            0,
            ofSeconds(30),
            1_000,
            1_000,
            ofMillis(300),
            Optional.empty(),
            Optional.empty());
    ApiRig guessed = new ApiRig(PostgresServer.shared().database(), impatient).withType();
    Http admin = guessed.as(Role.ADMIN);
    JsonObject made =
        admin
            .post("/v1/keys", new JsonObject().put("name", "left").put("role", "viewer"))
            .expect(201)
            .body();
    Thread guesses =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                admin.as(null).get("/v1/types");
              }
            });
    try (Followed followed = admin.as(made.getString("key")).follow(EVENTS)) {
      followed.next("");
      guesses.start();
      admin.post("/v1/keys/" + made.getString("uuid") + ":revoke").expect(200);
      assertThat(followed.ends()).isTrue();
    } finally {
      guesses.interrupt();
      guesses.join();
      guessed.close();
    }
  }

  @Test
  void oneKeyMayNotHaveAllTheStreams() {
    Http viewer = rig.as(Role.VIEWER);
    List<Followed> all =
        java.util.stream.IntStream.range(0, EventStreams.MOST_OF_A_KEY)
            .mapToObj(i -> viewer.follow(EVENTS))
            .toList();
    all.forEach(one -> one.next(""));
    viewer.get(EVENTS).problem(429, "too_many_streams");
    all.forEach(Followed::close);
    rig.until(() -> viewer.get(EVENTS + "?colour=red").status() == 400);
    try (Followed other = http.follow(EVENTS)) {
      other.next("");
    }
  }

  /** It asks for everything there ever was, and takes none of it. */
  @Test
  void whoTakesNothingIsCutOff() throws IOException {
    String epoch;
    try (Followed followed = http.follow(EVENTS)) {
      epoch = followed.next("").id().split("\\.", -1)[0];
    }
    String at = movesOf("long ago");
    rig.execute(
        """
        insert into transitions
          (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker, build, message)
        select '%1$s', '%1$s', i, 'a', 'b', 'clock', 'system', 'w', 'b', repeat('x', 4000)
          from generate_series(1000, 9000) i
        """
            .formatted(uuid(at)));
    String first = rig.rows("select xid::text from transitions order by xid limit 1").get(0);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.api.port())) {
      socket.setSoTimeout(30_000);
      String request =
          "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nLast-Event-ID: %s.%s.0\r\n\r\n"
              .formatted(EVENTS, http.key(), epoch, first);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      rig.until(() -> streams() == 1);
      rig.until(() -> streams() == 0);
      long read = 0;
      try (InputStream in = socket.getInputStream()) {
        for (int n = 0; n >= 0; n = in.read(new byte[65_536])) {
          read += n;
        }
      } catch (IOException reset) {
        // Cut off in the middle, as was to be expected.
      }
      assertThat(read).isBetween(1L, 30_000_000L);
    }
  }

  private int streams() {
    return new Http(rig.api.metricsPort(), null)
        .raw("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("toygun_event_streams "))
        .map(line -> (int) Double.parseDouble(line.split(" ", -1)[1]))
        .findFirst()
        .orElse(-1);
  }
}
