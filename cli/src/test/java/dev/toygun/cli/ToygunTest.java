package dev.toygun.cli;

import static dev.toygun.cli.Command.bare;
import static dev.toygun.cli.Command.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.cli.Command.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person uses it, on everything in one process. */
@TestInstance(Lifecycle.PER_CLASS)
class ToygunTest {
  private final Command command;
  private final Path folder;

  ToygunTest(@TempDir Path temporary) throws Exception {
    command = new Command(temporary);
    folder = command.folder;
  }

  @BeforeAll
  void aWorkerHasPublishedTheExamples() {
    Said said = ok("get", "types");
    assertThat(said.out()).contains("echo", "local-postgres", "website");
    assertThat(command.standalone.types().get("the class path"))
        .contains("echo", "local-postgres", "website");
  }

  @AfterAll
  void close() throws IOException {
    command.close();
  }

  @Test
  void aResourceIsMadeShownWatchedAndTakenDown() {
    assertThat(ok("create", "echo", "hello", "text=hi there").out()).contains("hello");
    assertThat(ok("watch", "echo", "hello", "--until", "quiet", "--timeout", "30").out())
        .contains("quiet");
    assertThat(ok("get", "echo").out().lines().findFirst())
        .hasValueSatisfying(heads -> assertThat(heads).startsWith("LABEL"));
    assertThat(ok("get", "echo", "hello", "-o", "name").out()).isEqualTo("echo/hello\n");
    assertThat(ok("get", "echo", "hello", "-o", "json").out()).contains("\"text\" : \"hi there\"");
    assertThat(ok("get", "echo", "hello", "-o", "yaml").out()).contains("text: \"hi there\"");
    assertThat(ok("get", "echo", "--filter", "state=quiet").out()).contains("hello");
    assertThat(ok("get", "echo", "--filter", "state=asleep").out()).doesNotContain("hello");
    assertThat(ok("describe", "echo", "hello").out())
        .contains("Name           echo/hello", "Fields", "Tasks", "Actions", "Last moves");
    assertThat(ok("describe", "type", "echo").out()).contains("Type           echo", "Task say");
    assertThat(ok("events", "echo", "hello").out()).contains("__new__", "say 1");
    String uuid = uuid(ok("get", "echo", "hello", "-o", "json").out());
    assertThat(ok("stop", "echo", "hello", "--yes").out()).contains("on its way down");
    assertThat(ok("watch", "echo", uuid, "--until", "ended", "--timeout", "30").out())
        .contains("ended");
    assertThat(ok("get", "echo", "--ended", "--filter", "label=hello").out()).contains("ended");
  }

