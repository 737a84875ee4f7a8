package dev.toygun.api;

import static dev.toygun.api.Subjects.ask;
import static dev.toygun.api.Subjects.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.api.Contract.Operation;
import dev.toygun.api.Subjects.Subject;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that are limited to a subtree, asked for each operation that the contract has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubtreesTest {
  /** What is made below something, and bulk runs of whoever is not limited: asked for elsewhere. */
  private static final Set<Within> NOT_OF_ADMIN = EnumSet.of(Within.CHILD, Within.BULK);

  private ApiRig rig;
  private Http admin;
  private Subjects subjects;
  /* What is above the roots, and something else below that. */
  private Subject above;
  private Subject beside;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    admin = rig.as(Role.ADMIN);
    subjects = new Subjects(rig);
    above = subjects.make("server", null);
    beside = subjects.make("server", above.uuid());
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private Subject root() {
    return subjects.make("server", above.uuid());
  }

  private Http limited(Role role, Subject root) {
    return rig.as(role, null, KeyScope.ALL.under(UUID.fromString(root.uuid())));
  }

  private Http limited(Operation operation, Subject root) {
    return limited(operation.role().orElseThrow(), root);
  }

  static Stream<Operation> closed() {
    return Subjects.operations().filter(operation -> !operation.subtree());
  }

  static Stream<Operation> ofOneThing() {
    return Subjects.operations()
        .filter(operation -> operation.subtree() && Subjects.isSingle(operation));
  }

  @ParameterizedTest
  @MethodSource("closed")
  void whatIsNotOpenedIsDenied(Operation operation) {
    Subject root = root();
    Http.Reply reply = ask(limited(operation, root), operation, root.path(operation));
    reply.problem(403, "denied", operation.id(), root.uuid());
    assertThat(
            rig.rows(
                "select status from audit where not allowed and action = '%s' and trace = '%s'"
                    .formatted(operation.id(), reply.header("Trace-Id"))))
        .as("it is in the audit as denied, once")
        .containsExactly("403");
  }

  @ParameterizedTest
  @MethodSource("ofOneThing")
  void whatIsOutsideIsAnsweredAsWhatIsNotThere(Operation operation) {
    Subject root = root();
    Http caller = limited(operation, root);
    Subject inside = subjects.make("server", root.uuid());
    Http.Reply absent = ask(caller, operation, subjects.nobody("server").path(operation));
    if (operation.path().contains("{uuid}")) {
      for (Subject outside : List.of(above, beside)) {
        Http.Reply refused = ask(caller, operation, outside.path(operation));
        assertThat(refused.status()).as(refused.text()).isEqualTo(404);
        assertThat(absent.status()).as(absent.text()).isEqualTo(404);
        assertThat(said(refused)).isEqualTo(said(absent));
        assertThat(
                rig.rows(
                    "select status from audit where not allowed and action = '%s' and trace = '%s'"
                        .formatted(operation.id(), refused.header("Trace-Id"))))
            .as("it is in the audit as denied, once")
            .containsExactly("404");
      }
    }
    for (Subject one :
        NOT_OF_ADMIN.contains(operation.within()) ? List.<Subject>of() : List.of(inside, root)) {
      Http.Reply within = ask(caller, operation, one.path(operation));
      assertThat(within.status()).as(within.text()).isLessThan(500);
      boolean problem = within.header("Content-Type").contains("problem");
      assertThat(problem ? within.body().getString("code") : "")
          .as(within.text())
          .isNotIn("not_found", "unknown_type", "denied");
      assertThat(beside.marks()).as(within.text()).noneMatch(within.text()::contains);
      assertThat(above.marksAbove()).as(within.text()).noneMatch(within.text()::contains);
    }
  }

  @Test
  void whatIsMadeIsBelowSomethingWithin() {
    Subject root = root();
    Http caller = limited(Role.OPERATOR, root);
    JsonObject body = ResourcesTest.server("made-below");
    caller.post("/v1/resources/server", body).problem(403, "denied", "parent", root.uuid());
    String none = rig.time.uuid().toString();
    Http.Reply absent = caller.post("/v1/resources/server", body.copy().put("parent", none));
    absent.problem(404, "not_found", none);
    for (Subject outside : List.of(above, beside)) {
      Http.Reply refused =
          caller.post("/v1/resources/server", body.copy().put("parent", outside.uuid()));
      assertThat(said(refused)).isEqualTo(said(absent));
    }
    Http.Reply made =
        caller.post("/v1/resources/server", body.copy().put("parent", root.uuid())).expect(201);
    assertThat(made.body().getJsonObject("held")).isNotNull();
    assertThat(above.marksAbove()).as(made.text()).noneMatch(made.text()::contains);
    caller.post("/v1/resources/server", body.copy().put("parent", made.uuid())).expect(201);
  }

  @Test
  void aKeyMayBeLimitedToTypesOfASubtree() {
    Subject root = root();
    KeyScope scope = KeyScope.of(List.of("vault")).under(UUID.fromString(root.uuid()));
    Http caller = rig.as(Role.VIEWER, null, scope);
    caller.get("/v1/resources/server/" + root.uuid()).problem(404, "unknown_type", "server");
    caller.get("/v1/tasks/" + root.task()).problem(404, "not_found", root.task());
    assertThat(caller.get("/v1/queues").problem(403, "denied").text())
        .contains("vault", root.uuid());
  }

  @Test
  void aRootIsNamedStraightFromTheDatabase() {
    Subject root = root();
    for (String name : List.of("server/" + root.label(), root.uuid())) {
      assertThat(ApiRig.await(ApiService.named(rig.store.database(), name)))
          .isEqualTo(UUID.fromString(root.uuid()));
    }
    for (String name : List.of("server/nobody", rig.time.uuid().toString())) {
      assertThatThrownBy(() -> ApiRig.await(ApiService.named(rig.store.database(), name)))
          .hasRootCauseMessage(
              "no resource is called %s and has not ended: give its TYPE/NAME, or its uuid"
                  .formatted(name));
    }
  }

  @Test
  void aKeySaysWhatItIsBelowAndWhatBecameOfThat() {
    String other =
        admin.post("/v1/resources/server", ResourcesTest.server("a-tree")).expect(201).uuid();
    JsonObject asked = KeysTest.key("of-a-tree", Role.VIEWER).put("under", other);
    JsonObject key = admin.post("/v1/keys", asked).expect(201).body();
    assertThat(key.getJsonObject("under"))
        .isEqualTo(
            new JsonObject()
                .put("uuid", other)
                .put("type", "server")
                .put("label", "a-tree")
                .put("state", "active"));
    assertThat(key.getValue("types")).isNull();
    String root =
        "update resources set active = false, state = '__stop__', ended_at = now(), due_at = null,"
            + " every_s = null, bucket = null, deadline_at = null where uuid = '%s'";
    rig.execute(root.formatted(other));
    assertThat(listed("of-a-tree").getString("state")).isEqualTo("ended");
    admin
        .post("/v1/keys", asked.copy().put("name", "too-late"))
        .problem(422, "invalid")
        .pointsAt("/under");
    rig.execute("delete from tasks where resource_uuid = '%s'".formatted(other));
    rig.execute("delete from resources where uuid = '%s'".formatted(other));
    assertThat(listed("of-a-tree").getString("state")).isEqualTo("removed");
    assertThat(listed("of-a-tree").getValue("label")).isNull();
  }

  private JsonObject listed(String name) {
    return admin.get("/v1/keys?page_size=500").expect(200).body().getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("name").equals(name))
        .findFirst()
        .orElseThrow()
        .getJsonObject("under");
  }
}
