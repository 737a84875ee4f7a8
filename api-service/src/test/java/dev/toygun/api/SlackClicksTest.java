package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.alert.LastSink;
import dev.toygun.alert.Message;
import dev.toygun.alert.SinkKind;
import dev.toygun.testing.servers.Receiver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of buttons that people of Slack click. */
class SlackClicksTest extends SlackTrial {
  @Test
  void aClickThatComesTwiceIsOneAndIsSaidBelowTheMessage() throws InterruptedException {
    String alarm = alarm("it is down");
    JsonObject message = new JsonObject().put("text", "error: down");
    JsonObject acknowledge =
        new JsonObject()
            .put("action_id", "ack")
            .put("value", new JsonObject().put("alarm", alarm).encode());
    JsonObject snooze = acknowledge.copy().put("action_id", "snooze");
    message.put(
        "blocks",
        new JsonArray()
            .add(new JsonObject().put("type", "section"))
            .add(
                new JsonObject()
                    .put("type", "actions")
                    .put("elements", new JsonArray().add(acknowledge).add(snooze))));
    String click = slack.click(Workspace.OPERATOR, acknowledge, message);
    JsonObject changed = clicked(click);
    assertThat(clicked(click)).isEqualTo(changed);
    assertThat(moves(alarm)).containsExactly("acknowledged by slack:U0ADA");
    assertThat(changed.getBoolean("replace_original")).isTrue();
    assertThat(changed.getString("text")).isEqualTo("error: down");
    assertThat(buttons(changed)).containsExactly(snooze);
    assertThat(changed.getJsonArray("blocks").getJsonObject(2).encode())
        .contains("Acknowledged by <@U0ADA> <!date^");
    JsonObject both = clicked(slack.click(Workspace.OPERATOR, snooze, changed));
    assertThat(both.encode()).contains("Acknowledged by").contains("Snoozed until <!date^");
    assertThat(buttons(both)).isEmpty();
    assertThat(shown(alarm).getString("state")).isEqualTo("snoozed");
  }

  @Test
  void aTaskIsStartedOnceItIsConfirmedAndOnceOnly() throws InterruptedException {
    String uuid = server("to-start");
    String tasks = "/v1/resources/server/" + uuid + "/tasks";
    JsonObject question = slack.command(rig, Workspace.OPERATOR, "start server to-start monitor");
    assertThat(question.getString("text")).contains("Start *monitor* of *server to-start*?");
    assertThat(operator.get(tasks).expect(200).body().getJsonArray("items")).isEmpty();
    JsonObject start = button(question, "Start");
    JsonObject done = clicked(slack.click(Workspace.OPERATOR, start, new JsonObject()));
    assertThat(done.getBoolean("replace_original")).isTrue();
    assertThat(done.getString("text")).contains("monitor was started by <@U0ADA>");
    String run =
        operator
            .get(tasks)
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("uuid");
    operator.post("/v1/tasks/" + run + ":abort", new JsonObject().put("reason", "x")).expect(202);
    rig.execute(
        "update tasks set active = false, due_at = null, outcome = 'aborted', ended_at = now() where uuid = '%s'"
            .formatted(run));
    // It has ended, and the same question does not start it again.
    clicked(slack.click(Workspace.OPERATOR, start, new JsonObject()));
    assertThat(operator.get(tasks).expect(200).body().getJsonArray("items")).hasSize(1);
    assertThat(audited("slack:U0ADA"))
        .filteredOn(row -> row.startsWith("startTask") && row.contains(uuid))
        .containsExactly("startTask t 202 %s/monitor".formatted(tasks));
    assertThat(
            clicked(
                slack.click(Workspace.OPERATOR, button(question, "Leave it"), new JsonObject())))
        .isEqualTo(new JsonObject().put("delete_original", true));
  }

  @Test
  void whoClicksFromAnotherWorkspaceOrFromNobodyKnowsWhichHasNoRole() throws InterruptedException {
    String alarm = alarm("it is down");
    JsonObject list = slack.command(rig, Workspace.OPERATOR, "alarms server");
    String click = slack.click(Workspace.OPERATOR, button(list, "Acknowledge"), new JsonObject());
    String theirs = "%22team_id%22%3A%22T0ACME%22";
    assertThat(click).contains(theirs);
    for (String other : List.of("%22team_id%22%3A%22T0OTHER%22", "%22x%22%3A1")) {
      assertThat(clicked(click.replace(theirs, other)).getString("text"))
          .contains("slack:U0ADA has no role here");
    }
    assertThat(moves(alarm)).isEmpty();
  }

  @Test
  void nothingIsSentElsewhereThanToSlack() throws InterruptedException {
    String alarm = alarm("it is down");
    JsonObject list = slack.command(rig, Workspace.OPERATOR, "alarms server");
    JsonObject acknowledge = button(list, "Acknowledge");
    try (Receiver elsewhere = new Receiver()) {
      for (String url :
          List.of(
              elsewhere.url("/"),
              slack.hooks.url("/").replace("http://", "http://user@"),
              elsewhere.url("/?").replace("http:", "https:"),
              "not a url",
              "")) {
        String click = slack.click(Workspace.OPERATOR, acknowledge, new JsonObject(), url);
        slack.signed(rig.api.port(), Workspace.ACTIONS, click).expect(200);
      }
      clicked(slack.click(Workspace.OPERATOR, acknowledge, new JsonObject()));
      assertThat(elsewhere.rest()).isEmpty();
      assertThat(slack.hooks.rest()).isEmpty();
    }
    assertThat(moves(alarm)).isNotEmpty();
  }

  @Test
  void theButtonsOfASinksMessageAreCarriedOut() throws InterruptedException {
    String uuid = server("repaired");
    String alarm = alarm("it is down");
    JsonObject settings =
        new JsonObject().put("url", slack.hooks.url("/services/1")).put("buttons", true);
    JsonObject body =
        new JsonObject()
            .put("alarm", alarm)
            .put("resource_type", "server")
            .put("resource_label", "repaired")
            .put("resource", uuid)
            .put("suggested", new JsonArray().add("monitor"));
    ApiRig.await(
        rig.sinks.send(
            new LastSink(SinkKind.SLACK, settings), UUID.randomUUID(), Message.Event.OPEN, body));
    JsonObject message = slack.hooks.take().json();
    JsonObject start = button(message, "Start monitor");
    JsonObject done = clicked(slack.click(Workspace.OPERATOR, start, message));
    assertThat(done.encode()).contains("monitor was started by <@U0ADA>");
    assertThat(button(done, "Acknowledge")).isEqualTo(button(message, "Acknowledge"));
    assertThat(buttons(done)).hasSize(2);
    assertThat(
            operator
                .get("/v1/resources/server/" + uuid + "/tasks")
                .expect(200)
                .body()
                .getJsonArray("items"))
        .hasSize(1);
    assertThat(clicked(slack.click(Workspace.VIEWER, start, message)).getString("text"))
        .contains("startTask needs the role operator");
    clicked(slack.click(Workspace.OPERATOR, button(message, "Acknowledge"), message));
    clicked(slack.click(Workspace.OPERATOR, button(message, "Snooze 1 h"), message));
    assertThat(moves(alarm))
        .containsExactlyInAnyOrder("acknowledged by slack:U0ADA", "snoozed by slack:U0ADA");
  }
}
