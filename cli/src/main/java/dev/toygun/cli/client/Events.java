package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what happened to a resource. */
@Command(
    name = "events",
    description = {
      "Show every move of a resource and of its tasks, oldest first.",
      "",
      "With --follow it goes on until the resource has ended, asking the API for the history once a"
          + " second: a move is shown a second late at most.",
      "",
      "Example:",
      "  toygun events website home --follow"
    })
public final class Events extends Verb {
  private static final Duration EVERY = Duration.ofSeconds(1);

  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on showing moves as they happen.")
  private boolean follow;

  @Override
  int run(Api api, PrintWriter out) {
    String path = Named.path(api, type, name);
    Set<String> shown = new HashSet<>();
    boolean active = true;
    do {
      active = api.get(path).path("active").asBoolean();
      List<Story.Move> fresh =
          Story.of(api, path).stream().filter(move -> shown.add(move.id())).toList();
      show(out, fresh);
    } while (follow && active && Pause.of(EVERY));
    return 0;
  }

  private void show(PrintWriter out, List<Story.Move> moves) {
    if (moves.isEmpty()) {
      return;
    }
    List<JsonNode> items =
        moves.stream()
            .map(
                move -> {
                  ObjectNode item = JsonNodeFactory.instance.objectNode();
                  item.put("name", move.subject());
                  item.setAll((ObjectNode) move.move());
                  return (JsonNode) item;
                })
            .toList();
    output.show(out, Lists.of(items), items, Story.table(moves));
  }
}
