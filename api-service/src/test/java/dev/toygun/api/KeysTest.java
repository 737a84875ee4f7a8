package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysTest {
  private ApiRig rig;
  private Http admin;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    admin = rig.as(Role.ADMIN);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  static JsonObject key(String name, Role role) {
    return new JsonObject().put("name", name).put("role", role.stored());
  }

  @Test
  void aKeyIsShownOnceAndStoredAsItsHash() {
    Http.Reply made = admin.post("/v1/keys", key("once", Role.VIEWER)).expect(201);
    String text = made.body().getString("key");
    assertThat(text).matches("toygun_[a-z2-7]{12}_[A-Za-z0-9_-]{43}");
    admin.as(text).get("/v1/types").expect(200);
    String secret = text.substring(20);
    for (String table : new String[] {"api_keys", "audit", "idempotency_keys"}) {
      assertThat(rig.rows("select t::text from " + table + " t"))
          .as(table)
          .noneMatch(row -> row.contains(secret));
    }
    assertThat(admin.get("/v1/keys").expect(200).text())
        .contains("\"once\"")
        .doesNotContain(secret);
    assertThat(rig.rows("select last_used_at is not null from api_keys where name = 'once'"))
        .containsExactly("t");
  }

  @Test
  void aKeyThatIsShownOnceCannotBeAskedForAgain() {
    admin
        .post("/v1/keys", key("again", Role.VIEWER), "Idempotency-Key", "k")
        .problem(400, "header_unexpected", "Idempotency-Key");
  }

  @Test
  void nothingIsOpenButHealthAndReady() {
    Http nobody = admin.as(null);
    for (Contract.Operation operation : Contract.load().operations()) {
      String path =
          operation
              .path()
              .replace("{type}", "server")
              .replace("{task}", "monitor")
              .replace("{name}", "ops")
              .replace("{uuid}", "01900000-0000-7000-8000-00000000ffff");
      int status = nobody.send(operation.method().name(), path, null).status();
      assertThat(status)
          .as("%s %s", operation.method(), path)
          .isEqualTo(operation.role().isEmpty() ? 200 : 401);
    }
  }

  @Test
  void aKeyThatNobodyHasIsRefused() {
    String mine = rig.as(Role.VIEWER).get("/health").text();
    assertThat(mine).contains("up");
    admin.as("nonsense").get("/v1/types").problem(401, "unauthenticated", "Bearer");
    admin
        .as("toygun_aaaaaaaaaaaa_" + "A".repeat(43))
        .get("/v1/types")
        .problem(401, "unauthenticated");
    String made = admin.post("/v1/keys", key("forged", Role.VIEWER)).body().getString("key");
    String forged = made.substring(0, 20) + "A".repeat(43);
    assertThat(
            admin
                .as(forged)
                .get("/v1/types")
                .problem(401, "unauthenticated")
                .header("WWW-Authenticate"))
        .startsWith("Bearer");
  }

  @Test
  void aRoleDoesWhatItMayAndNoMore() {
    Http viewer = rig.as(Role.VIEWER);
    Http operator = rig.as(Role.OPERATOR);
    viewer.get("/v1/resources/server").expect(200);
    viewer
        .post("/v1/resources/server", ResourcesTest.server("viewed"))
        .problem(403, "denied", "createResource", "operator", "viewer");
    operator.post("/v1/resources/server", ResourcesTest.server("operated")).expect(201);
    operator.get("/v1/keys").problem(403, "denied", "auditor");
    operator.post("/v1/keys", key("operators", Role.VIEWER)).problem(403, "denied", "admin");
    rig.as(Role.SECRET_READER).get("/v1/types").expect(200);
    rig.as(Role.SECRET_READER)
        .post("/v1/resources/server", ResourcesTest.server("read"))
        .problem(403, "denied");
    admin.post("/v1/resources/server", ResourcesTest.server("admin")).expect(201);
  }

  @Test
  void everyChangeAndEveryDeniedAttemptIsAudited() {
    Http viewer = rig.as(Role.VIEWER);
    viewer.post("/v1/resources/server", ResourcesTest.server("denied")).expect(403);
    String made =
        admin
            .post("/v1/resources/server", ResourcesTest.server("audited").put("reason", "new"))
            .expect(201)
            .uuid();
    admin.post("/v1/resources/server", ResourcesTest.server("audited")).expect(409);
    assertThat(
            rig.rows(
                "select concat_ws(' ', action, allowed, status, reason) from audit"
                    + " where resource_uuid = '"
                    + made
                    + "'"))
        .containsExactly("createResource t 201 new");
    assertThat(rig.rows("select action || ' ' || status from audit where not allowed"))
        .contains("createResource 403");
    assertThat(rig.rows("select action || ' ' || status from audit where status = 409"))
        .contains("createResource 409");
    admin.as(null).get("/v1/types").expect(401);
    assertThat(rig.rows("select actor || ' ' || status from audit where not allowed"))
        .contains("nobody 401");
  }

  @Test
  void aRevokedKeyIsRefusedHereAtOnceAndItsNameIsFree() {
    Http.Reply made = admin.post("/v1/keys", key("leaver", Role.VIEWER)).expect(201);
    Http leaver = admin.as(made.body().getString("key"));
    leaver.get("/v1/types").expect(200);
    admin.post("/v1/keys", key("leaver", Role.VIEWER)).problem(409, "exists", "leaver");
    admin.post("/v1/keys/" + made.uuid() + ":revoke").expect(200);
    leaver.get("/v1/types").problem(401, "unauthenticated", "revoked");
    admin.post("/v1/keys", key("leaver", Role.VIEWER)).expect(201);
  }

  @Test
  void anExpiredKeyIsRefused() {
    Http late = rig.as(Role.VIEWER, Instant.parse("2020-01-01T00:00:00Z"));
    late.get("/v1/types").problem(401, "unauthenticated", "expired");
    admin
        .post("/v1/keys", key("late", Role.VIEWER).put("expires_at", "2020-01-01T00:00:00Z"))
        .problem(422, "invalid")
        .pointsAt("/expires_at");
    admin
        .post("/v1/keys", key("later", Role.VIEWER).put("expires_at", "2090-01-01T00:00:00Z"))
        .expect(201);
    admin
        .post("/v1/keys", key("x", Role.VIEWER).put("role", "king"))
        .problem(422, "invalid")
        .pointsAt("/role");
  }
}
