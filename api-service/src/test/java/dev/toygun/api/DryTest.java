package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever only asks whether something could be done hears what they would hear who did it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DryTest {
  private static final String SERVERS = "/v1/resources/server";
  private static final String DRY = "?validate_only=true";

  private ApiRig rig;
  private Http http;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    http = rig.as(Role.ADMIN);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private String server(String label) {
    return http.post(SERVERS, ResourcesTest.server(label)).expect(201).header("Location");
  }

  private static String uuid(String at) {
    return at.substring(at.lastIndexOf('/') + 1);
  }

  private void ended(String at) {
    rig.execute(
        "update resources set state = '__stop__', active = false, ended_at = now(), due_at = null"
            + " where uuid = '"
            + uuid(at)
            + "'");
  }

  private void isRefused(String path, JsonObject body) {
    Http.Reply dry = http.post(path + DRY, body);
    Http.Reply real = http.post(path, body);
    assertThat(real.status()).as(real.text()).isGreaterThanOrEqualTo(400);
    dry.problem(real.status(), real.body().getString("code"));
  }

  private void isValid(String path, JsonObject body) {
    assertThat(http.post(path + DRY, body).expect(200).body().getBoolean("valid")).isTrue();
  }

  @Test
  void aRetryOfWhatIsNotStuckIsRefused() {
    String at = server("well");
    String run = http.post(at + "/tasks/monitor").expect(202).uuid();
    isRefused(at + ":retry", new JsonObject());
    isRefused("/v1/tasks/" + run + ":retry", new JsonObject());
    rig.execute(
        "update tasks set state = '__panic__', resume = 'watch' where uuid = '" + run + "'");
    isValid("/v1/tasks/" + run + ":retry", new JsonObject());
  }

  @Test
  void aLabelThatIsTakenIsRefused() {
    String parent = server("parent");
    JsonObject child = ResourcesTest.server("child").put("parent", uuid(parent));
    isValid(SERVERS, child);
    http.post(SERVERS, child).expect(201);
    isRefused(SERVERS, child);
    isValid(SERVERS, ResourcesTest.server("child"));
    isRefused(SERVERS, ResourcesTest.server("parent"));
    ended(parent);
    isValid(SERVERS, ResourcesTest.server("parent"));
  }

  @Test
  void aHoldOfWhatIsNotThereOrHasEndedIsRefused() {
    String at = server("gone");
    JsonObject why = new JsonObject().put("reason", "x");
    JsonObject hold = why.copy().put("scope", "subtree");
    isValid(at + ":hold", why);
    isValid("/v1/holds", hold.copy().put("resource", uuid(at)));
    isValid("/v1/holds", why.copy().put("scope", "all"));
    ended(at);
    isRefused(at + ":hold", why);
    isRefused("/v1/holds", hold.copy().put("resource", uuid(at)));
    isRefused("/v1/holds", hold.copy().put("resource", UUID.randomUUID().toString()));
  }

  @Test
  void aStartOfWhatRunsIsNoError() {
    String at = server("running");
    http.post(at + "/tasks/monitor").expect(202);
    isValid(at + "/tasks/monitor", new JsonObject());
    http.delete(at).expect(202);
    isValid(at + "/tasks/monitor", new JsonObject());
    http.post(at + "/tasks/monitor").expect(200);
  }

  @Test
  void aStartUnderWhatEndsOrHasEndedIsRefused() {
    String at = server("ending");
    http.delete(at).expect(202);
    isRefused(at + "/tasks/monitor", new JsonObject());
    ended(at);
    isRefused(at + "/tasks/monitor", new JsonObject());
  }

  @Test
  void aSinkWhoseNameIsTakenIsRefused() {
    JsonObject sink = new JsonObject().put("name", "ops").put("kind", "log");
    isValid("/v1/sinks", sink);
    http.post("/v1/sinks", sink).expect(201);
    isRefused("/v1/sinks", sink);
  }
}
