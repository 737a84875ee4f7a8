package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a resource that has made more moves than anybody reads. */
class StoryTest {
  private static final String THING = "/v1/resources/thing/u";
  private static final Pattern HISTORY =
      Pattern.compile(
          "(.*)/history\\?order_by=step%20desc&page_size=([0-9]+)(?:&page_token=(.*))?");
  private static final Pattern RUNS =
      Pattern.compile(THING + "/tasks\\?page_size=([0-9]+)(?:&page_token=(.*))?");

  /** A run, or the resource: its moves are a second apart, the last one at this second. */
  private record Subject(String uuid, String name, int run, int moves, long last) {
    String at(long step) {
      return Instant.ofEpochSecond(1_000_000_000L + last - (moves - step)).toString();
    }

    String shown() {
      return "{\"uuid\": \"%s\", \"name\": \"%s\", \"run\": %d, \"updated_at\": \"%s\"}"
          .formatted(uuid, name, run, at(moves));
    }
  }

  private final FakeApi api;
  private final List<Subject> runs = new ArrayList<>();
  private Subject resource = new Subject("u", "-", 0, 3, 0);

  StoryTest(@TempDir Path folder) throws IOException {
    api = new FakeApi(folder, this::answer);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private FakeApi.Answer answer(FakeApi.Asked asked) {
    String target = asked.target();
    Matcher history = HISTORY.matcher(target);
    if (history.matches()) {
      Subject of =
          runs.stream()
              .filter(run -> history.group(1).equals("/v1/tasks/" + run.uuid()))
              .findFirst()
              .orElse(resource);
      return moves(of, Integer.parseInt(history.group(2)), history.group(3));
    }
    Matcher list = RUNS.matcher(target);
    if (list.matches()) {
      int from = list.group(2) == null ? 0 : Integer.parseInt(list.group(2));
      int to = Math.min(runs.size(), from + Integer.parseInt(list.group(1)));
      return page(
          runs.subList(from, to).stream().map(Subject::shown).collect(Collectors.joining(",")),
          to < runs.size() ? Integer.toString(to) : null);
    }
    if (target.startsWith("/v1/resources/thing?")) {
      return page("{\"uuid\": \"u\", \"label\": \"x\"}", null);
    }
    if (target.equals(THING)) {
      String latest =
          runs.stream()
              .filter(run -> run.name().equals("watch"))
              .map(Subject::shown)
              .map(shown -> shown.replaceAll(", \"updated_at.*\"", ""))
              .collect(Collectors.joining(","));
      return FakeApi.Answer.ok("{\"uuid\": \"u\", \"active\": true, \"tasks\": [" + latest + "]}");
    }
    return page("", null);
  }

  private static FakeApi.Answer page(String items, @Nullable String next) {
    return FakeApi.Answer.ok(
        "{\"items\": [%s], \"next_page_token\": %s}"
            .formatted(items, next == null ? "null" : "\"" + next + "\""));
  }

  private static FakeApi.Answer moves(Subject of, int size, @Nullable String before) {
    StringBuilder items = new StringBuilder();
    int step = before == null ? of.moves() : Integer.parseInt(before) - 1;
    for (int n = 0; n < size && step > 0; n++, step--) {
      items.append(items.isEmpty() ? "" : ",");
      String notes =
          of.name().equals("talk")
              ? "{\"message\": \"so far %d\", \"at\": \"%s\"}"
                  .formatted(step, Instant.parse(of.at(step)).plusMillis(500))
              : "";
      items.append(
          "{\"step\": %d, \"from\": \"a\", \"to\": \"b\", \"at\": \"%s\", \"message\": \"\", \"notes\": [%s]}"
              .formatted(step, of.at(step), notes));
    }
    return page(items.toString(), step > 0 ? Integer.toString(step + 1) : null);
  }

  private void many() {
    resource = new Subject("u", "-", 0, 25_000, 100_000);
    for (int run = 700; run > 1; run--) {
      runs.add(new Subject("say" + run, "say", run, 2, run * 10L));
    }
    runs.add(new Subject("watch", "watch", 1, 30_000, 100_003));
  }

  @Test
  void whatWasSaidMeanwhileStandsBetweenTheMoves() {
    runs.add(new Subject("talk", "talk", 1, 2, 10));
    List<String> lines =
        api.run("events", "thing", "x").out().lines().filter(l -> l.contains("talk")).toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).contains("(stays)", "so far 1");
    assertThat(lines.get(3)).contains("(stays)", "so far 2");
    assertThat(api.run("events", "thing", "x", "-o", "json").out())
        .containsOnlyOnce("so far 1")
        .doesNotContain("\"note\"");
  }

  @Test
  void theLastMovesAreTheLastAndFewAreAskedFor() {
    many();
    FakeApi.Said said = api.run("describe", "thing", "x");
    assertThat(said.err()).isEmpty();
    String moves = said.out().substring(said.out().indexOf("Last moves"));
    assertThat(moves).contains(" 25000 ", " 30000 ", " 29994 ").doesNotContain(" 29993 ");
    assertThat(moves.lines()).hasSize(2 + 10);
    assertThat(api.asked).hasSizeLessThan(15);
  }

  @Test
  void aRunThatGoesOnIsLookedAtHoweverManyHaveBegunSince() {
    resource = new Subject("u", "-", 0, 3, 0);
    for (int run = 3_000; run > 1; run--) {
      runs.add(new Subject("say" + run, "say", run, 1, run));
    }
    runs.add(new Subject("watch", "watch", 1, 100, 3_001));
    FakeApi.Said said = api.run("describe", "thing", "x");
    assertThat(said.out()).contains(" watch 1 ", "newest 1,000 runs");
    assertThat(api.asked).hasSizeLessThan(25);
  }

  @Test
  void eventsAreTheNewestAndSayThatOlderOnesAreLeftOut() {
    many();
    FakeApi.Said said = api.run("events", "thing", "x");
    assertThat(said.code()).isZero();
    assertThat(said.out().lines()).hasSize(1 + 10_000);
    assertThat(said.out()).contains(" 25000 ", " 30000 ");
    assertThat(said.err()).contains("newest 10,000 moves");
    assertThat(api.asked).hasSizeLessThan(100);
  }

  @Test
  void eventsThatAreAllThereAreSayNothingMore() {
    runs.add(new Subject("watch", "watch", 1, 700, 10_000));
    runs.add(new Subject("say1", "say", 1, 2, 9_990));
    FakeApi.Said said = api.run("events", "thing", "x");
    assertThat(said.out().lines()).hasSize(1 + 3 + 700 + 2);
    assertThat(said.err()).isEmpty();
  }
}