  @Test
  void eventsAreFollowedUntilAResourceHasEnded() throws Exception {
    ok("create", "echo", "followed", "text=x");
    CompletableFuture<Said> all =
        CompletableFuture.supplyAsync(() -> run("events", "echo", "followed", "--follow"));
    ok("watch", "echo", "followed", "--until", "quiet", "--timeout", "30");
    ok("start", "echo", "followed", "say");
    ok("stop", "echo", "followed", "--yes");
    Said said = all.get(60, TimeUnit.SECONDS);
    assertThat(said.code()).as(said.err()).isZero();
    List<String> lines = said.out().lines().toList();
    assertThat(lines.stream().filter(line -> line.startsWith("AT"))).as(said.out()).hasSize(1);
    assertThat(lines).as("no move twice").doesNotHaveDuplicates();
    assertThat(lines.get(lines.size() - 1)).contains("__exit__", "__stop__");
    // What has ended is found by its label still.
    String story = ok("events", "echo", "followed").out();
    assertThat(lines).hasSameSizeAs(story.lines().toList());
    assertThat(ok("describe", "echo", "followed").out()).contains("ended");
    assertThat(run("events").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void whatIsBrokenIsToldInFull() {
    ok("create", "website", "broken", "address=nowhere");
    Said said = ok("describe", "website", "broken");
    for (int i = 0; i < 100 && !said.out().contains("Last errors"); i++) {
      ok("watch", "website", "broken", "--until", "watched", "--timeout", "30");
      said = ok("describe", "website", "broken");
    }
    assertThat(said.out()).contains("BadAddress in watch, try 1").contains("'address'");
    ok("stop", "website", "broken", "--yes");
  }

  @Test
  void aTaskIsStartedOnceAndSaidToBeSo() {
    ok("create", "website", "home", "address=http://127.0.0.1:1/");
    ok("watch", "website", "home", "--until", "watched", "--timeout", "30");
    Said again = ok("start", "website", "home", "monitor");
    assertThat(again.out()).contains("monitor").contains("runs already");
    assertThat(ok("stop", "website", "home", "monitor").out()).contains("monitor is stopping");
  }

  @Test
  void aSecretIsReadFromAFileAndShownNowhere() throws IOException {
    Path secret = Files.writeString(folder.resolve("token.txt"), "canary-in-a-file\n");
    ok("create", "website", "guarded", "address=http://127.0.0.1:1/", "token=@" + secret);
    assertThat(ok("get", "website", "guarded", "-o", "json").out()).doesNotContain("canary");
    assertThat(ok("describe", "website", "guarded").out()).doesNotContain("canary");
  }

  @Test
  void whatIsHeldSaysSoUntilItIsReleased() {
    ok("create", "echo", "paused", "text=x");
    Said hold =
        ok("hold", "echo", "paused", "--reason", "looking into it", "--for", "2h", "-o", "wide");
    assertThat(hold.out()).contains("subtree", "looking into it");
    assertThat(ok("get", "holds", "-o", "wide").out())
        .contains("looking into it", "key:local-admin");
    assertThat(ok("explain", "echo", "paused", "-o", "wide").out())
        .contains("echo/paused", "held", "holds it");
    assertThat(ok("release", "echo", "paused").out()).contains("released from 1");
    Said type = ok("hold", "--type", "website", "--reason", "x", "-o", "json");
    assertThat(ok("release", uuid(type.out())).out()).contains("is released");
    String queue = uuid(ok("hold", "--queue", "none", "--reason", "x", "-o", "json").out());
    String end = queue.substring(24);
    assertThat(ok("get", "holds").out()).contains(end, "queue none");
    assertThat(ok("release", end).out()).contains(queue);
    assertThat(run("release", "zz").code()).isEqualTo(Exit.NOT_FOUND);
    assertThat(run("release", "").code()).isEqualTo(Exit.USAGE);
    assertThat(run("alarms", "ack", "").code()).isEqualTo(Exit.USAGE);
    assertThat(run("hold", "echo", "paused").code()).isEqualTo(Exit.USAGE);
    assertThat(run("hold", "--reason", "x").err()).contains("Hold what?");
    assertThat(run("hold", "echo", "--reason", "x").err()).contains("Which echo?");
    assertThat(run("hold", "echo", "paused", "--reason", "x", "--for", "soon").err())
        .contains("30m, 2h or 3d");
  }

  @Test
  void anAuditFindsTheDatabaseOfWhatRunsOnAFolder() {
    Said audit = run("audit");
    assertThat(audit.out()).as(audit.err()).contains("WAITS AS", "accounted for");
    assertThat(audit.code()).isZero();
    Said nowhere = bare("audit", "--data", folder.resolve("nowhere").toString());
    assertThat(nowhere.code()).isEqualTo(Exit.UNAVAILABLE);
    assertThat(nowhere.err()).contains("TOYGUN_DATABASE_URL", "toygun up", "nowhere");
  }

  @Test
  void whatIsAbandonedEndsAndSaysWhy() throws InterruptedException {
    ok("create", "echo", "lost", "text=x");
    String uuid = uuid(ok("get", "echo", "lost", "-o", "json").out());
    Said nobody = run("abandon", "echo", "lost");
    assertThat(nobody.code()).isEqualTo(Exit.USAGE);
    assertThat(nobody.err()).contains("Why is echo/lost abandoned?", "--reason");
    assertThat(run("abandon", "echo", "lost", "--reason", " ", "--yes").code())
        .isEqualTo(Exit.USAGE);
    assertThat(run("abandon", "echo", "nothing", "--reason", "x", "--yes").code())
        .isEqualTo(Exit.NOT_FOUND);
    assertThat(ok("abandon", "echo", "lost", "--reason", "gone for good", "--yes").out())
        .contains("echo/lost is abandoned");
    ok("watch", "echo", uuid, "--until", "ended", "--timeout", "30");
    assertThat(ok("events", "echo", uuid, "-o", "json").out())
        .contains("abandoned: gone for good", "key:local-admin");
    assertThat(run("abandon", "echo", uuid, "--reason", "x", "--yes").code())
        .isEqualTo(Exit.CONFLICT);
  }

  @Test
  void aSinkIsMadeTriedAndRemoved() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "canary-0123456789\n");
    assertThat(ok("sinks", "create", "out", "log", "--min-severity", "error").out())
        .contains("log", "error");
    assertThat(ok("sinks", "test", "out").out()).contains("out was told");
    assertThat(ok("sinks").out()).contains("out", "log");
    Said inside =
        run("sinks", "create", "in", "webhook", "url=https://10.0.0.1/", "secret=@" + secret);
    assertThat(inside.code()).isEqualTo(Exit.USAGE);
    assertThat(inside.err()).contains("private address").doesNotContain("canary");
    Said buttons = run("sinks", "create", "in", "slack", "url=https://10.0.0.1/", "buttons=true");
    assertThat(buttons.err()).contains("private address").doesNotContain("true or false");
    assertThat(
            ok("sinks", "set", "out", "title={{name}}", "--min-severity", "info", "--active=false")
                .out())
        .contains("{{name}}", "info", "false");
    assertThat(ok("sinks", "set", "out", "--unset", "title", "--active", "true").out())
        .contains("true")
        .doesNotContain("{{name}}");
    Said wrong = run("sinks", "set", "out", "title={{nobody}}", "--min-severity", "critical");
    assertThat(wrong.code()).isEqualTo(Exit.USAGE);
    assertThat(wrong.err()).contains("no variable 'nobody'");
    assertThat(ok("sinks").out()).contains("info").doesNotContain("critical");
    assertThat(run("sinks", "set", "out").err()).contains("Nothing to change");
    assertThat(ok("sinks", "set", "out", "--type", "echo", "--type", "tank").out())
        .contains("echo,tank");
    assertThat(ok("sinks", "set", "out", "--type", "all").out()).doesNotContain("echo");
    assertThat(run("sinks", "set", "nobody", "--active", "true").code()).isEqualTo(Exit.NOT_FOUND);
    assertThat(ok("sinks", "delete", "out", "--yes").out()).contains("is gone");
    assertThat(run("sinks", "test", "out").code()).isEqualTo(Exit.NOT_FOUND);
  }

