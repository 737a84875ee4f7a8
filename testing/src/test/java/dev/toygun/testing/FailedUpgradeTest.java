package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What cleans up writes one field of a row that could not be lifted: it does not pass for lifted.
 */
class FailedUpgradeTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<String> SIZE = Field.text("size");
  private static final Field<Long> CORES = Field.integer("cores");
  private static final Field<Long> LEFT = Field.integer("left");

  enum One {
    ONLY
  }

  private boolean mended;
  private int decided;

  private ResourceType<One> old() {
    return ResourceType.of("box", state(One.ONLY).decide(t -> t.stay().ensure(WORK)).rests())
        .fields(SIZE)
        .tasks(TaskType.of(WORK, state(One.ONLY).decide(t -> t.stay()).every(ofSeconds(5))));
  }

  private ResourceType<One> newer() {
    return ResourceType.of(
            "box",
            state(One.ONLY)
                .decide(
                    t -> {
                      decided++;
                      return t.stay();
                    })
                .rests())
        .fields(CORES, LEFT)
        .version(2)
        .upgrade(1, this::lift)
        .tasks(
            TaskType.of(WORK, state(One.ONLY).decide(t -> t.stay()).every(ofSeconds(5)))
                .onExit(exit -> exit.decide(t -> t.finish().with(LEFT, 1L))));
  }

  private Map<String, Object> lift(Map<String, Object> fields) {
    Map<String, Object> newer = new LinkedHashMap<>(fields);
    String size = String.valueOf(newer.remove("size"));
    newer.put("cores", mended && size.equals("many cores") ? 64L : Long.parseLong(size));
    return newer;
  }

  private Simulation afterTheUpgradeFailed() {
    Simulation box = Simulation.of(old()).with(SIZE, "many cores");
    box.advance(ofMinutes(1));
    box.deploy(newer()).advance(ofMinutes(1));
    assertThat(box.errors()).as("%s", box).isNotEmpty();
    return box;
  }

  @Test
  void whatTheExitOfATaskWritesLeavesTheOtherFieldsToAnUpgradeThatWorks() {
    Simulation box = afterTheUpgradeFailed();
    box.abort(WORK);
    box.advance(ofMinutes(1));
    assertThat(box.task(WORK)).as("%s", box).isEqualTo(TaskStatus.ABORTED);
    assertThat(box.row().machine().attrs()).isEqualTo("{\"size\":\"many cores\",\"left\":1}");
    assertThat(box.row().machine().list().version()).isOne();

    mended = true;
    box.deploy(newer());
    box.retry();
    box.advance(ofMinutes(1));
    assertThat(decided).isPositive();
    assertThat(box.get(CORES)).as("%s", box).isEqualTo(64);
    assertThat(box.get(LEFT)).isEqualTo(1);
    assertThat(box.row().machine().list().version()).isEqualTo(2);
  }
}
