package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fleet's page where there are many types, or not all of them can be counted. */
class FleetPageTest {
  private ApiRig rig;
  private Browser browser;

  @BeforeEach
  void start() {
    rig = new ApiRig().withType();
    browser = new Browser(rig.api.port()).signIn(rig.as(Role.VIEWER));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void publish(String... names) {
    for (String name : names) {
      ApiRig.await(rig.store.publish(List.of(ServerType.named(name)), "build-1"));
    }
  }

  @Test
  void aTypeThatCannotBeCountedIsSaidNotToBeKnownAndTheOthersAreShown() {
    publish("slow");
    rig.as(Role.OPERATOR)
        .post(
            "/v1/resources/server",
            new JsonObject()
                .put("label", "counted")
                .put("fields", new JsonObject().put("address", "http://127.0.0.1:1/")))
        .expect(201);
    rig.uncounted.types.add("slow");
    for (int i = 0; i < 2; i++) {
      assertThat(
              browser
                  .get("/v1/types")
                  .says(200, "__new__ 1")
                  .select("tr:has(a[href=/v1/types/slow])")
                  .text())
          .contains("not known now");
    }
    assertThat(rig.uncounted.asked).hasValue(2);
  }

  @Test
  void manyTypesAreCountedAFewAtATime() {
    publish(IntStream.range(0, 20).mapToObj(i -> "type" + i).toArray(String[]::new));
    browser.get("/v1/types").says(200, "type0", "type19");
    assertThat(rig.uncounted.asked).hasValue(21);
    assertThat(rig.uncounted.mostAtOnce).hasValueLessThanOrEqualTo(4);
  }
}
