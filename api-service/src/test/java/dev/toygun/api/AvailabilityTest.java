package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a resource answers, how long it did, and how often it was repaired. */
class AvailabilityTest {
  private final ApiRig rig = new ApiRig().withType();
  private String uuid = "";
  private String path = "";

  @BeforeEach
  void create() {
    uuid =
        rig.as(Role.OPERATOR)
            .post(
                "/v1/resources/server",
                new JsonObject()
                    .put("label", "watched")
                    .put("fields", new JsonObject().put("address", "http://127.0.0.1:1/")))
            .expect(201)
            .uuid();
    path = "/v1/resources/server/" + uuid;
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private JsonObject availability() {
    return rig.as(Role.VIEWER).get(path + "/availability").expect(200).body();
  }

  private void observed(String availability, int minutesAgo) {
    rig.execute(
        "insert into observations (resource_uuid, at, version, availability) values ('"
            + uuid
            + "', now() - interval '"
            + minutesAgo
            + " min', 1, '"
            + availability
            + "')");
  }

  private void madeAnHourAgo() {
    rig.execute(
        "update resources set availability = 'online', created_at = now() - interval '1 hour' where uuid = '"
            + uuid
            + "'");
    observed("online", 60);
    observed("offline", 30);
    observed("online", 24);
  }

  @Test
  void ofOneThatNobodyHasLookedAtNothingIsKnown() {
    JsonObject it = availability();
    assertThat(it.getString("availability")).isEqualTo("unknown");
    assertThat(it.getValue("online_share")).isNull();
    assertThat(it.getJsonArray("repairs")).isNotNull();
  }

  @Test
  void itSaysHowLongItWasInEach() {
    madeAnHourAgo();
    JsonObject it = availability();
    assertThat(it.getString("availability")).isEqualTo("online");
    assertThat(it.getJsonObject("seconds").getDouble("offline")).isCloseTo(360, within(2.0));
    assertThat(it.getDouble("online_share")).isCloseTo(0.9, within(0.01));
    assertThat(it.getJsonArray("periods").getJsonObject(0).getString("availability"))
        .isEqualTo("online");
    assertThat(it.getJsonArray("periods").getJsonObject(1).getString("availability"))
        .isEqualTo("offline");
  }

  @Test
  void whatIsOnHoldIsKnownToBeOffline() {
    madeAnHourAgo();
    rig.as(Role.OPERATOR)
        .post(path + ":hold", new JsonObject().put("reason", "new disks"))
        .expect(201);
    JsonObject it = availability();
    assertThat(it.getBoolean("held")).isTrue();
    assertThat(it.getString("availability")).isEqualTo("known_offline");
    assertThat(it.getString("observed")).isEqualTo("online");
  }

  private void noWorker(String name, int from, String state) {
    boolean isOver = state.equals("closed");
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state,
                            step, severity, message, opened_at, active, ended_at)
        values ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000',
                gen_random_uuid(), '%s', '__system__', 1, '%s', 1, 'critical', '',
                now() - interval '%d min', %s, %s)
        """
            .formatted(name, state, from, !isOver, isOver ? "now() - interval '10 min'" : "null"));
  }

  @Test
  void whileNoWorkerTookItsTypeNobodyLooked() {
    madeAnHourAgo();
    noWorker("no_worker:default:other:1", 20, "closed");
    assertThat(availability().getDouble("online_share")).isCloseTo(0.9, within(0.01));
    noWorker("no_worker:default:server:1", 20, "closed");
    JsonObject it = availability();
    assertThat(it.getString("availability")).isEqualTo("online");
    assertThat(it.getJsonObject("seconds").getDouble("unknown")).isCloseTo(600, within(2.0));
    assertThat(it.getDouble("online_share")).isCloseTo(44.0 / 50, within(0.01));

    noWorker("no_worker:default:server:1", 5, "open");
    it = availability();
    assertThat(it.getString("availability")).isEqualTo("unknown");
    assertThat(it.getString("observed")).isEqualTo("online");
    assertThat(it.getJsonObject("seconds").getDouble("unknown")).isCloseTo(900, within(2.0));
  }

  private void observers(String names) {
    rig.execute("update resources set observers = '{%s}' where uuid = '%s'".formatted(names, uuid));
  }

  /** Its next run: finished so many minutes ago, or active and written then. */
  private void ran(String task, int run, String state, int minutesAgo) {
    rig.execute(
        """
        insert into tasks (resource_uuid, uuid, name, run, type, schema_version, state, step,
                           started_by, cause, active, outcome, updated_at, ended_at)
        select '%1$s', gen_random_uuid(), '%2$s', %3$d, 'server', 1, '%4$s', 1, 'x', 'api',
               not over, case when over then 'finished' end, at, case when over then at end
          from (select '%4$s' = '__stop__' as over, now() - interval '%5$d min' as at) as it
        """
            .formatted(uuid, task, run, state, minutesAgo));
  }

  private void holdMonitor() {
    rig.as(Role.OPERATOR)
        .post(
            "/v1/holds",
            new JsonObject().put("scope", "task").put("name", "monitor").put("reason", "loud"))
        .expect(201);
  }

  private void isNow(String availability) {
    assertThat(availability().getString("availability")).isEqualTo(availability);
  }

  @Test
  void whileItsOnlyObserverIsOnHoldNobodyLooksOnPurpose() {
    madeAnHourAgo();
    holdMonitor();
    ran("monitor", 1, "watch", 50);
    ran("deep", 1, "watch", 50);
    isNow("online");
    observers("monitor");
    isNow("known_offline");
    observers("deep,monitor");
    isNow("online");
  }

  @Test
  void whatObservedOnceDoesNotLookForAMonitorOnHold() {
    madeAnHourAgo();
    holdMonitor();
    observers("monitor,restart");
    ran("restart", 1, "__stop__", 40);
    ran("monitor", 1, "watch", 50);
    isNow("known_offline");
    ran("restart", 2, "work", 1);
    isNow("online");
    rig.execute("update tasks set state = '__panic__' where name = 'restart' and active");
    isNow("known_offline");
  }

  @Test
  void ofTwoThatLookOnceTheOneCountsThatEndedLast() {
    madeAnHourAgo();
    holdMonitor();
    observers("monitor,restart");
    ran("monitor", 1, "__stop__", 50);
    ran("restart", 1, "__stop__", 40);
    isNow("online");
    ran("monitor", 2, "__stop__", 30);
    isNow("known_offline");
  }

  @Test
  void whatCannotBeAskedIsRefused() {
    rig.as(Role.VIEWER).get(path + "/availability?days=0").problem(400, "bad_parameter", "days");
    rig.as(Role.VIEWER)
        .get("/v1/resources/server/" + UUID.randomUUID() + "/availability")
        .problem(404, "not_found", "there is no server");
  }
}
