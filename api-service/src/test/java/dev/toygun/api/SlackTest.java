package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people of Slack may ask, and what becomes of it. */
class SlackTest extends SlackTrial {
  @Test
  void whatSlackHasNotSignedIsOfNobodyWhateverElseItShows() {
    String alarm = alarm("it is down");
    String body = slack.command(Workspace.TEAM, Workspace.OPERATOR, "ack " + alarm);
    String now = Long.toString(Instant.now().getEpochSecond());
    String old = Long.toString(Instant.now().getEpochSecond() - 360);
    String admin = "Bearer " + rig.as(Role.ADMIN).key();
    for (String[] sent :
        new String[][] {
          {now, "v0=" + "0".repeat(64)},
          {now, Workspace.signature(now, body + "x")},
          {old, Workspace.signature(old, body)},
          {now, Workspace.signature(old, body)}
        }) {
      for (String path : List.of(Workspace.COMMANDS, Workspace.ACTIONS)) {
        Http.Reply refused =
            slack.send(rig.api.port(), path, body, sent[0], sent[1], "Authorization", admin);
        refused.problem(401, "unauthenticated", "Slack has not signed this");
        assertThat(refused.text()).doesNotContain(Workspace.SECRET);
      }
    }
    assertThat(moves(alarm)).isEmpty();
    assertThat(audited("nobody"))
        .contains("slackCommand f 401 /v1/slack/commands", "slackClick f 401 /v1/slack/actions");
  }

  @Test
  void whatIsSignedAndMakesNoSenseIsRefused() {
    int port = rig.api.port();
    slack.signed(port, Workspace.COMMANDS, "text=help").problem(400, "bad_request", "command");
    slack.signed(port, Workspace.ACTIONS, "payload=x").problem(400, "bad_request", "click");
    slack.signed(port, Workspace.ACTIONS, "payload={}").problem(400, "bad_request", "click");
    slack
        .signed(port, Workspace.COMMANDS, "text=" + "x".repeat(300_000))
        .problem(413, "body_too_large", "256 KiB");
  }

  @Test
  void anAlarmIsAcknowledgedSnoozedAndClosedAsAnybodyWould() {
    String alarm = alarm("it is down");
    assertThat(slack.command(rig, Workspace.OPERATOR, "ack " + alarm + " on  it").getString("text"))
        .isEqualTo("Acknowledged: *error: down of server %s*".formatted(label(alarm)));
    assertThat(shown(alarm).getString("acknowledged_by")).isEqualTo("slack:U0ADA");
    slack.command(rig, Workspace.OPERATOR, "snooze " + alarm + " 2h");
    assertThat(Instant.parse(shown(alarm).getString("snoozed_until")))
        .isBetween(Instant.now().plusSeconds(7100), Instant.now().plusSeconds(7201));
    slack.command(rig, Workspace.OPERATOR, "close " + alarm);
    assertThat(shown(alarm).getString("state")).isEqualTo("closed");
    assertThat(audited("slack:U0ADA"))
        .contains("acknowledgeAlarm t 200 /v1/alarms/%s:ack".formatted(alarm));
    assertThat(
            rig.rows(
                "select reason from audit where target = '/v1/alarms/%s:ack'".formatted(alarm)))
        .containsExactly("on it");
  }

  @Test
  void whoHasNoRoleIsToldSoAndTheAuditHasIt() {
    String alarm = alarm("it is down");
    JsonObject told = slack.command(rig, "U0EVE", "ack " + alarm);
    assertThat(told.getString("response_type")).isEqualTo("ephemeral");
    assertThat(told.getString("text")).contains("slack:U0EVE has no role").contains("TOYGUN_SLACK");
    assertThat(audited("slack:U0EVE"))
        .containsExactly("acknowledgeAlarm f 403 /v1/alarms/%s:ack".formatted(alarm));
    assertThat(rig.rows("select subject_uuid from audit where actor = 'slack:U0EVE'"))
        .containsExactly(alarm);
    // Whoever has the same id in another workspace is somebody else.
    String foreign = slack.command("T0OTHER", Workspace.OPERATOR, "ack " + alarm);
    assertThat(slack.signed(rig.api.port(), Workspace.COMMANDS, foreign).expect(200).text())
        .contains("has no role");
    assertThat(moves(alarm)).isEmpty();
  }

