package dev.toygun.examples.echo;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.TaskStatus;
import dev.toygun.testing.Simulation;
import org.junit.jupiter.api.Test;

class EchoTest {
  @Test
  void itSaysWhatItWasGiven() {
    Simulation echo = Simulation.of(new Echo().type()).with(Echo.TEXT, "hello");
    echo.advance(ofSeconds(5));
    assertThat(echo.get(Echo.SAID)).isEqualTo("hello");
    assertThat(echo.task(Echo.SAY)).isEqualTo(TaskStatus.FINISHED);
    assertThat(echo.state()).isEqualTo("quiet");
    assertThat(echo.unwalked()).isEmpty();
  }

  @Test
  void crashesChangeNothing() {
    for (long seed = 0; seed < 200; seed++) {
      Simulation echo = Simulation.crashing(new Echo().type(), seed).with(Echo.TEXT, "hello");
      echo.advance(ofMinutes(2));
      assertThat(echo.find(Echo.SAID)).as("%s", echo).contains("hello");
      assertThat(echo.state()).as("%s", echo).isEqualTo("quiet");
    }
  }
}
