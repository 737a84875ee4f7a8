package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A state that was renamed, and resources that are in it under its former name. */
class RenamedStatesTest {
  @Test
  void whatIsInAStateUnderAFormerNameIsListedWithIt() {
    try (ApiRig rig = new ApiRig().withType()) {
      Http http = rig.as(Role.OPERATOR);
      String uuid =
          http.post("/v1/resources/server", ResourcesTest.server("of-old")).expect(201).uuid();
      rig.execute("update resources set state = 'ruined' where uuid = '" + uuid + "'");
      for (String name : List.of("broken", "ruined")) {
        assertThat(http.get("/v1/resources/server?filter=state%3D" + name).expect(200).text())
            .contains(uuid);
      }
      assertThat(http.get("/v1/resources/server?filter=state%3Dwatched").expect(200).text())
          .doesNotContain(uuid);
    }
  }
}
