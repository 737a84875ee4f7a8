package dev.toygun.examples.tank;

import static dev.toygun.examples.tank.Tank.FILL;
import static dev.toygun.examples.tank.Tank.LEVEL;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.TaskStatus;
import dev.toygun.testing.Simulation;
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
      assertThat(tank.get(LEVEL)).as("%s", tank).isBetween(90L, 120L);
      assertThat(tank.task(FILL)).as("%s", tank).isEqualTo(TaskStatus.STOPPED);
    }
  }
}
