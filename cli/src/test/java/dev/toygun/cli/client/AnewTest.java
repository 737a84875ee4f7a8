package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AnewTest {
  private final StringWriter said = new StringWriter();
  private final List<String> shown = new ArrayList<>();

  /** Reads one after the other until the last, which is to fail. */
  private void read(boolean isScreen, List<Supplier<String>> answers) {
    Iterator<Supplier<String>> next = answers.iterator();
    PrintWriter out = new PrintWriter(said);
    assertThatThrownBy(
            () ->
                Anew.show(Duration.ofMillis(1), isScreen, out, () -> next.next().get(), shown::add))
        .hasMessage("gone");
    out.flush();
  }

  private static Supplier<String> fails(int code, String why) {
    return () -> {
      throw new Exit.Failure(code, why);
    };
  }

  @Test
  void whatHasNotChangedIsNotShownAgain() {
    read(true, List.of(() -> "a", () -> "a", () -> "b", () -> "b", fails(Exit.NOT_FOUND, "gone")));
    assertThat(shown).containsExactly("a", "b");
    assertThat(said.toString()).as("taken off once").isEqualTo("\033[H\033[2J");
  }

  @Test
  void whoeverIsAwayForAMomentIsAskedAgain() {
    read(
        false,
        List.of(() -> "a", fails(Exit.UNAVAILABLE, "away"), () -> "b", fails(Exit.DENIED, "gone")));
    assertThat(shown).containsExactly("a", "b");
    assertThat(said.toString()).isEmpty();
  }
}
