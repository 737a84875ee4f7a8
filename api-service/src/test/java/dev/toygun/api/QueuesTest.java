package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.queue.Queue.About;
import dev.toygun.queue.Queue.Worker;
import dev.toygun.queue.Ticket;
import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TypeDefinition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits, and who takes it. */
class QueuesTest {
  private static final ApiRig rig = new ApiRig();
  private static final TypeDefinition TYPE = ServerType.named("queued");
  private static final ListName LIST = TYPE.list();

  @AfterAll
  static void close() {
    rig.close();
  }

  @BeforeEach
  void start() {
    ApiRig.await(rig.store.publish(List.of(TYPE), "build-1"));
    ApiRig.await(rig.queue.farewell("worker-1"));
    one();
  }

  private static void one() {
    rig.as(Role.OPERATOR)
        .post(
            "/v1/resources/" + LIST.type(),
            new JsonObject().put("fields", new JsonObject().put("address", "http://a")))
        .expect(201);
  }

  private static void lives(String queue) {
    Instant at = rig.time.now().truncatedTo(ChronoUnit.MILLIS);
    About about = new About("host-1", List.of(queue), at.minusSeconds(60), at, 7, false);
    List<String> lists = List.of(queue + ":" + LIST.type() + ":1", queue + ":other:3");
    ApiRig.await(rig.queue.heartbeat(new Worker("worker-1", "build-1", lists, about)));
  }

  private static JsonObject list(String queue) {
    JsonArray items =
        rig.as(Role.VIEWER).get("/v1/queues").expect(200).body().getJsonArray("items");
    return items.stream()
        .map(JsonObject.class::cast)
        .filter(item -> item.getString("type").equals(LIST.type()))
        .filter(item -> item.getString("queue").equals(queue))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aListHasWhatWaitsInItAndWhoTakesIt() {
    lives("default");
    Instant at = rig.time.now().minusSeconds(40);
    SubjectKey key = SubjectKey.ofResource(rig.time.uuid());
    ApiRig.await(
        rig.queue.push(List.of(new Ticket(LIST, List.of(key), Cause.CLOCK, false, at, null))));
    JsonObject list = list("default");
    assertThat(list.getInteger("tickets")).isEqualTo(1);
    assertThat(list.getDouble("oldest_seconds")).isBetween(40.0, 100.0);
    assertThat(list.getString("priority")).isEqualTo("normal");
    assertThat(list.getJsonArray("workers")).containsExactly("worker-1");
    assertThat(list.getBoolean("held")).isFalse();
    assertThat(list.getString("problem")).isNull();
    ApiRig.await(rig.queue.pop(List.of(LIST), 1));
    assertThat(list("default").getValue("oldest_seconds")).isNull();
  }

  @Test
  void aListThatNobodyTakesSaysWhatToDo() {
    assertThat(list("default").getString("problem"))
        .startsWith("no worker takes it: start one that defines it; a worker last published")
        .contains("the type at 20");
    lives("big");
    assertThat(list("default").getString("problem"))
        .contains("take it from big only: start one whose TOYGUN_QUEUES names default");
    assertThat(list("default").getJsonArray("workers")).isEmpty();
  }

  @Test
  void whatIsMadeIsWhereItsTypeSays() {
    rig.execute(
        "update resource_types set definition = definition || '{\"queue\": \"big\", \"priority\": \"LOW\"}' where name = '%s'"
            .formatted(LIST.type()));
    rig.until(
        () -> {
          one();
          return rig.rows("select 1 from resources where queue = 'big' and priority = 9").size()
              > 0;
        });
    assertThat(list("big").getString("priority")).isEqualTo(Priority.LOW.toString());
    JsonObject type = rig.as(Role.VIEWER).get("/v1/types/" + LIST.type()).expect(200).body();
    assertThat(type.getString("queue")).isEqualTo("big");
  }

  @Test
  void aHoldOfAQueueIsSeenThere() {
    JsonObject hold =
        new JsonObject().put("scope", "queue").put("name", "default").put("reason", "why");
    Http operator = rig.as(Role.OPERATOR);
    String uuid = operator.post("/v1/holds", hold).expect(201).uuid();
    assertThat(list("default").getBoolean("held")).isTrue();
    rig.execute("delete from holds where uuid = '%s'".formatted(uuid));
    assertThat(list("default").getBoolean("held")).isFalse();
  }

  @Test
  void aWorkerIsShownAsItSaysOfItself() {
    lives("big");
    JsonObject worker =
        rig.as(Role.VIEWER)
            .get("/v1/workers")
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(worker.getString("id")).isEqualTo("worker-1");
    assertThat(worker.getString("host")).isEqualTo("host-1");
    assertThat(worker.getJsonArray("queues")).containsExactly("big");
    assertThat(worker.getJsonArray("types"))
        .contains(new JsonObject().put("name", "other").put("versions", new JsonArray().add(3)));
    assertThat(worker.getDouble("heartbeat_seconds")).isBetween(0.0, 5.0);
    assertThat(worker.getInteger("in_flight")).isEqualTo(7);
    assertThat(worker.getBoolean("draining")).isFalse();
  }

  @Test
  void oneThatSaysNothingOfItselfIsShownAllTheSame() {
    ApiRig.await(rig.queue.heartbeat(new Worker("worker-1", "build-1", List.of("nonsense"))));
    JsonObject worker =
        rig.as(Role.VIEWER)
            .get("/v1/workers")
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(worker.getJsonArray("types")).isEmpty();
    assertThat(worker.getValue("in_flight")).isNull();
  }

  @Test
  void aBrowserGetsBothOnOnePage() {
    Browser browser = new Browser(rig.api.port()).signIn(rig.as(Role.VIEWER));
    browser
        .get("/v1/queues")
        .says(200, "Queues and workers", "no worker takes it", "No worker lives");
    lives("default");
    browser.get("/v1/queues").says(200, "worker-1", "host-1", "In flight");
  }
}