  @Test
  void aMessageThatIsNotThereIsSaidToBeNone() {
    assertThat(ok("deliveries").out()).startsWith("DELIVERY");
    assertThat(run("deliveries", "--state", "lost").code()).isEqualTo(Exit.USAGE);
    assertThat(run("deliveries", "retry", "012345abcdef").err())
        .contains("no delivery whose uuid ends with");
    assertThat(run("deliveries", "retry", "00000000-0000-0000-0000-00000000ffff").code())
        .isEqualTo(Exit.NOT_FOUND);
  }

  @Test
  void anAlarmThatIsNotThereIsSaidToBeNone() {
    assertThat(ok("alarms", "--closed").out()).startsWith("ALARM");
    assertThat(run("alarms", "ack", "012345abcdef").err())
        .contains("no alarm whose uuid ends with");
    assertThat(run("alarms", "show", "00000000-0000-0000-0000-00000000ffff").code())
        .isEqualTo(Exit.NOT_FOUND);
    assertThat(run("alarms", "snooze", "abc", "--for", "soon").code()).isEqualTo(Exit.USAGE);
    assertThat(run("alarms", "snooze", "abc").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void whatIsWrongHasACodeOfItsOwn() {
    assertThat(run("get", "nothing-of-the-kind").code()).isEqualTo(Exit.NOT_FOUND);
    Said missing = run("get", "echo", "nobody");
    assertThat(missing.code()).isEqualTo(Exit.NOT_FOUND);
    assertThat(missing.err()).contains("There is no echo labelled \"nobody\"");
    Said field = run("create", "echo", "odd", "colour=red");
    assertThat(field.code()).isEqualTo(Exit.USAGE);
    assertThat(field.err()).contains("echo has no field colour; it has: text");
    assertThat(run("get").code()).isEqualTo(Exit.USAGE);
    assertThat(run("no-such-verb").code()).isEqualTo(Exit.USAGE);
    ok("create", "echo", "twice", "text=x");
    assertThat(run("create", "echo", "twice", "text=x").code()).isEqualTo(Exit.CONFLICT);
    assertThat(run("stop", "echo", "twice").code()).isEqualTo(Exit.USAGE);
    Said late = run("watch", "echo", "twice", "--until", "never", "--timeout", "1");
    assertThat(late.code()).isEqualTo(Exit.TIMED_OUT);
    Said task = run("stop", "echo", "twice", "sing");
    assertThat(task.code()).isEqualTo(Exit.NOT_FOUND);
    assertThat(task.err()).contains("echo has no task sing; it has: say");
    Said nonsense = run("get", "types", "--url", "nonsense");
    assertThat(nonsense.code()).isEqualTo(Exit.USAGE);
    assertThat(nonsense.err()).contains("nonsense is no URL of an API");
    Said gone = run("get", "types", "--url", "http://127.0.0.1:1");
    assertThat(gone.code()).isEqualTo(Exit.UNAVAILABLE);
    assertThat(gone.err()).contains("Cannot reach the API at http://127.0.0.1:1");
  }

  @Test
  void aKeyThatMayOnlyReadIsDeniedWhatItMayNot() throws IOException {
    Said made = ok("api-key", "create", "--role", "viewer", "--name", "reader");
    Path reader = Files.createDirectories(folder.resolveSibling("reader"));
    Files.writeString(reader.resolve("api-key"), made.out());
    assertThat(
            bare("get", "types", "--url", command.standalone.url(), "--data", reader.toString())
                .code())
        .isZero();
    Said denied =
        bare(
            "create",
            "echo",
            "x",
            "text=x",
            "--url",
            command.standalone.url(),
            "--data",
            reader.toString());
    assertThat(denied.code()).isEqualTo(Exit.DENIED);
    assertThat(ok("get", "keys").out()).contains("reader", "local-admin");
  }

  @Test
  void aKeyOfASubtreeSeesThatAndTheListOfKeysSaysSo() throws IOException {
    ok("create", "echo", "root", "text=x");
    ok("create", "echo", "beside", "text=x");
    Said made =
        ok("api-key", "create", "--role", "viewer", "--name", "tenant", "--under", "echo/root");
    Path tenant = Files.createDirectories(folder.resolveSibling("tenant"));
    Files.writeString(tenant.resolve("api-key"), made.out());
    String url = command.standalone.url();
    assertThat(bare("get", "echo", "--url", url, "--data", tenant.toString()).out())
        .contains("root")
        .doesNotContain("beside");
    assertThat(bare("get", "queues", "--url", url, "--data", tenant.toString()).code())
        .isEqualTo(Exit.DENIED);
    assertThat(ok("api-key", "list").out()).contains("tenant", "echo/root");
    Said none = run("api-key", "create", "--role", "viewer", "--under", "root");
    assertThat(none.code()).isEqualTo(Exit.USAGE);
    assertThat(none.err()).contains("--under takes TYPE/NAME");
  }

  private Said ok(String... words) {
    return command.ok(words);
  }

  private Said run(String... words) {
    return command.run(words);
  }
}
