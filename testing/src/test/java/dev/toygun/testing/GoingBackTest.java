package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.Secret;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.codec.Attrs;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A version that declares again what the one before it did not. */
class GoingBackTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<Long> COUNT = Field.integer("count").initially(0L);
  private static final Field<String> ZONE = Field.text("zone");
  private static final Field<Secret> TOKEN = Field.secret("token");

  enum One {
    ONLY
  }

  private static ResourceType<One> box(int version, Field<?>... fields) {
    ResourceType<One> type =
        ResourceType.of("box", state(One.ONLY).decide(t -> t.stay().ensure(WORK)).rests())
            .fields(fields)
            .version(version)
            .tasks(
                TaskType.of(
                    WORK,
                    state(One.ONLY)
                        .decide(t -> t.stay().with(COUNT, t.get(COUNT) + 1))
                        .every(ofSeconds(5))));
    for (int from = 1; from < version; from++) {
      type = type.upgrade(from, from == 2 ? GoingBackTest::takeBack : older -> older);
    }
    return type;
  }

  private static Map<String, Object> takeBack(Map<String, Object> fields) {
    Map<String, Object> newer = new LinkedHashMap<>(fields);
    if (newer.remove(Attrs.LOST_FOUND) instanceof Map<?, ?> lost) {
      lost.forEach((name, found) -> newer.put((String) name, ((Map<?, ?>) found).get("value")));
    }
    return newer;
  }

  @Test
  void aStepTakesBackWhatWasKeptWhileNobodyDeclaredIt() {
    Secret token = Secret.of("canary-4711");
    Simulation box = Simulation.of(box(1, COUNT, ZONE, TOKEN)).with(ZONE, "eu").with(TOKEN, token);
    box.advance(ofMinutes(1));
    box.deploy(box(2, COUNT)).advance(ofMinutes(1));
    assertThat(box.row().machine().attrs())
        .contains(Attrs.LOST_FOUND, "\"zone\":{\"value\":\"eu\"");

    box.deploy(box(3, COUNT, ZONE, TOKEN)).advance(ofMinutes(1));
    assertThat(box.get(ZONE)).as("%s", box).isEqualTo("eu");
    assertThat(box.get(TOKEN)).isEqualTo(token);
    assertThat(box.row().machine().attrs()).doesNotContain(Attrs.LOST_FOUND);
    assertThat(box.get(COUNT)).isGreaterThan(20L);
    assertThat(box.errors()).isEmpty();
  }
}
