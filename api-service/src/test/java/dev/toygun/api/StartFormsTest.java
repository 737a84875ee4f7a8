package dev.toygun.api;

import static dev.toygun.StateDef.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.worker.Definitions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A task is started from its page with what it has to be told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartFormsTest {
  private ApiRig rig;
  private Http operator;
  private Browser browser;
  private String shelf;

  enum State {
    KEPT
  }

  private static ResourceType<State> shelf() {
    return ResourceType.of("shelf", state(State.KEPT).decide(t -> t.stay()).rests())
        .tasks(
            TaskType.of(TaskName.of("count"), state(State.KEPT).decide(t -> t.stay()).waits())
                .fields(
                    Field.text("who").required(),
                    Field.integer("most").oneOf(10L, 20L).required(),
                    Field.bool("twice"),
                    Field.list("tags", String.class),
                    Field.secret("pin"),
                    Field.text("color").initially("red"),
                    Field.integer("seen").internal()));
  }

  @BeforeAll
  void start() {
    rig = new ApiRig();
    ApiRig.await(rig.store.publish(List.of(Definitions.of(shelf())), "build-1"));
    operator = rig.as(Role.OPERATOR);
    browser = new Browser(rig.api.port()).signIn(operator);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @BeforeEach
  void make() {
    JsonObject body = new JsonObject().put("label", "s-" + UUID.randomUUID());
    shelf = operator.post("/v1/resources/shelf", body).expect(201).header("Location");
  }

  private Element form() {
    Element form =
        browser.get(shelf + "/tasks/count").says(200, "Start").select("main form").first();
    return Objects.requireNonNull(form);
  }

  private JsonObject args() {
    String run =
        operator
            .get(shelf)
            .expect(200)
            .body()
            .getJsonArray("tasks")
            .getJsonObject(0)
            .getString("uuid");
    return operator.get("/v1/tasks/" + run).expect(200).body().getJsonObject("args");
  }

  @Test
  void itAsksForWhatTheTaskTakes() {
    Element form = form();
    assertThat(form.select("[name^=args.]").eachAttr("name"))
        .containsExactly(
            "args.who", "args.most", "args.twice", "args.tags", "args.pin", "args.color");
    assertThat(form.select("[name^=args.][required]").eachAttr("name"))
        .containsExactly("args.who", "args.most");
    assertThat(form.select("select[name=args.most] option").eachAttr("value"))
        .containsExactly("", "10", "20");
    assertThat(form.select("select[name=args.twice] option").eachAttr("value"))
        .containsExactly("", "true", "false");
    Element pin = Objects.requireNonNull(form.select("[name=args.pin]").first());
    assertThat(pin.attr("type")).isEqualTo("password");
    assertThat(pin.attr("autocomplete")).isEqualTo("off");
    assertThat(form.select("[name=args.color]").attr("placeholder")).isEqualTo("red");
  }

  @Test
  void itStartsTheTaskWithWhatIsFilledIn() {
    Map<String, String> filled =
        Map.of(
            "args.who", "ann",
            "args.most", "20",
            "args.twice", "true",
            "args.tags", "[\"a\", \"b\"]",
            "args.pin", "1234",
            "args.color", "",
            "reason", "stock");
    browser.submit(form(), filled).expect(303);
    JsonObject args = args();
    assertThat(args.getString("who")).isEqualTo("ann");
    assertThat(args.getInteger("most")).isEqualTo(20);
    assertThat(args.getBoolean("twice")).isTrue();
    assertThat(args.getJsonArray("tags")).isEqualTo(JsonArray.of("a", "b"));
    assertThat(args.getString("pin")).isEqualTo("••••");
    assertThat(args.getString("color")).isEqualTo("red");
  }

  @Test
  void whatIsMissingOrWrittenWronglyIsSaidOnAPage() {
    browser
        .submit(form(), Map.of("args.who", "ann"))
        .says(422, "/args/most", "it is required: one of 10, 20 is expected");
    String page =
        browser
            .submit(form(), Map.of("args.who", "ann", "args.most", "1o", "args.tags", "a b"))
            .says(422, "/args/most", "integer is expected", "/args/tags", "written as JSON")
            .text();
    assertThat(page).doesNotContain("1o", "a b");
  }

  @Test
  void itsCurlHasWhatIsRequired() {
    assertThat(browser.get(shelf + "/tasks/count").says(200).select("main p code").text())
        .contains("{\"args\":{\"who\":\"WHO\",\"most\":10},\"reason\":\"why\"}");
  }
}