  @Test
  void whoseRoleIsTooLowIsToldWhichIsNeededByAButtonToo() throws InterruptedException {
    String alarm = alarm("it is down");
    assertThat(slack.command(rig, Workspace.VIEWER, "ack " + alarm).getString("text"))
        .contains("acknowledgeAlarm needs the role operator; you have viewer");
    JsonObject list = slack.command(rig, Workspace.VIEWER, "alarms server");
    JsonObject told =
        clicked(slack.click(Workspace.VIEWER, button(list, "Acknowledge"), new JsonObject()));
    assertThat(told.getString("text")).contains("needs the role operator");
    assertThat(told.getBoolean("replace_original")).isFalse();
    assertThat(moves(alarm)).isEmpty();
    assertThat(audited("slack:U0VERA"))
        .contains("acknowledgeAlarm f 403 /v1/alarms/%s:ack".formatted(alarm));
  }

  @Test
  void tenAlarmsAreListedAtMostEachWithItsButtonsAndWakeNobody() {
    for (int i = 0; i < 11; i++) {
      alarm("<!channel> & <@U0BOB> look");
    }
    JsonObject list = slack.command(rig, Workspace.VIEWER, "alarms server");
    assertThat(buttons(list)).hasSize(20);
    assertThat(list.getString("text")).isEqualTo("Open: 10 of more");
    assertThat(list.encode())
        .contains("&lt;!channel&gt; &amp; &lt;@U0BOB&gt; look")
        .doesNotContain("<!channel>")
        .doesNotContain("<@U0BOB>");
    assertThat(slack.command(rig, Workspace.VIEWER, "alarms <!here>").encode())
        .contains("No alarm of &lt;!here&gt; is open")
        .doesNotContain("<!here>");
  }

  @Test
  void whatCannotBeStartedIsSaidBeforeItIsAsked() {
    server("unstartable");
    assertThat(
            slack
                .command(rig, Workspace.OPERATOR, "start server unstartable fly")
                .getString("text"))
        .contains("fly");
    assertThat(
            slack
                .command(rig, Workspace.VIEWER, "start server unstartable monitor")
                .getString("text"))
        .contains("needs the role operator");
  }

  @Test
  void aResourceIsShownAndExplainedByItsLabelWithNothingThatIsSecret() {
    String uuid = server("to-see");
    JsonObject shown = slack.command(rig, Workspace.VIEWER, "get server to-see");
    assertThat(shown.encode())
        .contains("*server to-see*: ")
        .contains(uuid)
        .doesNotContain("canary");
    assertThat(slack.command(rig, Workspace.VIEWER, "get server " + uuid).encode())
        .contains("*server to-see*: ");
    assertThat(slack.command(rig, Workspace.VIEWER, "explain server to-see").getString("text"))
        .contains("• to-see: ");
    assertThat(slack.command(rig, Workspace.VIEWER, "get server nobody").getString("text"))
        .contains("no server is called nobody");
    assertThat(slack.command(rig, Workspace.VIEWER, "get ship it").getString("text"))
        .contains("ship");
  }

  @Test
  void whoAsksForWhatThereIsNotIsToldWhatThereIs() {
    String all = slack.command(rig, "U0EVE", "").getString("text");
    assertThat(all).contains("/toygun").contains("ack ALARM [REASON]").contains("start TYPE");
    assertThat(slack.command(rig, Workspace.VIEWER, "dance").getString("text"))
        .contains("there is no /toygun dance")
        .contains("explain TYPE NAME");
    assertThat(slack.command(rig, Workspace.VIEWER, "ack").getString("text"))
        .contains("expected: /toygun ack ALARM [REASON]");
    assertThat(slack.command(rig, Workspace.OPERATOR, "ack 1").getString("text"))
        .contains("a uuid is expected");
    assertThat(slack.command(rig, Workspace.OPERATOR, "snooze 1 soon").getString("text"))
        .contains("30m, 2h or 1d");
  }

  @Test
  void withoutAnAppThereIsNothing() {
    try (ApiRig plain = new ApiRig()) {
      for (String path : List.of(Workspace.COMMANDS, Workspace.ACTIONS)) {
        slack
            .signed(plain.api.port(), path, slack.command(Workspace.TEAM, "U0ADA", "help"))
            .problem(404, "no_such_path", path);
      }
    }
  }
}
