package dev.toygun.api;

import static dev.toygun.api.Subjects.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.api.Contract.Operation;
import dev.toygun.api.Subjects.Subject;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a key that is limited to a subtree sees of many things, and what hangs together with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubtreeListsTest {
  private ApiRig rig;
  private Http admin;
  private Subjects subjects;
  private Subject above;
  private Subject root;
  private Subject inside;
  private Subject beside;
  private Http caller;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    admin = rig.as(Role.ADMIN);
    subjects = new Subjects(rig);
    above = subjects.make("server", null);
    root = subjects.make("server", above.uuid());
    inside = subjects.make("server", root.uuid());
    beside = subjects.make("server", above.uuid());
    caller = limited(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private Http limited(Role role) {
    return rig.as(role, null, KeyScope.ALL.under(UUID.fromString(root.uuid())));
  }

  static Stream<Operation> lists() {
    return Subjects.operations()
        .filter(operation -> operation.subtree() && operation.method().name().equals("GET"))
        .filter(operation -> operation.within() != Within.UNDER)
        .filter(operation -> !operation.path().contains("{uuid}"));
  }

  @Test
  void aHoldOfAWholeTypeIsNotListed() {
    JsonObject hold = new JsonObject().put("scope", "type").put("name", "server");
    String uuid =
        admin.post("/v1/holds", hold.put("reason", "acme does not pay")).expect(201).uuid();
    assertThat(caller.get("/v1/holds").expect(200).text()).doesNotContain("acme");
    assertThat(caller.get("/v1/holds").text()).doesNotContain(uuid);
    assertThat(admin.get("/v1/holds").text()).contains("acme");
    admin.post("/v1/holds/" + uuid + ":release").expect(200);
  }

  @ParameterizedTest
  @MethodSource("lists")
  void aListHasWhatIsBelowTheRootAndNothingElse(Operation operation) {
    Http.Reply reply =
        ask(limited(operation.role().orElseThrow()), operation, root.path(operation));
    String text = reply.expect(200).text();
    assertThat(beside.marks()).as(text).noneMatch(text::contains);
    boolean saysWhatHolds = operation.id().equals("listResources");
    assertThat(saysWhatHolds ? above.marksAbove() : above.marks())
        .as(text)
        .noneMatch(text::contains);
    boolean ofTypes = operation.path().startsWith("/v1/types");
    boolean ofKeysOwn = operation.id().equals("listBulks");
    if (!ofTypes && !ofKeysOwn) {
      assertThat(inside.marks()).as(text).anyMatch(text::contains);
      assertThat(root.marks()).as(text).anyMatch(text::contains);
    }
  }

  @Test
  void alarmsAndResourcesAreCountedWithin() {
    JsonObject alarms = caller.get("/v1/alarms?counts=true").expect(200).body();
    assertThat(alarms.getJsonObject("counts").getInteger("error")).isEqualTo(2);
    String servers = "/v1/resources/server?counts=true";
    JsonObject states = caller.get(servers).expect(200).body().getJsonObject("counts");
    assertThat(states.stream().mapToInt(e -> (Integer) e.getValue()).sum()).isEqualTo(2);
    JsonObject all = admin.get(servers).body().getJsonObject("counts");
    assertThat(all.stream().mapToInt(e -> (Integer) e.getValue()).sum()).isGreaterThan(3);
  }

  @Test
  void ofOneResourceOutsideThereIsNothing() {
    for (String list : List.of("/v1/alarms", "/v1/errors")) {
      String asked = list + "?page_size=1&resource=";
      String none = caller.get(asked + UUID.randomUUID()).expect(200).text();
      assertThat(caller.get(asked + beside.uuid()).expect(200).text()).isEqualTo(none);
      assertThat(caller.get(asked + above.uuid()).expect(200).text()).isEqualTo(none);
      assertThat(caller.get(asked + inside.uuid()).expect(200).text()).contains(inside.uuid());
    }
  }

  @Test
  void usageIsOfWhatIsBelow() {
    caller.get("/v1/usage?by=tree").problem(403, "denied", "getUsage", root.uuid());
    String under = "/v1/usage?by=resource&under=";
    caller.get(under + above.uuid()).problem(404, "not_found", above.uuid());
    caller.get(under + beside.uuid()).problem(404, "not_found", beside.uuid());
    caller.get(under + root.uuid()).expect(200);
    caller.get(under + inside.uuid()).expect(200);
  }

  @Test
  void anAlarmDoesNotNameWhatItIsFoldedUnderAbove() {
    String fold = "update alarms set state = 'folded', under = '%s' where uuid = '%s'";
    rig.execute(fold.formatted(above.alarm(), inside.alarm()));
    for (String path :
        List.of(
            "/v1/alarms/" + inside.alarm(),
            "/v1/alarms",
            "/v1/resources/server/" + inside.uuid())) {
      assertThat(caller.get(path).expect(200).text()).as(path).doesNotContain(above.alarm());
      assertThat(admin.get(path).text()).as(path).contains(above.alarm());
    }
    rig.execute(fold.formatted(root.alarm(), inside.alarm()));
    assertThat(caller.get("/v1/alarms/" + inside.alarm()).body().getString("under"))
        .isEqualTo(root.alarm());
    rig.execute(
        "update alarms set state = 'open', under = null where uuid = '%s'"
            .formatted(inside.alarm()));
  }

  @Test
  void theMovesOfAnAlarmDoNotNameWhatIsAbove() {
    rig.execute(
        """
        insert into transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker, build, message)
        values ('%1$s', '%2$s', 101, 'pending', 'folded', 'alarm', 'system', 'w', 'b', 'under alarm %3$s'),
               ('%1$s', '%2$s', 102, 'climbing', 'closed', 'alarm', 'system', 'w', 'b', 'retry by level 3: a canary'),
               ('%1$s', '%2$s', 103, 'open', 'closed', 'api', 'key:x', 'w', 'b', 'by key:x: it is well');
        """
            .formatted(inside.uuid(), inside.alarm(), above.alarm()));
    String history = "/v1/alarms/" + inside.alarm() + "/history";
    assertThat(admin.get(history).expect(200).text()).contains(above.alarm(), "a canary");
    assertThat(caller.get(history).expect(200).text())
        .contains("it is well")
        .doesNotContain(above.alarm(), "a canary", "level");
    try (Followed events = caller.follow("/v1/events?resource=" + inside.uuid())) {
      events.next("");
      rig.execute(
          """
          insert into transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker, build, message)
          values ('%1$s', '%2$s', 104, 'pending', 'folded', 'alarm', 'system', 'w', 'b', 'under alarm %3$s');
          """
              .formatted(inside.uuid(), inside.alarm(), above.alarm()));
      assertThat(events.next("alarm").body().encode()).doesNotContain(above.alarm());
    }
  }

  @Test
  void anErrorShowsTheWayOfItsPanicUpToTheRoot() {
    rig.execute(
        """
        insert into hops (error_uuid, level, resource_uuid, decision, reason, panicked_resource, panicked_uuid, step)
        values ('%1$s', 0, '%2$s', 'decline', 'not mine', '%3$s', '%3$s', 1),
               ('%1$s', 1, '%4$s', 'retry', 'a canary', '%3$s', '%3$s', 1);
        """
            .formatted(inside.error(), root.uuid(), inside.uuid(), above.uuid()));
    String shown = caller.get("/v1/errors/" + inside.error()).expect(200).text();
    assertThat(shown).contains("not mine").doesNotContain(above.uuid(), "a canary");
  }

  @Test
  void aBulkRunGoesNoFurtherThanItsKey() {
    JsonObject bulk = BulkRunsTest.bulk("delete");
    JsonObject found = caller.post("/v1/bulk?validate_only=true", bulk).expect(200).body();
    assertThat(found.encode()).contains(root.label(), inside.label());
    assertThat(beside.marks()).noneMatch(found.encode()::contains);
    assertThat(above.marks()).noneMatch(found.encode()::contains);
    JsonObject none = BulkRunsTest.bulk("delete", "label=nobody");
    JsonObject made = caller.post("/v1/bulk", none).expect(201).body();
    assertThat(made.getString("under")).isEqualTo(root.uuid());
    String own = "/v1/bulk/" + made.getString("uuid");
    assertThat(caller.get("/v1/bulk").expect(200).body().getJsonArray("items")).hasSize(1);
    caller.get(own + "/items").expect(200);
    caller.post(own + ":pause").expect(200);
    caller.post(own + ":cancel").expect(200);
    for (String wide : List.of(above.bulk(), inside.bulk())) {
      caller.get("/v1/bulk/" + wide).problem(404, "not_found", wide);
      caller.post("/v1/bulk/" + wide + ":cancel").problem(404, "not_found", wide);
    }
    Http below = rig.as(Role.OPERATOR, null, KeyScope.ALL.under(UUID.fromString(inside.uuid())));
    below.get(own).problem(404, "not_found", made.getString("uuid"));
    Http wider = rig.as(Role.OPERATOR, null, KeyScope.ALL.under(UUID.fromString(above.uuid())));
    wider.get(own).expect(200);
  }

  @Test
  void whatIsOfATypeOrOfAllIsNotHeld() {
    JsonObject hold = new JsonObject().put("reason", "a test");
    for (String wide : List.of("type", "task", "queue", "all")) {
      caller
          .post("/v1/holds", hold.copy().put("scope", wide).put("name", "server"))
          .problem(403, "denied", wide, root.uuid());
    }
    JsonObject subtree = hold.copy().put("scope", "subtree");
    caller
        .post("/v1/holds", subtree.copy().put("resource", beside.uuid()))
        .problem(404, "not_found", beside.uuid());
    String own =
        caller.post("/v1/holds", subtree.copy().put("resource", inside.uuid())).expect(201).uuid();
    caller.post("/v1/holds/" + own + ":release").expect(200);
  }

  @Test
  void eventsAreOfWhatIsBelow() {
    try (Followed events = caller.follow("/v1/events")) {
      events.next("");
      for (Subject subject : List.of(above, beside, inside)) {
        admin.post("/v1/tasks/" + subject.task() + ":stop").expect(202);
      }
      JsonObject first = events.next("moved").body();
      assertThat(first.getJsonObject("resource").getString("label")).isEqualTo(inside.label());
    }
  }

  @Test
  void pagesAreKeptWithinAndReadingThemIsNoDeniedAttempt() {
    Http reader = limited(Role.OPERATOR);
    Browser browser = new Browser(rig.api.port()).signIn(reader);
    for (String page :
        List.of(
            "/v1/types",
            "/v1/alarms",
            "/v1/errors",
            "/v1/holds",
            "/v1/bulk",
            "/v1/resources/server",
            "/v1/resources/server/" + inside.uuid(),
            "/v1/resources/server/" + root.uuid(),
            "/v1/tasks/" + inside.task())) {
      String text = browser.get(page).expect(200).text();
      assertThat(beside.marks()).as(page).noneMatch(text::contains);
      assertThat(above.marksAbove()).as(page).noneMatch(text::contains);
    }
    String name = "key:operator-" + String.valueOf(reader.key()).split("_", -1)[1];
    String denied = "select action from audit where not allowed and actor = '%s'".formatted(name);
    assertThat(rig.rows(denied)).isEmpty();
    browser.get("/v1/resources/server/" + beside.uuid()).expect(404);
    browser.get("/v1/tasks/" + above.task()).expect(404);
    browser.get("/v1/workers").expect(403);
    browser.get("/v1/usage").expect(403);
    assertThat(rig.rows(denied)).hasSize(4);
  }

  @Test
  void noFieldIsSetToAReferenceToWhatIsOutside() {
    ApiRig.await(rig.store.publish(List.of(LimitedKeysTest.rack()), "build-1"));
    JsonObject body = ResourcesTest.server("rack-within").put("parent", root.uuid());
    String rack = caller.post("/v1/resources/rack", body).expect(201).uuid();
    String path = "/v1/resources/rack/" + rack;
    JsonObject other = ResourcesTest.server("rack-outside").put("parent", above.uuid());
    String outside = admin.post("/v1/resources/rack", other).expect(201).uuid();
    JsonObject wrong = new JsonObject().put("f7", outside);
    caller
        .send("PATCH", path, new JsonObject().put("fields", wrong).encode())
        .problem(422, "invalid")
        .pointsAt("/fields/f7", "outside", root.uuid());
    JsonObject made = body.copy().put("label", "refers");
    made.getJsonObject("fields").put("f7", outside);
    caller.post("/v1/resources/rack", made).problem(422, "invalid").pointsAt("/fields/f7");
    JsonObject right = new JsonObject().put("f7", rack);
    caller.send("PATCH", path, new JsonObject().put("fields", right).encode()).expect(200);
    admin.send("PATCH", path, new JsonObject().put("fields", wrong).encode()).expect(200);
    JsonObject bulk =
        BulkRunsTest.bulk("set", "label=nobody").put("type", "rack").put("fields", wrong);
    caller.post("/v1/bulk", bulk).problem(422, "invalid");
  }

  @Test
  void whoseRootWasRemovedSeesNothing() {
    String gone =
        admin.post("/v1/resources/server", ResourcesTest.server("gone")).expect(201).uuid();
    Http orphan = rig.as(Role.VIEWER, null, KeyScope.ALL.under(UUID.fromString(gone)));
    orphan.get("/v1/resources/server/" + gone).expect(200);
    rig.execute("delete from tasks where resource_uuid = '%s'".formatted(gone));
    rig.execute("delete from resources where uuid = '%s'".formatted(gone));
    orphan.get("/v1/resources/server/" + gone).problem(404, "not_found");
    for (String list : List.of("/v1/resources/server?ended=true", "/v1/alarms", "/v1/errors")) {
      assertThat(orphan.get(list).expect(200).body().getJsonArray("items"))
          .isEqualTo(new JsonArray());
    }
  }
}
