package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The script of the pages, in the browser that {@code toygun.browser} names. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("browser")
class AlivePagesTest {
  private static final String TEXT = "document.querySelector('main').innerText";

  private ApiRig rig;
  private Http operator;
  private Chromium browser;

  @BeforeEach
  void start(@TempDir Path profile) {
    rig = new ApiRig().withType();
    operator = rig.as(Role.OPERATOR);
    browser = new Chromium(System.getProperty("toygun.browser"), profile);
    browser.open(origin() + "/sign-in");
    browser.evaluate(
        "document.querySelector('input[name=key]').value = '%s'"
            .formatted(Objects.requireNonNull(operator.key())));
    browser.evaluate("document.querySelector('main form').submit()");
    browser.until("document.title.startsWith('Fleet')");
  }

  @AfterEach
  void stop() {
    browser.close();
    rig.close();
  }

  private String origin() {
    return "http://localhost:" + rig.api.port();
  }

  private String make() {
    return operator
        .post("/v1/resources/server", ResourcesTest.server("looked at"))
        .expect(201)
        .header("Location");
  }

  @Test
  void whatMovesIsShownWithoutLoadingThePageAgain() {
    String at = make();
    browser.open(origin() + at);
    browser.evaluate(
        "window.mark = 'the same page'; document.querySelector('details').open = true");
    String task = operator.post(at + "/tasks/monitor").expect(202).uuid();
    operator
        .post("/v1/tasks/" + task + ":stop", new JsonObject().put("reason", "seen moving"))
        .expect(202);
    browser.until(TEXT + ".includes('__exit__')");
    assertThat(browser.evaluate("window.mark")).isEqualTo("the same page");
    assertThat(browser.evaluate("document.querySelector('details').open")).isEqualTo("true");
    assertThat(browser.evaluate("document.getElementById('stale').hidden")).isEqualTo("true");
  }

  @Test
  void whoeverCannotBeAskedAnyMoreIsSaidTo() {
    browser.open(origin() + make());
    rig.stopServing();
    browser.until("!document.getElementById('stale').hidden");
    assertThat(browser.evaluate(TEXT)).contains("looked at");
  }

  @Test
  void whoeverIsSignedOutMeanwhileIsAskedToSignIn() {
    String at = make();
    browser.open(origin() + at);
    rig.execute("delete from sessions");
    operator.post(at + "/tasks/monitor").expect(202);
    browser.until("location.pathname === '/sign-in'");
  }
}
