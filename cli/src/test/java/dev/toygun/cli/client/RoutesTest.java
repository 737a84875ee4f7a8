package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.cli.Toygun;
import dev.toygun.cli.client.FakeApi.Asked;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whatever the command line asks is in the API's contract. */
class RoutesTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** What no help shows as an example. */
  private static final List<String> MORE =
      List.of(
          "alarms --closed",
          "alarms show 9c550123",
          "alarms ignore 9c550123 --reason x",
          "alarms unignore 9c550123",
          "alarms close 9c550123",
          "alarms lift 9c550123 --for 1h --reason x",
          "bulk",
          "bulk stop website monitor --filter label=home --halt-share 5 --watch-for 9 --yes",
          "bulk abort website monitor --reason x --yes",
          "bulk retry website --yes",
          "bulk signal website paid amount=1 --task deliver --yes",
          "bulk show 9c550123 --limit 3",
          "bulk resume 9c550123 --reason x",
          "bulk cancel 9c550123",
          "create website home address=x --parent 00000000-0000-7000-8000-00009c550123 --reason x",
          "create website home address=x --adopt watched",
          "events website home",
          "get errors --filter kind=X",
          "get error-groups --filter hours=3",
          "get keys",
          "get audit --filter subject=00000000-0000-7000-8000-00009c550123",
          "get website --ended",
          "hold --everything --reason x",
          "release website home --reason x",
          "retry website home monitor --if-match 3",
          "rewind website home --state watched --fresh --if-match 3",
          "sinks delete ops",
          "start website home monitor address=x --reason x",
          "stop website home monitor --reason x",
          "stop website home --reason x");

  private static final String THING =
      """
      {"uuid": "00000000-0000-7000-8000-%s", "type": "website", "label": "home", "name": "home",
       "state": "open", "active": false, "run": 1, "step": 1, "version": 3, "schema_version": 1,
       "at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "fields": {},
       "tasks": [{"name": "monitor", "uuid": "00000000-0000-7000-8000-000000000001"},
                 {"name": "__start__", "uuid": "00000000-0000-7000-8000-000000000002"},
                 {"name": "deliver", "uuid": "00000000-0000-7000-8000-000000000003"}]}""";

  private static final String SIGNALS =
      """
      "states": [{"name": "open", "signals": [
        {"name": "paid", "fields": [{"name": "amount", "type": "decimal"}]},
        {"name": "password", "fields": [{"name": "text", "type": "secret"}]}]}]""";

  private static final String TYPE =
      """
      {"fields": [{"name": "address", "type": "uri"}, {"name": "token", "type": "secret"},
                  {"name": "password", "type": "secret"}], %1$s,
       "tasks": [{"name": "monitor", "fields": [{"name": "address", "type": "uri"}]},
                 {"name": "deliver", %1$s}]}"""
          .formatted(SIGNALS);

  private final Routes routes = Routes.load();
  private final Path folder;
  private final FakeApi api;

  RoutesTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    api = new FakeApi(folder, RoutesTest::answer);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static FakeApi.Answer answer(Asked asked) {
    String one = THING.formatted("00009c550123");
    String two = THING.formatted("9ba4814844a6");
    if (asked.target().startsWith("/v1/events")) {
      return new FakeApi.Answer(404, Map.of(), "{}"); // It would be followed for ever.
    }
    if (asked.target().startsWith("/v1/types/")) {
      return FakeApi.Answer.ok(TYPE);
    }
    if (asked.target().matches("/v1/deliveries.*state=(pending|sent).*")) {
      return FakeApi.Answer.ok("{\"items\": []}");
    }
    if (asked.target().contains("bulk?validate_only")) {
      return FakeApi.Answer.ok("{\"count\": 2, \"few\": []}");
    }
    boolean single = asked.target().contains("filter=label");
    return FakeApi.Answer.ok(
        one.substring(0, one.length() - 1)
            + ", \"items\": ["
            + (single ? one : one + "," + two)
            + "]}");
  }

  @Test
  void everyVerbAsksForWhatTheContractHas() throws IOException {
    Path file = Files.writeString(folder.resolve("file.txt"), "from a file");
    InputStream input = System.in;
    System.setIn(new ByteArrayInputStream("from the input".getBytes(StandardCharsets.UTF_8)));
    try {
      List<String> lines = new ArrayList<>(MORE);
      CommandLine whole = Toygun.commandLine();
      examples(whole, lines);
      for (String line : lines) {
        run(
            whole,
            line.replaceAll("=@[^- ]\\S*", "=@" + Matcher.quoteReplacement(file.toString())));
      }
      verbs(whole, "").stream()
          .filter(verb -> lines.stream().noneMatch(line -> (line + " ").startsWith(verb + " ")))
          .forEach(verb -> assertThat(verb).as("no line of this test runs it").isEmpty());
    } finally {
      System.setIn(input);
    }
  }

  private void run(CommandLine whole, String line) {
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(line); word.find(); ) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    CommandLine command = whole;
    for (String word : words) {
      command = command.getSubcommands().getOrDefault(word, command);
    }
    if (command.getCommandSpec().findOption("--yes") != null && !words.contains("--yes")) {
      words.add("--yes");
    }
    api.asked.clear();
    FakeApi.Said said = api.run(words.toArray(new String[0]));
    boolean waits =
        words.contains("--follow") || words.contains("--until") || words.contains("--for");
    assertThat(waits ? 0 : said.code()).as(line + ": " + said.err()).isZero();
    assertThat(api.asked).as(line).isNotEmpty();
    assertThat(api.asked.stream().flatMap(asked -> routes.wrong(asked).stream()))
        .as(line)
        .isEmpty();
  }

  /** The lines that the help of commands shows. */
  private static void examples(CommandLine command, List<String> lines) {
    if (command.getCommand() instanceof Verb) {
      Arrays.stream(command.getCommandSpec().usageMessage().description())
          .filter(line -> line.matches("  .*toygun .*"))
          .forEach(line -> lines.add(line.replaceFirst(".*toygun ", "")));
    }
    command.getSubcommands().values().forEach(sub -> examples(sub, lines));
  }

  private static List<String> verbs(CommandLine command, String before) {
    List<String> verbs = new ArrayList<>();
    for (CommandLine sub : command.getSubcommands().values()) {
      String name = (before + " " + sub.getCommandName()).strip();
      if (sub.getCommand() instanceof Verb) {
        verbs.add(name);
      }
      verbs.addAll(verbs(sub, name));
    }
    return verbs;
  }

  @Test
  void whatTheContractDoesNotHaveIsFound() {
    String task = "/v1/tasks/00000000-0000-7000-8000-000000000001";
    assertThat(wrong("POST", task + ":retry", "{\"reason\": \"x\"}", "\"3\"")).isEmpty();
    assertThat(wrong("POST", task + ":again", "{}", null)).hasSize(1);
    assertThat(wrong("PATCH", task + ":retry", "{}", null)).hasSize(1);
    assertThat(wrong("POST", task + ":retry?why=x", "{}", null)).hasSize(1);
    assertThat(wrong("POST", task + ":retry", "{\"because\": \"x\"}", null)).hasSize(1);
    assertThat(wrong("POST", task + ":signal", "{\"type\": \"x\"}", "\"3\"")).hasSize(1);
    assertThat(wrong("GET", task, "{}", null)).hasSize(1);
  }

  private List<String> wrong(String method, String target, String body, @Nullable String ifMatch) {
    return routes.wrong(new Asked(method, target, body, ifMatch));
  }
}
