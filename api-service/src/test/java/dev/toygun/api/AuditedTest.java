package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.api.Contract.Operation;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the contract has that changes something is in the audit, also where it was denied. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditedTest {
  private static final JsonObject WHY = new JsonObject().put("reason", "a test");

  /** What those take that need a body. */
  static final Map<String, JsonObject> BODIES =
      Map.ofEntries(
          Map.entry("createResource", ResourcesTest.server("audited")),
          Map.entry("changeResource", new JsonObject().put("fields", new JsonObject())),
          Map.entry("rewindResource", new JsonObject().put("state", "watched")),
          Map.entry("rewindTask", new JsonObject().put("state", "watch")),
          Map.entry("signalResource", new JsonObject().put("type", "repaired")),
          Map.entry("signalTask", new JsonObject().put("type", "poke")),
          Map.entry("createHold", WHY.copy().put("scope", "queue").put("name", "audited")),
          Map.entry("createBulk", BulkRunsTest.bulk("delete", "label=nobody")),
          Map.entry("holdResource", WHY),
          Map.entry("abandonResource", WHY),
          Map.entry("promoteRepair", WHY),
          Map.entry("openBreaker", WHY),
          Map.entry("closeBreaker", WHY),
          Map.entry("planResource", new JsonObject().put("action", "delete")),
          Map.entry("revealResource", WHY.copy().put("field", "token")),
          Map.entry("revealTask", WHY.copy().put("field", "password")),
          Map.entry("createSink", new JsonObject().put("name", "audited").put("kind", "log")),
          Map.entry("changeSink", new JsonObject().put("active", false)),
          Map.entry("createKey", KeysTest.key("audited", Role.VIEWER)));

  private ApiRig rig;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  static Stream<Operation> changing() {
    return Contract.load().operations().stream().filter(Operation::changes);
  }

  @ParameterizedTest
  @MethodSource("changing")
  void whateverChangesSomethingIsAudited(Operation operation) {
    UUID uuid = rig.time.uuid();
    ask(operation, Role.VIEWER, uuid).problem(403, "denied", operation.id());
    ask(operation, operation.role().orElseThrow(), uuid);
    assertThat(
            rig.rows(
                """
                select concat_ws(' ', role, allowed, status is not null,
                                 coalesce(resource_uuid, subject_uuid) = '%s')
                  from audit where action = '%s' order by seq
                """
                    .formatted(uuid, operation.id())))
        .as(operation.id())
        .hasSize(2)
        .satisfies(rows -> assertThat(rows.get(0)).startsWith("viewer f t"))
        .satisfies(
            rows ->
                assertThat(rows.get(1))
                    .startsWith(operation.role().orElseThrow().stored() + " t t"))
        .allSatisfy(
            row -> {
              if (operation.path().contains("{uuid}")) {
                assertThat(row).endsWith(" t");
              }
            });
  }

  private Http.Reply ask(Operation operation, Role role, UUID uuid) {
    String path =
        operation
            .path()
            .replace("{type}", "server")
            .replace("{uuid}", uuid.toString())
            .replace("{task}", "monitor")
            .replace("{name}", "nobody");
    JsonObject body = BODIES.get(operation.id());
    if (operation.body().filter(Contract.Body::required).isPresent()) {
      Objects.requireNonNull(body, operation.id() + " needs a body: add one to this test");
    }
    Http.Reply reply =
        rig.as(role).send(operation.method().name(), path, body == null ? null : body.encode());
    assertThat(reply.status()).as(reply.text()).isNotIn(List.of(400, 401, 405, 415, 500));
    return reply;
  }
}
