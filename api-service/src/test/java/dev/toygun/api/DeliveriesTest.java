package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveriesTest {
  private static final String SECRET = "canary-0123456789";

  private ApiRig rig;
  private Http operator;

  @BeforeAll
  void start() {
    rig = new ApiRig();
    operator = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @AfterEach
  void empty() {
    rig.execute("delete from deliveries");
    rig.execute("delete from sinks");
  }

  private void sink(String name) {
    rig.as(Role.ADMIN)
        .post("/v1/sinks", new JsonObject().put("name", name).put("kind", "log"))
        .expect(201);
  }

  /** A message as a courier would have left it. */
  private String delivery(String sink, String event, String state, int secondsAgo) {
    String uuid = UUID.randomUUID().toString();
    rig.execute(
        """
        insert into deliveries (uuid, resource_uuid, alarm_uuid, sink, event, state, tries, due_at, last_error, body, created_at)
        values ('%s', '%s', '%s', '%s', '%s', '%s', 8,
                case '%s' when 'pending' then now() + interval '1 hour' end, 'it answered 404',
                '{"name":"down","secret":"%s"}', now() - interval '%d s')
        """
            .formatted(
                uuid,
                new UUID(0, 0),
                new UUID(0, 1),
                sink,
                event,
                state,
                state,
                SECRET,
                secondsAgo));
    return uuid;
  }

  private String row(String delivery) {
    return rig.rows("select d::text from deliveries d where uuid = '" + delivery + "'").get(0);
  }

  private static List<String> uuids(JsonObject page) {
    List<String> uuids = new ArrayList<>();
    JsonArray items = page.getJsonArray("items");
    for (int i = 0; i < items.size(); i++) {
      uuids.add(items.getJsonObject(i).getString("uuid"));
    }
    return uuids;
  }

  @Test
  void whatWasGivenUpIsShownTheNewestFirstPageByPage() {
    String oldest = delivery("ops", "open", "failed", 30);
    String newest = delivery("ops", "open", "failed", 10);
    String middle = delivery("mail", "resolve", "failed", 20);
    String sent = delivery("ops", "open", "sent", 5);
    Http viewer = rig.as(Role.VIEWER);
    JsonObject first = viewer.get("/v1/deliveries?page_size=2").expect(200).body();
    assertThat(uuids(first)).containsExactly(newest, middle);
    JsonObject rest =
        viewer
            .get("/v1/deliveries?page_size=2&page_token=" + first.getString("next_page_token"))
            .expect(200)
            .body();
    assertThat(uuids(rest)).containsExactly(oldest);
    assertThat(rest.getString("next_page_token")).isNull();
    assertThat(uuids(viewer.get("/v1/deliveries?state=sent").expect(200).body()))
        .containsExactly(sent);
    JsonObject shown = viewer.get("/v1/deliveries/" + middle).expect(200).body();
    assertThat(shown.getString("sink")).isEqualTo("mail");
    assertThat(shown.getString("name")).isEqualTo("down");
    assertThat(shown.getString("last_error")).isEqualTo("it answered 404");
    assertThat(shown.encode()).doesNotContain(SECRET);
  }

  @Test
  void oneThatFailedIsTriedAgainAndAskingTwiceIsAskingOnce() {
    sink("ops");
    String delivery = delivery("ops", "open", "failed", 10);
    String path = "/v1/deliveries/" + delivery + ":retry";
    JsonObject why = new JsonObject().put("reason", "the address was wrong");
    JsonObject retried = operator.post(path, why).expect(200).body();
    assertThat(retried.getString("state")).isEqualTo("pending");
    assertThat(retried.getInteger("tries")).isEqualTo(8);
    String after = row(delivery);
    operator.post(path, why).expect(200);
    assertThat(row(delivery)).isEqualTo(after);
    assertThat(
            rig.rows(
                "select action || ' ' || status || ' ' || reason from audit where target like '%"
                    + delivery
                    + "%' order by seq"))
        .containsExactly(
            "retryDelivery 200 the address was wrong", "retryDelivery 200 the address was wrong");
  }

  @Test
  void whatCannotBeTriedAgainIsSaidAndStaysAsItIs() {
    sink("ops");
    String nothing = UUID.randomUUID().toString();
    operator
        .post("/v1/deliveries/" + nothing + ":retry")
        .problem(404, "not_found", "delivery", nothing);
    operator.get("/v1/deliveries/" + nothing).problem(404, "not_found", "delivery", nothing);
    operator.post("/v1/deliveries/one:retry").problem(400, "bad_parameter", "uuid");
    operator.get("/v1/deliveries?state=lost").problem(400, "bad_parameter", "state");

    String sent = delivery("ops", "resolve", "sent", 5);
    String begun = delivery("ops", "open", "failed", 10);
    String orphan = delivery("gone", "resolve", "failed", 10);
    List<String> before = List.of(row(sent), row(begun), row(orphan));
    operator.post("/v1/deliveries/" + sent + ":retry").problem(409, "wrong_state", "was sent");
    operator.post("/v1/deliveries/" + begun + ":retry").problem(409, "wrong_state", "is over");
    operator.post("/v1/deliveries/" + orphan + ":retry").problem(409, "wrong_state", "sink gone");
    assertThat(List.of(row(sent), row(begun), row(orphan))).isEqualTo(before);
  }

  @Test
  void onlyWhoMayActHasOneTriedAgain() {
    sink("ops");
    String delivery = delivery("ops", "open", "failed", 10);
    String before = row(delivery);
    rig.as(Role.VIEWER)
        .post("/v1/deliveries/" + delivery + ":retry")
        .problem(403, "denied", "operator");
    assertThat(row(delivery)).isEqualTo(before);
  }
}
