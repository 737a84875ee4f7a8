package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.api.pages.Act;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a page offers to be copied does as it stands what its form does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CurlsTest {
  private static final JsonObject WHY = new JsonObject().put("reason", "a test");

  private ApiRig rig;
  private Http admin;
  private Browser browser;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    admin = rig.as(Role.ADMIN);
    browser = new Browser(rig.api.port()).signIn(admin);
    rig.execute(
        """
        update resource_types
           set definition = jsonb_set(definition, '{tasks,0,limits}', '{"approval": false,
                 "demoteBelow": {"percent": 50, "runs": 4},
                 "breaker": {"name": "ledger", "tries": 20, "ratio": 0.5, "within": 60,
                             "openFor": 30, "probes": 3, "severity": "error"}}')
         where name = 'server';
        insert into demotions values ('server', 'monitor', true, 1, now(), 'system', 'it did not work')
        """);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @ParameterizedTest
  @EnumSource(Act.class)
  void whatItOffersForAnActCarriesItOut(Act act) {
    String path = act.at(ready(act));
    String curl = browser.get(path).says(200, act.verb()).select("main p code").text();
    Http.Reply done = run(curl);
    assertThat(done.status()).as("%s: %s", curl, done.text()).isBetween(200, 202);
  }

  @Test
  void itSendsTheReasonThatTheFormAsksFor() {
    String server = server();
    run(browser.get(server + ":delete").says(200).select("main p code").text()).expect(202);
    run(browser.get(server + ":hold").says(200).select("main p code").text()).expect(201);
    assertThat(rig.rows("select action || ' ' || reason from audit where reason = 'why'"))
        .contains("deleteResource why", "holdResource why");
  }

  @Test
  void aFormToRewindNamesTheStatesThereAre() {
    assertThat(
            browser
                .get(Act.REWIND.at(panicked()))
                .says(200)
                .select("datalist option")
                .eachAttr("value"))
        .containsExactly("broken", "watched");
  }

  /** The path of something with which this can be done. */
  private String ready(Act act) {
    return switch (act) {
      case DELETE, HOLD, ABANDON -> server();
      case RELEASE -> held();
      case RETRY, REWIND -> panicked();
      case RESTART -> RestartsTest.node(rig, new Sites(rig));
      case START -> server() + "/tasks/monitor";
      case STOP_TASK, ABORT_TASK -> run();
      case APPROVE_TASK -> asking();
      case RETRY_TASK, REWIND_TASK -> panickedRun();
      case ACKNOWLEDGE, SNOOZE, IGNORE, CLOSE -> alarm("down");
      case LIFT -> alarm("brake:server:monitor");
      case UNIGNORE -> done(alarm("down"), ":ignore");
      case END_HOLD -> "/v1/holds/" + admin.post(server() + ":hold", WHY).expect(201).uuid();
      case PAUSE_BULK, CANCEL_BULK -> bulk();
      case RESUME_BULK -> done(bulk(), ":pause");
      case OPEN_BREAKER, CLOSE_BREAKER -> "/v1/breakers/ledger";
      case PROMOTE_REPAIR -> "/v1/repairs/server/monitor";
    };
  }

  private String done(String path, String verb) {
    admin.post(path + verb, WHY).expect(200);
    return path;
  }

  private String server() {
    return admin
        .post("/v1/resources/server", ResourcesTest.server("s-" + UUID.randomUUID()))
        .expect(201)
        .header("Location");
  }

  private String held() {
    String server = server();
    admin.post(server + ":hold", WHY).expect(201);
    return server;
  }

  private String panicked() {
    String server = server();
    String uuid = server.substring(server.lastIndexOf('/') + 1);
    List<String> states = List.of("__new__", "watched", "broken", "__panic__");
    for (int step = 1; step < states.size(); step++) {
      rig.execute(
          """
          insert into transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker,
                                   build, tick)
          values ('%1$s', '%1$s', %2$d, '%3$s', '%4$s', 'clock', 'system', 'w', 'b', gen_random_uuid());
          update resources set state = '%4$s', step = %2$d, entered = %2$d, resume = 'broken', version = version + 1
           where uuid = '%1$s'
          """
              .formatted(uuid, step, states.get(step - 1), states.get(step)));
    }
    return server;
  }

  private String run() {
    return "/v1/tasks/" + admin.post(server() + "/tasks/monitor").expect(202).uuid();
  }

  private String asking() {
    String run = run();
    rig.execute(
        "update tasks set admission = 'asks', admission_at = created_at, due_at = null where uuid = '%s'"
            .formatted(run.substring(run.lastIndexOf('/') + 1)));
    return run;
  }

  private String panickedRun() {
    String run = run();
    String uuid = run.substring(run.lastIndexOf('/') + 1);
    TasksTest.moved(rig, uuid, 1, "__new__", "watch");
    TasksTest.moved(rig, uuid, 2, "watch", "__panic__");
    rig.execute("update tasks set resume = 'watch' where uuid = '" + uuid + "'");
    return run;
  }

  private String alarm(String name) {
    String server = server();
    String uuid = UUID.randomUUID().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message, opened_at)
        values ('%1$s', '%1$s', '%2$s', '%3$s', 'server', 1, 'open', 1, true, 'critical', 'it is down', now())
        """
            .formatted(server.substring(server.lastIndexOf('/') + 1), uuid, name));
    return "/v1/alarms/" + uuid;
  }

  private String bulk() {
    JsonObject none = BulkRunsTest.bulk("delete", "label=nobody");
    return "/v1/bulk/" + admin.post("/v1/bulk", none).expect(201).uuid();
  }

  /** Does what a shell would do that has this key and this address in its environment. */
  private Http.Reply run(String curl) {
    List<String> words = words(curl);
    assertThat(words.subList(0, 3)).containsExactly("curl", "-sS", "-X");
    assertThat(words.get(4)).isEqualTo("-H");
    assertThat(words.get(5)).isEqualTo("Authorization: Bearer $TOYGUN_API_KEY");
    assertThat(words.get(6)).startsWith("$TOYGUN_URL/v1/");
    String path = words.get(6).substring("$TOYGUN_URL".length());
    if (words.size() == 7) {
      return admin.send(words.get(3), path, null);
    }
    assertThat(words.subList(7, 10)).containsExactly("-H", "Content-Type: application/json", "-d");
    return admin.send(words.get(3), path, words.get(10));
  }

  /** The words of a command. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = ' ';
    for (char c : (command + " ").toCharArray()) {
      if (quote != ' ' ? c == quote : c == '\'' || c == '"') {
        quote = quote == ' ' ? c : ' ';
      } else if (quote == ' ' && c == ' ') {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    return words;
  }
}
