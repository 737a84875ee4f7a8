package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toygun.store.Quotas;
import dev.toygun.store.Usage;
import dev.toygun.store.Usage.Spent;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What ticks have used, over HTTP and on its page. */
class UsageShowTest {
  private static final ApiRig rig = new ApiRig().withType();
  private static final UUID HEAVY = made("heavy", null);
  private static final UUID BELOW = made("below", HEAVY);
  private static final UUID LIGHT = made("light", null);

  private static UUID made(String label, @Nullable UUID parent) {
    JsonObject body =
        ResourcesTest.server(label).put("parent", parent == null ? null : parent.toString());
    String at =
        rig.as(Role.OPERATOR).post("/v1/resources/server", body).expect(201).header("Location");
    return UUID.fromString(at.substring(at.lastIndexOf('/') + 1));
  }

  @BeforeAll
  static void charge() {
    List<Usage> used =
        List.of(
            new Usage("server", "", null, new Spent(10, 1, 0, 1)),
            new Usage("server", "monitor", null, new Spent(20, 5, 60, 1)),
            new Usage("server", "", HEAVY, new Spent(10, 1, 0, 1)),
            new Usage("server", "monitor", BELOW, new Spent(15, 3.5, 60, 0.5)),
            new Usage("server", "monitor", LIGHT, new Spent(5, 1.5, 0, 0.5)));
    ApiRig.await(rig.store.charge(used).map(true));
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  private static JsonObject usage(String query) {
    return rig.as(Role.VIEWER).get("/v1/usage" + query).expect(200).body();
  }

  private static List<String> who(JsonObject report) {
    return report.getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .map(i -> i.getString("label") + " " + i.getString("task"))
        .toList();
  }

  private static JsonObject first(JsonObject report) {
    return report.getJsonArray("items").getJsonObject(0).getJsonObject("spent");
  }

  @Test
  void whoIsAboveItsQuotaIsMarkedAndItsAlarmIsOverByUsingLessAlone() {
    Quotas quotas = rig.store.usages().quotas();
    ApiRig.await(quotas.judge(List.of(new Quotas.Line("server", 5, 600)), rig.time::uuid));
    assertThat(usage("?by=tree").getJsonArray("items").stream())
        .extracting(item -> ((JsonObject) item).getString("label"))
        .containsExactly("heavy", "light");
    assertThat(usage("?by=tree").getJsonArray("items").stream())
        .extracting(item -> ((JsonObject) item).getBoolean("heavy"))
        .containsExactly(true, false);
    String alarm =
        rig.as(Role.VIEWER)
            .get("/v1/alarms")
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("uuid");
    rig.as(Role.OPERATOR)
        .post("/v1/alarms/" + alarm + ":close", new JsonObject().put("reason", "enough"))
        .problem(409, "wrong_state", "less than four fifths of the quota");
    ApiRig.await(quotas.judge(List.of(), rig.time::uuid));
    assertThat(rig.as(Role.VIEWER).get("/v1/alarms").expect(200).body().getJsonArray("items"))
        .isEmpty();
  }

  @Test
  void aTreeIsChargedAllThatIsBelowItsRoot() {
    JsonObject roots = usage("?by=tree");
    assertThat(who(roots)).containsExactly("heavy null", "light null");
    JsonObject heavy = first(roots);
    assertThat(heavy.getDouble("share")).isEqualTo(0.75);
    assertThat(heavy.getDouble("ticks")).isEqualTo(25);
    assertThat(heavy.getDouble("used_seconds")).isEqualTo(6);
    assertThat(heavy.getDouble("mean_seconds")).isEqualTo(0.24);
    assertThat(heavy.getDouble("waited_seconds")).isEqualTo(60);
    assertThat(heavy.getDouble("ticks_per_second")).isCloseTo(25 / 630.0, within(0.003));
    assertThat(roots.getJsonObject("total").getDouble("used_seconds")).isEqualTo(8);
    assertThat(who(usage("?by=tree&under=" + HEAVY))).containsExactly("below null", "heavy null");
  }

  @Test
  void typesAndTasksHaveTheirsAlsoUnderAResource() {
    JsonObject types = usage("");
    assertThat(types.getString("by")).isEqualTo("type");
    assertThat(first(types).getDouble("share")).isEqualTo(1);
    assertThat(who(usage("?by=task"))).containsExactly("null monitor", "null null");
    assertThat(first(usage("?by=task&under=" + HEAVY)).getDouble("ran_seconds")).isEqualTo(3.5);
    assertThat(who(usage("?by=resource&page_size=1&since=2h"))).containsExactly("below null");
  }

  @Test
  void thePageLeadsDownTheTree() {
    Browser browser = new Browser(rig.api.port()).signIn(rig.as(Role.VIEWER));
    assertThat(
            browser
                .get("/v1/usage?by=tree")
                .says(200, "heavy", "75.00 %", "6.000 s", "toygun top --by tree", "Of 8.000 s")
                .select("a[href=/v1/usage?by=tree&under=" + HEAVY + "]")
                .text())
        .isEqualTo("below");
    browser
        .get("/v1/usage?by=tree&under=" + HEAVY)
        .says(200, "below", "--under " + HEAVY, "not all");
    browser.get("/v1/usage?by=task").says(200, "server/monitor", "Of 8.000 s");
  }

  @Test
  void whatCannotBeAskedSaysWhatCan() {
    Http http = rig.as(Role.VIEWER);
    for (String wrong : List.of("10", "25h", "0m", "10d", "-1m")) {
      http.get("/v1/usage?since=" + wrong).problem(400, "bad_parameter", "since", "24h at most");
    }
    http.get("/v1/usage?under=" + UUID.randomUUID()).problem(404, "not_found", "no resource");
    rig.as(Role.VIEWER, null, KeyScope.of(List.of("vault")))
        .get("/v1/usage?under=" + HEAVY)
        .problem(404, "not_found", "there is no resource " + HEAVY);
  }
}
