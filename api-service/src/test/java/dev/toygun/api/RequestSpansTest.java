package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.trace.Spans.Span;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which requests are told to whoever collects traces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestSpansTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";

  private ApiRig rig;
  private Http operator;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    operator = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @BeforeEach
  void forget() {
    rig.spans.clear();
  }

  private Span told() {
    rig.until(() -> !rig.spans.isEmpty());
    return rig.spans.remove();
  }

  @Test
  void aRequestThatChangesSomethingIsToldUnderTheTraceThatItAnswers() {
    Http.Reply reply =
        operator.post("/v1/resources/server", ResourcesTest.server("traced")).expect(201);
    Span span = told();
    assertThat(span.trace()).isEqualTo(reply.header("Trace-Id"));
    assertThat(span.parent()).isNull();
    assertThat(span.name()).isEqualTo("createResource");
    assertThat(span.attributes()).containsEntry("http.response.status_code", "201");
    assertThat(span.error()).isNull();
    assertThat(span.ended()).isAfterOrEqualTo(span.begun());
    operator.post("/v1/resources/nothing", new JsonObject()).expect(404);
    assertThat(told().error()).as("the caller's fault, not ours").isNull();
  }

  @Test
  void aReadIsToldOnlyToACallerThatCollects() {
    operator.get("/v1/types").expect(200);
    operator.get("/v1/types", "traceparent", "00-%s-%s-00".formatted(TRACE, CALLER)).expect(200);
    operator.get("/v1/types", "traceparent", "00-%s-%s-01".formatted(TRACE, CALLER)).expect(200);
    Span span = told();
    assertThat(span.trace()).isEqualTo(TRACE);
    assertThat(span.parent()).isEqualTo(CALLER);
    assertThat(span.name()).isEqualTo("listTypes");
    assertThat(rig.spans).isEmpty();
  }
}
