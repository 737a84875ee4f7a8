package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what happened to a resource, or what happens to all. */
@Command(
    name = "events",
    description = {
      "Show every move of a resource and of its tasks, oldest first; of more than 10,000 the"
          + " newest.",
      "",
      "With --follow it goes on, as moves are committed, those of its alarms too, until the"
          + " resource has ended. Without a resource it shows what happens from now on, to all of"
          + " them.",
      "",
      "Examples:",
      "  toygun events website home --follow",
      "  toygun events --follow"
    })
public final class Events extends Verb {
  @Mixin private Output output = new Output();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "The type of the resource.")
  private @Nullable String type;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Its label or uuid.")
  private @Nullable String name;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on showing moves as they happen.")
  private boolean follow;

  @Override
  int run(Api api, PrintWriter out) {
    if (type != null && name != null) {
      ofOne(api, out, Named.past(api, type, name));
      return Exit.OK;
    }
    if (type != null || !follow) {
      throw new Exit.Failure(
          Exit.USAGE, "Name a resource: TYPE and NAME; or ask for all with --follow alone");
    }
    try (Feed feed = new Feed(api, "/v1/events")) {
      while (true) {
        Feed.Event event = feed.next();
        if (!event.reset()) {
          show(out, List.of(Story.move(event.body(), true)), true);
        }
      }
    }
  }

  private void ofOne(Api api, PrintWriter out, String path) {
    if (!follow) {
      show(out, told(Story.of(api, path)), false);
      return;
    }
    String uuid = path.substring(path.lastIndexOf('/') + 1);
    Set<String> shown = new HashSet<>();
    // Followed first and read then, so that nothing happens in between.
    try (Feed feed = new Feed(api, "/v1/events?resource=" + uuid)) {
      boolean active = all(api, out, path, shown);
      while (active) {
        Feed.Event event = feed.next();
        if (event.reset()) {
          active = all(api, out, path, shown);
          continue;
        }
        Story.Move move = Story.move(event.body(), false);
        if (shown.add(move.id())) {
          show(out, List.of(move), shown.size() > 1);
        }
        active = !(move.isOfResource() && move.move().path("to").asText().equals("__stop__"));
      }
    }
  }

  /** Shows what was not shown yet; whether the resource has not ended. */
  private boolean all(Api api, PrintWriter out, String path, Set<String> shown) {
    boolean active = api.get(path).path("active").asBoolean();
    boolean goesOn = !shown.isEmpty();
    List<Story.Move> fresh =
        told(Story.of(api, path)).stream().filter(move -> shown.add(move.id())).toList();
    show(out, fresh, goesOn);
    return active;
  }

  /** Its moves; what it leaves out is said beside them. */
  private List<Story.Move> told(Story story) {
    if (story.older()) {
      err()
          .printf(
              Locale.ROOT,
              "Only the newest %,d moves are shown: there are older ones.%n",
              Story.MOST);
    }
    if (story.moreRuns()) {
      err().println(Story.OF_RUNS);
    }
    return story.moves();
  }

  private void show(PrintWriter out, List<Story.Move> moves, boolean goesOn) {
    if (moves.isEmpty()) {
      return;
    }
    List<JsonNode> items =
        moves.stream()
            .filter(move -> !move.isNote()) // It stands by its move.
            .map(
                move -> {
                  ObjectNode item = JsonNodeFactory.instance.objectNode();
                  item.put("name", move.subject());
                  item.setAll((ObjectNode) move.move());
                  return (JsonNode) item;
                })
            .toList();
    output.show(out, Lists.of(items), items, goesOn ? Story.more(moves) : Story.table(moves));
  }
}
