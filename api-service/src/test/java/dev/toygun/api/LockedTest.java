package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rows that somebody else keeps locked, in psql for instance. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockedTest {
  private static final String KEY = "Idempotency-Key";
  private ApiRig rig;
  private Http http;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    http = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private Connection locks(String rows) throws SQLException {
    Connection other =
        DriverManager.getConnection(rig.url.jdbc(), rig.url.user(), rig.url.password());
    other.setAutoCommit(false);
    try (Statement statement = other.createStatement()) {
      statement.execute("select from " + rows + " for update");
    }
    return other;
  }

  private static void isSaid(Http.Reply reply) {
    reply.problem(503, "locked", "somebody else has locked it", "nothing was changed");
    assertThat(reply.header("Retry-After")).isEqualTo("2");
  }

  @Test
  void aLockedResourceIsSaidToBeAndTheKeyIsFreeAtOnce() throws SQLException {
    String uuid =
        http.post("/v1/resources/server", ResourcesTest.server("kept")).expect(201).uuid();
    String path = "/v1/resources/server/" + uuid;
    try (Connection other = locks("resources where uuid = '" + uuid + "'")) {
      isSaid(http.delete(path, KEY, "kept"));
      other.rollback();
    }
    http.delete(path, KEY, "kept").expect(202);
  }

  /** It is one statement, without a transaction around it. */
  @Test
  void aLockedDeliveryIsToo() throws SQLException {
    UUID uuid = UUID.randomUUID();
    rig.execute(
        """
        insert into sinks (name, uuid, kind, created_by) values ('ops', gen_random_uuid(), 'log', 'test');
        insert into deliveries (uuid, resource_uuid, alarm_uuid, sink, event, state)
        values ('%s', gen_random_uuid(), gen_random_uuid(), 'ops', 'open', 'failed')
        """
            .formatted(uuid));
    String path = "/v1/deliveries/" + uuid + ":retry";
    try (Connection other = locks("deliveries where uuid = '" + uuid + "'")) {
      isSaid(http.post(path, new JsonObject(), KEY, "again"));
      other.rollback();
    }
    http.post(path, new JsonObject(), KEY, "again").expect(200);
  }

  @Test
  void allHoldsOfAResourceAreReleasedOrNone() throws SQLException {
    String path =
        "/v1/resources/server/"
            + http.post("/v1/resources/server", ResourcesTest.server("held")).expect(201).uuid();
    JsonObject why = new JsonObject().put("reason", "twice");
    http.post(path + ":hold", why).expect(201);
    String second = http.post(path + ":hold", why).expect(201).uuid();
    String released = "select 1 from holds where reason = 'twice' and released_at is not null";
    try (Connection other = locks("holds where uuid = '" + second + "'")) {
      isSaid(http.post(path + ":release"));
      assertThat(rig.rows(released)).isEmpty();
      other.rollback();
    }
    http.post(path + ":release").expect(200);
    assertThat(rig.rows(released)).hasSize(2);
  }
}
