package dev.toygun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.cli.Command.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What a person does by hand with what runs, or no longer does. */
@TestInstance(Lifecycle.PER_CLASS)
class ByHandTest {
  private static final String NOWHERE = "address=http://127.0.0.1:1/";

  private final Command command;

  ByHandTest(@TempDir Path temporary) throws Exception {
    command = new Command(temporary);
  }

  @AfterAll
  void close() throws IOException {
    command.close();
  }

  @Test
  void aTaskThatHasPanickedGoesOnOnceItsFieldIsMended() {
    command.ok("create", "website", "broken", "address=nowhere");
    until("website", "broken", "panicked");
    Said early = command.run("retry", "website", "broken");
    assertThat(early.code()).isEqualTo(Exit.CONFLICT);
    assertThat(early.err()).contains("only what is panicked or timed out can be retried");
    assertThat(command.ok("set", "website", "broken", NOWHERE, "--reason", "a typo").out())
        .contains("broken", "watched");
    Said retried =
        command.ok("retry", "website", "broken", "monitor", "--reason", "its address is right now");
    assertThat(retried.out()).contains("monitor", "watch", "running");
    assertThat(command.ok("events", "website", "broken", "-o", "json").out())
        .contains("its address is right now");
    command.ok("stop", "website", "broken", "--yes");
  }

  @Test
  void aTaskIsBrokenOffOnceSomebodySaysThatItIsMeant() {
    command.ok("create", "website", "busy", NOWHERE);
    until("website", "busy", "running");
    Said unsure = command.run("abort", "website", "busy", "monitor");
    assertThat(unsure.code()).isEqualTo(Exit.USAGE);
    assertThat(unsure.err()).contains("Break monitor of website/busy off?", "--yes");
    command.ok("abort", "website", "busy", "monitor", "--yes", "--reason", "it hangs");
    until("website", "busy", "aborted");
    assertThat(command.run("abort", "website", "busy", "monitor", "--yes").code())
        .isEqualTo(Exit.CONFLICT);
    assertThat(command.run("abort", "website", "busy", "sing", "--yes").code())
        .isEqualTo(Exit.NOT_FOUND);
    command.ok("stop", "website", "busy", "--yes");
  }

  @Test
  void aResourceGoesBackToWhereItWas() {
    command.ok("create", "echo", "again", "text=x");
    command.ok("watch", "echo", "again", "--until", "quiet", "--timeout", "30");
    Said never = command.run("rewind", "echo", "again", "--state", "asleep");
    assertThat(never.code()).isEqualTo(Exit.USAGE);
    assertThat(never.err()).contains("there is no state 'asleep': there are [speaking, quiet]");
    assertThat(command.run("rewind", "echo", "again").code()).isEqualTo(Exit.USAGE);
    assertThat(command.run("rewind", "echo", "again", "--state", "quiet", "--step", "1").code())
        .isEqualTo(Exit.USAGE);
    Said stale =
        command.run("rewind", "echo", "again", "--state", "speaking", "--if-match", "99999");
    assertThat(stale.code()).isEqualTo(Exit.CONFLICT);
    assertThat(stale.err()).contains("not 99999: read it again");
    assertThat(command.ok("rewind", "echo", "again", "--state", "speaking").out())
        .contains("speaking");
    assertThat(command.ok("rewind", "echo", "again", "--step", "2", "-o", "name").out())
        .isEqualTo("echo/again\n");
  }

  @Test
  void fieldsAreSetAndTakenAway() throws IOException {
    command.ok("create", "website", "changing", NOWHERE);
    Path secret = Files.writeString(command.folder.resolve("new.txt"), "canary-in-a-file\n");
    Said set = command.ok("set", "website", "changing", "token=@" + secret, "-o", "json");
    assertThat(set.out()).contains("\"token\" : \"••••\"").doesNotContain("canary");
    assertThat(command.ok("set", "website", "changing", "--unset", "token", "-o", "json").out())
        .doesNotContain("••••");
    Said nothing = command.run("set", "website", "changing");
    assertThat(nothing.code()).isEqualTo(Exit.USAGE);
    assertThat(nothing.err()).contains("Nothing to change");
    assertThat(command.run("set", "website", "changing", "colour=red").err())
        .contains("website has no field colour; it has: address, token");
    assertThat(command.run("set", "website", "changing", "--unset", "address").err())
        .contains("it is required, so it cannot be taken away");
    assertThat(command.run("set", "website", "changing", NOWHERE, "--unset", "address").code())
        .isEqualTo(Exit.USAGE);
    Said stale = command.run("set", "website", "changing", NOWHERE, "--if-match", "99999");
    assertThat(stale.code()).isEqualTo(Exit.CONFLICT);
    Said signal = command.run("signal", "website", "changing", "paid", "amount=1");
    assertThat(signal.code()).isEqualTo(Exit.USAGE);
    assertThat(signal.err()).contains("website takes no signal paid; it takes: none");
    assertThat(command.run("signal", "website", "changing", "paid").code()).isEqualTo(Exit.USAGE);
  }

  private void until(String type, String name, String shown) {
    Said said = command.ok("describe", type, name);
    for (int i = 0; i < 100 && !said.out().contains(shown); i++) {
      command.run("watch", type, name, "--until", "never", "--timeout", "1");
      said = command.ok("describe", type, name);
    }
    assertThat(said.out()).contains(shown);
  }
}
