package dev.toygun.api;

import static dev.toygun.api.Subjects.ask;
import static dev.toygun.api.Subjects.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.api.Contract.Operation;
import dev.toygun.api.Subjects.Subject;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
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

  private ApiRig rig;
  private Http admin;
  private Subjects subjects;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    ApiRig.await(rig.store.publish(List.of(ServerType.named("vault")), "build-1"));
    rig.execute(RepairsTest.REPAIRED.formatted("server"));
    rig.execute(RepairsTest.REPAIRED.formatted("vault"));
    admin = rig.as(Role.ADMIN);
    subjects = new Subjects(rig);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private Subject subject(String type, @Nullable String parent) {
    return subjects.make(type, parent);
  }

  private static List<String> marks(Subject subject) {
    List<String> marks = new ArrayList<>(subject.marks());
    marks.add('"' + subject.type() + '"');
    return marks;
  }

  private Http limited(Operation operation) {
    return rig.as(operation.role().orElseThrow(), null, SERVERS);
  }

  static Stream<Operation> ofOneThing() {
    return Subjects.operations().filter(Subjects::isSingle);
  }

  static Stream<Operation> ofMany() {
    return Subjects.operations().filter(one -> !Subjects.isSingle(one));
  }

  @ParameterizedTest
  @MethodSource("ofOneThing")
  void whatIsOutsideIsAnsweredAsWhatIsNotThere(Operation operation) {
    Http caller = limited(operation);
    Subject inside = subject("server", null);
    Subject outside = subject("vault", inside.uuid());
    String path = outside.path(operation);
    Http.Reply refused = ask(caller, operation, path);
    Http.Reply absent = ask(caller, operation, subjects.nobody("vault").path(operation));
    assertThat(refused.status()).as(refused.text()).isEqualTo(404);
    assertThat(absent.status()).as(absent.text()).isEqualTo(404);
    assertThat(said(refused)).isEqualTo(said(absent));
    assertThat(
            rig.rows(
                "select status from audit where not allowed and action = '%s' and trace = '%s'"
                    .formatted(operation.id(), refused.header("Trace-Id"))))
        .as("it is in the audit as denied, once")
        .containsExactly("404");
    Http.Reply within = ask(caller, operation, inside.path(operation));
    assertThat(within.status()).as(within.text()).isLessThan(500);
    boolean problem = within.header("Content-Type").contains("problem");
    assertThat(problem ? within.body().getString("code") : "")
        .as(within.text())
        .isNotIn("not_found", "unknown_type", "denied");
    assertThat(marks(outside)).noneMatch(mark -> within.text().contains(mark));
  }

  @ParameterizedTest
  @MethodSource("ofMany")
  void whatIsOfManyShowsWhatIsWithinOrIsNotForThisKey(Operation operation) {
    Http caller = limited(operation);
    Subject inside = subject("server", null);
    Subject outside = subject("vault", inside.uuid());
    String path = inside.path(operation);
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
      case UNDER, ITEMS_BY_NAME, ITEMS_BY_TYPE, ITEMS_BY_RESOURCE, HOLDS, ITSELF -> {
        String all = ask(rig.as(operation.role().orElseThrow()), operation, path).text();
        assertThat(marks(outside)).as(all).anyMatch(all::contains);
        assertThat(marks(outside)).as(reply.text()).noneMatch(reply.expect(200).text()::contains);
        assertThat(marks(inside)).as(reply.text()).anyMatch(reply.text()::contains);
      }
      case TYPE, CHILD, TASK, ALARM, BRAKE, ERROR, HOLD, BULK ->
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
      assertThat(marks(outside)).as(page).noneMatch(text::contains);
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
