package dev.toygun.examples.tank;

import static dev.toygun.examples.tank.Tank.FILL;
import static dev.toygun.examples.tank.Tank.LEVEL;
import static dev.toygun.examples.tank.Tank.RINSE;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.TaskStatus;
import dev.toygun.testing.Simulation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TankTest {
  @Test
  void aTankIsFilledOnceItIsLowUntilItIsFull() {
    Simulation tank = Simulation.of(new Tank().type()).advance(ofMinutes(1));
    assertThat(tank.task(FILL)).isEqualTo(TaskStatus.ABSENT);
    tank.with(LEVEL, 15L).advance(ofMinutes(1));
    assertThat(tank.get(LEVEL)).isBetween(90L, 99L);
    assertThat(tank.task(FILL)).isEqualTo(TaskStatus.STOPPED);
    tank.with(LEVEL, 5L).advance(ofMinutes(1));
    assertThat(tank.get(LEVEL)).isBetween(90L, 99L);
    assertThat(tank.runs(FILL)).isEqualTo(2);
  }

  @Test
  void aTankIsRinsedAsAMonthBegins() {
    Instant night = Instant.parse("2026-03-01T01:30:00Z"); // Half past two in Berlin.
    Simulation tank = Simulation.startingAt(night, new Tank().type()).advance(ofMinutes(29));
    assertThat(tank.task(RINSE)).isEqualTo(TaskStatus.ABSENT);
    tank.advance(ofMinutes(33));
    assertThat(tank.runs(RINSE)).isEqualTo(1);
    assertThat(tank.task(RINSE)).isEqualTo(TaskStatus.FINISHED);
    assertThat(tank.get(LEVEL)).as("it was filled again").isGreaterThanOrEqualTo(90L);
  }

  @Test
  void whatAPersonStoppedIsNotFilled() {
    Simulation tank = Simulation.of(new Tank().type()).with(LEVEL, 0L).advance(ofMinutes(1));
    tank.start(FILL);
    tank.stop(FILL);
    tank.with(LEVEL, 5L).advance(ofMinutes(1));
    assertThat(tank.get(LEVEL)).isLessThan(20L);
  }

  @Test
  void aTankIsFilledWhateverCrashes() {
    for (long seed = 0; seed < 50; seed++) {
      Simulation tank = Simulation.crashing(new Tank().type(), seed).advance(ofMinutes(1));
      tank.with(LEVEL, 15L).advance(ofMinutes(5)).calm().advance(ofMinutes(2));
      assertThat(tank.get(LEVEL)).as("%s", tank).isBetween(90L, 100L);
      assertThat(tank.task(FILL)).as("%s", tank).isEqualTo(TaskStatus.STOPPED);
    }
  }
}
