package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.api.Contract.Operation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that are limited to a type, asked for each operation that the contract has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopesTest {
  private static final KeyScope SERVERS = KeyScope.of(List.of("server"));
  private static final String UUIDS = "[0-9a-f]{8}-[0-9a-f-]{27}";

  private ApiRig rig;
  private Http admin;
  private int made;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    ApiRig.await(rig.store.publish(List.of(ServerType.named("vault")), "build-1"));
    admin = rig.as(Role.ADMIN);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  /** A resource, and one of all that may hang off it. */
  private record Subject(
      String type,
      String label,
      String uuid,
      String task,
      String alarm,
      String error,
      String hold,
      String bulk) {
    String uuid(String path) {
      return path.startsWith("/v1/tasks")
          ? task
          : path.startsWith("/v1/alarms")
              ? alarm
              : path.startsWith("/v1/errors")
                  ? error
                  : path.startsWith("/v1/holds") ? hold : path.startsWith("/v1/bulk") ? bulk : uuid;
    }

    /** What must not be in the answer of whoever may not see it. */
    List<String> marks() {
      return List.of(
          label, uuid, task, alarm, error, hold, bulk, "Kind-" + label, '"' + type + '"');
    }
  }

  private Subject subject(String type, @Nullable String parent) {
    String label = type + "-canary-" + made++;
    JsonObject body = ResourcesTest.server(label).put("parent", parent);
    String at = admin.post("/v1/resources/" + type, body).expect(201).header("Location");
    String uuid = at.substring(at.lastIndexOf('/') + 1);
    String task = admin.post(at + "/tasks/monitor", new JsonObject()).expect(202).uuid();
    JsonObject why = new JsonObject().put("reason", "a test");
    String hold = admin.post(at + ":hold", why).expect(201).uuid();
    JsonObject none = BulkRunsTest.bulk("delete", "label=nobody").put("type", type);
    String bulk = admin.post("/v1/bulk", none).expect(201).uuid();
    String alarm = UUID.randomUUID().toString();
    String error = rig.time.uuid().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message, opened_at)
        values ('%1$s', '%1$s', '%2$s', 'down', '%3$s', 1, 'open', 1, true, 'error', 'it is down', now());
        insert into usage values (date_trunc('minute', now()), '%3$s', '', '00000000-0000-0000-0000-000000000000', 1, 1, 1, 1)
            on conflict do nothing;
        insert into errors (uuid, resource_uuid, subject_uuid, kind, message, stack_hash, state, step, try, worker, build)
        values ('%4$s', '%1$s', '%1$s', 'Kind-%5$s', 'no route', 'abc', 'watched', 1, 1, 'w', 'b');
        """
            .formatted(uuid, alarm, type, error, label));
    return new Subject(type, label, uuid, task, alarm, error, hold, bulk);
  }

  private Subject nobody() {
    String[] u = Stream.generate(() -> rig.time.uuid().toString()).limit(6).toArray(String[]::new);
    return new Subject("vault", "nobody", u[0], u[1], u[2], u[3], u[4], u[5]);
  }

  private static String path(Operation operation, Subject subject) {
    return operation
        .path()
        .replace("{type}", subject.type())
        .replace("{uuid}", subject.uuid(operation.path()))
        .replace("{task}", "monitor")
        .replace("{name}", "none");
  }

  private static Http.Reply ask(Http caller, Operation operation, String path) {
    JsonObject body = AuditedTest.BODIES.get(operation.id());
    return caller.send(operation.method().name(), path, body == null ? null : body.encode());
  }

  private Http limited(Operation operation) {
    return rig.as(operation.role().orElseThrow(), null, SERVERS);
  }

  private static Stream<Operation> operations(boolean single) {
    return Contract.load().operations().stream()
        .filter(operation -> operation.role().isPresent() && !operation.streams())
        .filter(operation -> isSingle(operation) == single);
  }

  /** Whether its path says what it is about. */
  private static boolean isSingle(Operation operation) {
    return operation.within() != Within.ALL
        && (operation.path().contains("{type}") || operation.path().contains("{uuid}"));
  }

  static Stream<Operation> ofOneThing() {
    return operations(true);
  }

  static Stream<Operation> ofMany() {
    return operations(false);
  }

  @ParameterizedTest
  @MethodSource("ofOneThing")
  void whatIsOutsideIsAnsweredAsWhatIsNotThere(Operation operation) {
    Http caller = limited(operation);
    Subject inside = subject("server", null);
    Subject outside = subject("vault", inside.uuid());
    String path = path(operation, outside);
    Http.Reply refused = ask(caller, operation, path);
    Http.Reply absent = ask(caller, operation, path(operation, nobody()));
    assertThat(refused.status()).as(refused.text()).isEqualTo(404);
    assertThat(absent.status()).as(absent.text()).isEqualTo(404);
    assertThat(said(refused)).isEqualTo(said(absent));
    assertThat(
            rig.rows(
                "select status from audit where not allowed and action = '%s' and trace = '%s'"
                    .formatted(operation.id(), refused.header("Trace-Id"))))
        .as("it is in the audit as denied, once")
        .containsExactly("404");
    Http.Reply within = ask(caller, operation, path(operation, inside));
    boolean problem = within.header("Content-Type").contains("problem");
    assertThat(problem ? within.body().getString("code") : "")
        .as(within.text())
        .isNotIn("not_found", "unknown_type", "denied");
    assertThat(outside.marks()).noneMatch(mark -> within.text().contains(mark));
  }

  private static String said(Http.Reply reply) {
    return reply.body().getString("code")
        + reply.body().getString("detail").replaceAll(UUIDS, "UUID");
  }

  @ParameterizedTest
  @MethodSource("ofMany")
  void whatIsOfManyShowsWhatIsWithinOrIsNotForThisKey(Operation operation) {
    Http caller = limited(operation);
    Subject inside = subject("server", null);
    Subject outside = subject("vault", inside.uuid());
    String path = path(operation, inside);
    Http.Reply reply = ask(caller, operation, path);
    switch (operation.within()) {
      case ALL -> {
        reply.problem(403, "denied", operation.id(), "limited", "server");
        assertThat(
                rig.rows(
                    "select 1 from audit where not allowed and action = '%s' and target = '%s' and role = '%s'"
                        .formatted(operation.id(), path, operation.role().orElseThrow().stored())))
            .as("it is in the audit")
            .isNotEmpty();
      }
      case NOTHING -> reply.expect(200);
      case NEW_HOLD -> holds(caller, inside, outside);
      case NEW_BULK -> {
        JsonObject bulk = BulkRunsTest.bulk("delete", "label=nobody");
        caller.post("/v1/bulk", bulk).expect(201);
        caller.post("/v1/bulk", bulk.put("type", "vault")).problem(404, "unknown_type", "vault");
      }
      case ITEMS_BY_NAME, ITEMS_BY_TYPE, ITEMS_BY_RESOURCE, HOLDS, ITSELF -> {
        String all = ask(rig.as(operation.role().orElseThrow()), operation, path).text();
        assertThat(outside.marks()).as(all).anyMatch(all::contains);
        assertThat(outside.marks()).as(reply.text()).noneMatch(reply.expect(200).text()::contains);
        assertThat(inside.marks()).as(reply.text()).anyMatch(reply.text()::contains);
      }
      case TYPE, CHILD, TASK, ALARM, ERROR, HOLD, BULK ->
          throw new AssertionError(operation.id() + " says in its path what it is about");
    }
  }

  private static void holds(Http caller, Subject inside, Subject outside) {
    JsonObject hold = new JsonObject().put("reason", "a test");
    JsonObject subtree = hold.copy().put("scope", "subtree");
    caller.post("/v1/holds", subtree.put("resource", outside.uuid())).problem(404, "not_found");
    caller.post("/v1/holds", subtree.put("resource", inside.uuid())).expect(201);
    JsonObject type = hold.copy().put("scope", "type");
    caller.post("/v1/holds", type.put("name", "vault")).problem(404, "unknown_type", "vault");
    String own = caller.post("/v1/holds", type.put("name", "server")).expect(201).uuid();
    caller.post("/v1/holds/" + own + ":release").expect(200);
    for (String wide : List.of("task", "queue", "all")) {
      caller
          .post("/v1/holds", hold.copy().put("scope", wide).put("name", "monitor"))
          .problem(403, "denied", "server");
    }
  }

  @Test
  void nothingIsMadeBelowWhatIsOutside() {
    Http caller = rig.as(Role.OPERATOR, null, SERVERS);
    Subject outside = subject("vault", null);
    JsonObject body = ResourcesTest.server("made-below").put("parent", outside.uuid());
    Http.Reply refused =
        caller.post("/v1/resources/server", body).problem(404, "not_found", outside.uuid());
    String none = rig.time.uuid().toString();
    assertThat(said(refused))
        .isEqualTo(said(caller.post("/v1/resources/server", body.put("parent", none))));
    Subject inside = subject("server", null);
    caller.post("/v1/resources/server", body.put("parent", inside.uuid())).expect(201);
  }

  @Test
  void aResourceShowsNoChildrenThatAreOutsideAndAlarmsAreCountedWithin() {
    Http caller = rig.as(Role.VIEWER, null, SERVERS);
    Subject inside = subject("server", null);
    subject("vault", inside.uuid());
    String path = "/v1/resources/server/" + inside.uuid();
    JsonObject children = caller.get(path).expect(200).body().getJsonObject("children");
    assertThat(children.getInteger("total")).isZero();
    assertThat(admin.get(path).body().getJsonObject("children").getInteger("total")).isEqualTo(1);
    String counted = "/v1/alarms?counts=true&page_size=1";
    assertThat(errors(caller.get(counted))).isLessThan(errors(admin.get(counted)));
  }

  private static int errors(Http.Reply reply) {
    return reply.expect(200).body().getJsonObject("counts").getInteger("error");
  }

  @Test
  void aUuidOfAnotherTypeSaysNothingOfWhereItIs() {
    Subject outside = subject("vault", null);
    Http caller = rig.as(Role.VIEWER, null, SERVERS);
    String path = "/v1/resources/server/" + outside.uuid();
    assertThat(caller.get(path).problem(404, "not_found").text()).doesNotContain("vault");
    assertThat(admin.get(path).problem(404, "not_found").text()).contains("vault");
  }

  @Test
  void eventsAreOfWhatIsWithin() {
    Http caller = rig.as(Role.VIEWER, null, SERVERS);
    try (Followed events = caller.follow("/v1/events")) {
      events.next("");
      Subject outside = subject("vault", null);
      Subject inside = subject("server", null);
      for (Subject subject : List.of(outside, inside)) {
        admin.post("/v1/tasks/" + subject.task() + ":stop").expect(202);
      }
      JsonObject first = events.next("moved").body();
      assertThat(first.getJsonObject("resource").getString("type")).isEqualTo("server");
      assertThat(first.getJsonObject("resource").getString("label")).isEqualTo(inside.label());
    }
  }

  @Test
  void pagesAreKeptWithinToo() {
    Subject inside = subject("server", null);
    Subject outside = subject("vault", inside.uuid());
    Browser browser = new Browser(rig.api.port()).signIn(rig.as(Role.OPERATOR, null, SERVERS));
    for (String page :
        List.of("/v1/types", "/v1/alarms", "/v1/holds", "/v1/resources/server/" + inside.uuid())) {
      String text = browser.get(page).expect(200).text();
      assertThat(outside.marks()).as(page).noneMatch(text::contains);
      assertThat(text).doesNotContain("/v1/resources/vault");
    }
    browser.get("/v1/resources/vault/" + outside.uuid()).expect(404);
    browser.get("/v1/resources/vault/" + outside.uuid() + ":delete").expect(404);
    browser.get("/v1/tasks/" + outside.task()).expect(404);
  }

  @Test
  void aKeySaysWhatItIsLimitedToAndOneOfANewerBuildIsRefused() {
    JsonObject asked =
        KeysTest.key("of-servers", Role.VIEWER).put("types", new JsonArray().add("server"));
    JsonObject key = admin.post("/v1/keys", asked).expect(201).body();
    assertThat(key.getJsonArray("types")).containsExactly("server");
    Http caller = admin.as(key.getString("key"));
    caller.get("/v1/resources/server").expect(200);
    caller.get("/v1/resources/vault").problem(404, "unknown_type", "vault");
    assertThat(admin.get("/v1/keys?page_size=500").expect(200).body().getJsonArray("items"))
        .anyMatch(one -> ((JsonObject) one).getString("name").equals("of-servers"));
    admin
        .post("/v1/keys", asked.copy().put("types", new JsonArray()))
        .problem(422, "invalid")
        .pointsAt("/types");
    Http newer = rig.as(Role.VIEWER);
    rig.execute(
        "update api_keys set scopes = '{\"planets\": [\"mars\"]}' where prefix = '%s'"
            .formatted(String.valueOf(newer.key()).split("_", -1)[1]));
    newer.get("/v1/types").problem(401, "unauthenticated", "newer build");
  }
}
