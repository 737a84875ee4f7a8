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
    command.ok("wait", "website", "broken", "--for", "task=monitor:panicked", "--timeout", "30");
    Said early = command.run("retry", "website", "broken");
    assertThat(early.code()).isEqualTo(Exit.CONFLICT);
    assertThat(early.err()).contains("only what is panicked or timed out can be retried");
    assertThat(command.ok("set", "website", "broken", NOWHERE, "--reason", "a typo").out())
        .contains("broken", "watched");
    Said retried =
        command.ok("retry", "website", "broken", "monitor", "--reason", "its address is right now");
    assertThat(retried.out()).contains("monitor", "watch", "running");
    assertThat(command.ok("events", "website", "broken", "-o", "json").out())
        .contains("its address is right now", "a typo");
    assertThat(command.ok("events", "website", "broken").out()).contains("(stays)", "a typo");
    command.ok("stop", "website", "broken", "--yes");
  }

  @Test
  void aTaskIsBrokenOffOnceSomebodySaysThatItIsMeant() {
    command.ok("create", "website", "busy", NOWHERE);
    command.ok("wait", "website", "busy", "--for", "task=monitor:running", "--timeout", "30");
    Said unsure = command.run("abort", "website", "busy", "monitor");
    assertThat(unsure.code()).isEqualTo(Exit.USAGE);
    assertThat(unsure.err()).contains("Break monitor of website/busy off?", "--yes");
    command.ok("abort", "website", "busy", "monitor", "--yes", "--reason", "it hangs");
    command.ok("wait", "website", "busy", "--for", "task=monitor:aborted", "--timeout", "30");
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
        .contains("it is required, so it cannot be taken away: send another value");
    assertThat(command.run("set", "website", "changing", NOWHERE, "--unset", "address").code())
        .isEqualTo(Exit.USAGE);
    Said stale = command.run("set", "website", "changing", NOWHERE, "--if-match", "99999");
    assertThat(stale.code()).isEqualTo(Exit.CONFLICT);
    Said signal = command.run("signal", "website", "changing", "paid", "amount=1");
    assertThat(signal.code()).isEqualTo(Exit.USAGE);
    assertThat(signal.err()).contains("website takes no signal paid; it takes: none");
    assertThat(command.run("signal", "website", "changing", "paid").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void whoeverWaitsIsToldOnceItIsSo() {
    command.ok("create", "website", "awaited", "address=nowhere");
    command.ok("wait", "website", "awaited", "--for", "state=watched", "--timeout", "30");
    command.ok("wait", "website", "awaited", "--for", "task=monitor:panicked", "--timeout", "30");
    Said late =
        command.run("wait", "website", "awaited", "--for", "task=monitor", "--timeout", "1");
    assertThat(late.code()).isEqualTo(Exit.TIMED_OUT);
    assertThat(late.err()).contains("After 1 s task=monitor is not so: it is panicked");
    assertThat(
            command
                .run("wait", "website", "awaited", "--for", "availability=online", "--timeout", "0")
                .err())
        .contains("it is unknown");
    assertThat(
            command.run("wait", "website", "awaited", "--for", "deleted", "--timeout", "0").err())
        .contains("deleted is not so: it is watched");
    command.ok("stop", "website", "awaited", "--yes");
    command.ok("wait", "website", "awaited", "--for", "deleted", "--timeout", "30");
    command.ok("wait", "website", "awaited", "--for", "deleted");
    assertThat(command.run("wait", "website", "awaited", "--for", "state=watched").code())
        .isEqualTo(Exit.NOT_FOUND);
  }

  @Test
  void whatWillNeverBeSoIsNotWaitedFor() {
    command.ok("create", "echo", "brief", "text=x");
    isRefused("asleep", "echo has no state asleep; it has: speaking, quiet", "state=asleep");
    isRefused("sing", "echo has no task sing; it has: say", "task=sing");
    isRefused("well", "there is no status well; there are absent, running", "task=say:well");
    isRefused("up", "there is no availability up; there are unknown", "availability=up");
    isRefused("soon", "--for: expected state=STATE, task=TASK", "soon");
    command.ok("wait", "echo", "brief", "--for", "task=say", "--timeout", "30");
    String uuid = Command.uuid(command.ok("get", "echo", "brief", "-o", "json").out());
    command.ok("stop", "echo", "brief", "--yes");
    Said ended = command.run("wait", "echo", uuid, "--for", "state=speaking", "--timeout", "30");
    assertThat(ended.code()).isEqualTo(Exit.FAILED);
    assertThat(ended.err()).contains("echo/brief has ended, so state=speaking will never be");
  }

  @Test
  void whatIsBelowStandsBelow() {
    command.ok("create", "echo", "above", "text=x");
    String above = Command.uuid(command.ok("get", "echo", "above", "-o", "json").out());
    command.ok("create", "echo", "middle", "text=x", "--parent", above);
    String middle = Command.uuid(command.ok("get", "echo", "middle", "-o", "json").out());
    command.ok("create", "echo", "low", "text=x", "--parent", middle);
    command.ok("create", "echo", "side", "text=x", "--parent", above);
    String side = Command.uuid(command.ok("get", "echo", "side", "-o", "json").out());
    command.ok("create", "echo", "under", "text=x", "--parent", side);
    assertThat(command.ok("tree", "echo", "above").out().lines())
        .hasSize(6)
        .anyMatch(line -> line.startsWith("echo/above "))
        .anyMatch(line -> line.startsWith("├ echo/middle "))
        .anyMatch(line -> line.startsWith("│ └ echo/low "))
        .anyMatch(line -> line.startsWith("└ echo/side "))
        .anyMatch(line -> line.startsWith("\u00a0 └ echo/under "))
        .allMatch(line -> line.length() <= 80);
    assertThat(command.ok("tree", "echo", "above", "-o", "name").out())
        .isEqualTo("echo/above\necho/middle\necho/low\necho/side\necho/under\n");
    Said few = command.ok("tree", "echo", "above", "--limit", "2");
    assertThat(few.out()).doesNotContain("low");
    assertThat(few.err()).contains("Only the first 2 are shown");
    assertThat(command.run("tree", "echo", "nobody").code()).isEqualTo(Exit.NOT_FOUND);
  }

  @Test
  void typesAreHeldAgainstWhatIsThere() throws Exception {
    command.ok("create", "echo", "fit", "text=x");
    command.ok("wait", "echo", "fit", "--for", "state=quiet", "--timeout", "30");
    String uuid = Command.uuid(command.ok("get", "echo", "fit", "-o", "json").out());
    assertThat(command.ok("doctor").out()).contains("can tick all of them", "quiet");
    command.sql("update resources set state = 'hushed' where uuid = '" + uuid + "'");
    Said doctor = command.run("doctor");
    command.sql("update resources set state = 'quiet' where uuid = '" + uuid + "'");
    assertThat(doctor.code()).isEqualTo(Exit.FAILED);
    assertThat(doctor.out()).contains("1 rows: type echo has no state hushed", uuid);
  }

  @Test
  void whatBreaksAConstraintIsCountedAndIsNoReasonNotToDeploy() throws Exception {
    assertThat(command.ok("describe", "type", "tank").out()).contains("TAKES", "0 to 100");
    Said refused = command.run("create", "tank", "burst", "level=400");
    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains("level", "0 to 100 is expected, not 400");
    command.ok("create", "tank", "burst");
    String uuid = Command.uuid(command.ok("get", "tank", "burst", "-o", "json").out());
    command.sql("update resources set attrs = '{\"level\": 400}' where uuid = '" + uuid + "'");
    assertThat(command.ok("doctor").out())
        .contains(
            "could not be set any more",
            "1 rows: field level of tank: 0 to 100 is expected, not 400",
            uuid);
  }

  private void isRefused(String wrong, String why, String condition) {
    Said said = command.run("wait", "echo", "brief", "--for", condition);
    assertThat(said.code()).as(wrong).isIn(Exit.USAGE, Exit.NOT_FOUND);
    assertThat(said.err()).contains(why);
  }
}
