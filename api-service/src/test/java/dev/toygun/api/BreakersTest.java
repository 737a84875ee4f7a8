package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BreakersTest {
  private static final JsonObject WHY = new JsonObject().put("reason", "it is moved");

  private ApiRig rig;
  private Http operator;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    operator = rig.as(Role.OPERATOR);
    rig.execute(
        """
        update resource_types
           set definition = jsonb_set(definition, '{tasks,0,limits}', '{"breaker":
                 {"name": "ledger", "tries": 20, "ratio": 0.5, "within": 60, "openFor": 30,
                  "probes": 3, "severity": "error"}}')
         where name = 'server'
        """);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private JsonObject ledger() {
    JsonArray items =
        rig.as(Role.VIEWER).get("/v1/breakers").expect(200).body().getJsonArray("items");
    assertThat(items).hasSize(1);
    return items.getJsonObject(0);
  }

  @Test
  void aPersonOpensAndClosesOneWithAReasonAndTheAuditSaysSo() {
    JsonObject before = ledger();
    assertThat(before.getString("state")).isEqualTo("closed");
    assertThat(before.getJsonObject("opens").getDouble("ratio")).isEqualTo(0.5);
    assertThat(before.getJsonArray("tasks").getString(0)).startsWith("server/");
    assertThat(before.getValue("since")).isNull();

    JsonObject open = operator.post("/v1/breakers/ledger:open", WHY).expect(200).body();
    assertThat(open.getString("state")).isEqualTo("open");
    assertThat(open.getBoolean("by_hand")).isTrue();
    assertThat(open.getString("actor")).startsWith("key:operator");
    assertThat(open.getString("reason")).isEqualTo("it is moved");
    assertThat(ledger().getString("since")).isEqualTo(open.getString("since"));
    JsonObject hold =
        operator.get("/v1/holds").expect(200).body().getJsonArray("items").getJsonObject(0);
    assertThat(hold.getString("scope")).isEqualTo("breaker");
    assertThat(hold.getString("name")).isEqualTo("ledger");
    operator
        .post("/v1/holds/" + hold.getString("uuid") + ":release")
        .problem(404, "not_found", "a breaker's");

    assertThat(
            operator.post("/v1/breakers/ledger:close", WHY).expect(200).body().getString("state"))
        .isEqualTo("closed");
    operator.post("/v1/breakers/ledger:close", WHY).problem(409, "wrong_state", "closed already");
    assertThat(rig.as(Role.AUDITOR).get("/v1/audit").expect(200).text())
        .contains("openBreaker", "closeBreaker", "it is moved");
  }

  @Test
  void oneThatIsOpenedForATimeIsTriedAgainThen() {
    Instant until = rig.time.now().plusSeconds(3_600);
    JsonObject open =
        operator
            .post("/v1/breakers/ledger:open", WHY.copy().put("until", until.toString()))
            .expect(200)
            .body();
    assertThat(open.getBoolean("by_hand")).isFalse();
    assertThat(Instant.parse(open.getString("until")))
        .isBetween(until.minusSeconds(2), until.plusSeconds(2));
    assertThat(open.getLong("waiting")).isZero();
    operator.post("/v1/breakers/ledger:close", WHY).expect(200);
    operator
        .post("/v1/breakers/ledger:open", WHY.copy().put("until", "2020-01-01T00:00:00Z"))
        .problem(422, "invalid", "is past");
  }

  @Test
  void whatCannotBeIsRefused() {
    operator.post("/v1/breakers/ledgers:open", WHY).problem(404, "not_found", "ledgers");
    operator.post("/v1/breakers/ledger:open", new JsonObject()).problem(422, "invalid", "reason");
    operator
        .post(
            "/v1/holds", new JsonObject(WHY.getMap()).put("scope", "breaker").put("name", "ledger"))
        .problem(422, "invalid");
    rig.as(Role.VIEWER).post("/v1/breakers/ledger:open", WHY).problem(403, "denied", "operator");
  }
}
